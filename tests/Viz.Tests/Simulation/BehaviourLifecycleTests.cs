using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public sealed class BehaviourLifecycleTests
{
    private readonly List<string> calls = [];
    private readonly SimulationTime time = new() { FixedDeltaTime = 0.1 };

    [Fact]
    public void Calls_come_in_the_order_of_Unity()
    {
        var lifecycle = new BehaviourLifecycle(time);
        lifecycle.Add(new Recorder("a", calls));
        lifecycle.Frame(0.25);
        lifecycle.Frame(0);
        lifecycle.Dispose();
        Assert.Equal(
            ["a.Awake", "a.OnEnable", "a.Start", "a.FixedUpdate", "a.FixedUpdate", "a.Update", "a.LateUpdate",
             "a.Update", "a.LateUpdate", "a.OnDisable", "a.OnDestroy"],
            calls);
    }

    [Fact]
    public void Every_behaviour_updates_before_any_updates_late()
    {
        var lifecycle = new BehaviourLifecycle(time);
        lifecycle.Add(new Recorder("a", calls));
        lifecycle.Add(new Recorder("b", calls));
        lifecycle.Frame(0);
        Assert.Equal(["a.Update", "b.Update", "a.LateUpdate", "b.LateUpdate"], calls.TakeLast(4));
    }

    [Fact]
    public void A_disabled_behaviour_awakes_but_starts_only_once_enabled()
    {
        var lifecycle = new BehaviourLifecycle(time);
        var behaviour = new Recorder("a", calls) { Enabled = false };
        lifecycle.Add(behaviour);
        lifecycle.Frame(0);
        Assert.Equal(["a.Awake"], calls);
        behaviour.Enabled = true;
        lifecycle.Frame(0);
        Assert.Equal(["a.Awake", "a.OnEnable", "a.Start", "a.Update", "a.LateUpdate"], calls);
    }

    [Fact]
    public void Disabling_stops_frames_and_starting_happens_once()
    {
        var lifecycle = new BehaviourLifecycle(time);
        var behaviour = new Recorder("a", calls);
        lifecycle.Add(behaviour);
        lifecycle.Frame(0);
        behaviour.Enabled = false;
        lifecycle.Frame(0);
        behaviour.Enabled = true;
        lifecycle.Frame(0);
        Assert.Single(calls, "a.Start");
        Assert.Single(calls, "a.OnDisable");
        Assert.Equal(2, calls.Count(call => call == "a.Update"));
    }

    [Fact]
    public void Removing_a_disabled_behaviour_destroys_it_without_disabling_it_again()
    {
        var lifecycle = new BehaviourLifecycle(time);
        var behaviour = new Recorder("a", calls) { Enabled = false };
        lifecycle.Add(behaviour);
        lifecycle.Remove(behaviour);
        lifecycle.Remove(behaviour);
        Assert.Equal(["a.Awake", "a.OnDestroy"], calls);
    }

    private sealed class Recorder(string name, List<string> calls) : Behaviour
    {
        protected internal override void Awake() => calls.Add(name + ".Awake");

        protected internal override void OnEnable() => calls.Add(name + ".OnEnable");

        protected internal override void Start() => calls.Add(name + ".Start");

        protected internal override void FixedUpdate() => calls.Add(name + ".FixedUpdate");

        protected internal override void Update() => calls.Add(name + ".Update");

        protected internal override void LateUpdate() => calls.Add(name + ".LateUpdate");

        protected internal override void OnDisable() => calls.Add(name + ".OnDisable");

        protected internal override void OnDestroy() => calls.Add(name + ".OnDestroy");
    }
}
