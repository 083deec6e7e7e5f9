namespace DreamViz.Viz.Simulation;

/// <summary>Calls behaviours in Unity's order: all of one message before any of the next, each message in the order of
/// adding.</summary>
/// <param name="time">The clock that every frame advances.</param>
public sealed class BehaviourLifecycle(SimulationTime time) : IDisposable
{
    private readonly List<Behaviour> behaviours = [];

    /// <summary>Everything that lives, in the order of adding.</summary>
    public IReadOnlyList<Behaviour> Behaviours => behaviours;

    /// <summary>Wakes a behaviour: Awake, then OnEnable if it is enabled. Start follows before its next frame.</summary>
    public void Add(Behaviour behaviour)
    {
        behaviours.Add(behaviour);
        behaviour.Awake();
        behaviour.IsAwake = true;
        if (behaviour.Enabled) behaviour.OnEnable();
    }

    /// <summary>Ends a behaviour: OnDisable if it is enabled, then OnDestroy.</summary>
    public void Remove(Behaviour behaviour)
    {
        if (!behaviours.Remove(behaviour)) return;
        if (behaviour.Enabled) behaviour.OnDisable();
        behaviour.IsAwake = false;
        behaviour.OnDestroy();
    }

    /// <summary>One frame: advances the clock, then Start of those that are new, FixedUpdate × n, Update, LateUpdate.</summary>
    /// <param name="seconds">Real time since the previous frame.</param>
    public void Frame(double seconds)
    {
        int fixedSteps = time.BeginFrame(seconds);
        for (int i = 0; i < behaviours.Count; i++) StartIfNew(behaviours[i]);
        for (int step = 0; step < fixedSteps; step++) FixedUpdate();
        for (int i = 0; i < behaviours.Count; i++) if (behaviours[i].Enabled) behaviours[i].Update();
        for (int i = 0; i < behaviours.Count; i++) if (behaviours[i].Enabled) behaviours[i].LateUpdate();
    }

    /// <summary>Removes every behaviour, the last first.</summary>
    public void Dispose()
    {
        for (int i = behaviours.Count - 1; i >= 0; i--) Remove(behaviours[i]);
    }

    private static void StartIfNew(Behaviour behaviour)
    {
        if (!behaviour.Enabled || behaviour.HasStarted) return;
        behaviour.HasStarted = true;
        behaviour.Start();
    }

    private void FixedUpdate()
    {
        time.BeginFixedStep();
        for (int i = 0; i < behaviours.Count; i++) if (behaviours[i].Enabled) behaviours[i].FixedUpdate();
        time.EndFixedStep();
    }
}
