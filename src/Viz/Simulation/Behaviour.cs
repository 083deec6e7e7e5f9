namespace DreamViz.Viz.Simulation;

/// <summary>
/// Something that lives in a scene, with Unity's life cycle as virtual methods. Order: <see cref="Awake"/>,
/// <see cref="OnEnable"/>, <see cref="Start"/>, then each frame { <see cref="FixedUpdate"/> × n, <see cref="Update"/>,
/// <see cref="LateUpdate"/>, drawing }, at the end <see cref="OnDisable"/>, <see cref="OnDestroy"/>.
/// </summary>
/// <remarks>Called by <see cref="BehaviourLifecycle"/> only; no method is found by its name.</remarks>
public abstract class Behaviour
{
    private bool enabled = true;

    /// <summary>Whether frames reach this behaviour. Setting it calls <see cref="OnEnable"/> or <see cref="OnDisable"/> when
    /// the behaviour is awake.</summary>
    public bool Enabled
    {
        get => enabled;
        set
        {
            if (enabled == value) return;
            enabled = value;
            if (!IsAwake) return;
            if (value) OnEnable();
            else OnDisable();
        }
    }

    internal bool IsAwake { get; set; }

    internal bool HasStarted { get; set; }

    /// <summary>Once, when added to a scene, enabled or not.</summary>
    protected internal virtual void Awake() { }

    /// <summary>After <see cref="Awake"/> and whenever <see cref="Enabled"/> turns true.</summary>
    protected internal virtual void OnEnable() { }

    /// <summary>Once, before the first frame in which the behaviour is enabled.</summary>
    protected internal virtual void Start() { }

    /// <summary>Once every <see cref="SimulationTime.FixedDeltaTime"/> of simulated time: none, one or several times a
    /// frame.</summary>
    protected internal virtual void FixedUpdate() { }

    /// <summary>Once a frame.</summary>
    protected internal virtual void Update() { }

    /// <summary>Once a frame, after every behaviour's <see cref="Update"/>.</summary>
    protected internal virtual void LateUpdate() { }

    /// <summary>Whenever <see cref="Enabled"/> turns false, and before <see cref="OnDestroy"/>.</summary>
    protected internal virtual void OnDisable() { }

    /// <summary>Once, when removed from the scene.</summary>
    protected internal virtual void OnDestroy() { }
}
