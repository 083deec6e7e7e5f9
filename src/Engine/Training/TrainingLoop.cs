using DreamViz.Engine.Models;

namespace DreamViz.Engine.Training;

/// <summary>Runs a trainer: on a thread of its own at a target rate or at full speed, or step by step for the caller who
/// films without a thread. Publishes snapshots, never waits for a viewer, applies commands between steps.</summary>
public sealed class TrainingLoop : IDisposable
{
    /// <summary>The newest wake sample and dream.</summary>
    public SnapshotExchange<TrainingSnapshot> Snapshots => throw new NotImplementedException();

    /// <summary>Copies of the machine's parameters for drawing edges and for dreams with clamps; published when
    /// <see cref="RequestModel"/> was called since the last one.</summary>
    public SnapshotExchange<HelmholtzMachine> Models => throw new NotImplementedException();

    /// <summary>Asks for a copy of the parameters between the next two steps.</summary>
    public void RequestModel() => throw new NotImplementedException();

    /// <summary>What the run has shown so far.</summary>
    public RunHistory History => throw new NotImplementedException();

    /// <summary>Steps per second to aim at: 0 pauses, positive infinity is full speed.</summary>
    public double TargetRate
    {
        get => throw new NotImplementedException();
        set => throw new NotImplementedException();
    }

    /// <summary>Steps taken so far; any thread may ask.</summary>
    public long Step => throw new NotImplementedException();

    /// <summary>Why the run stopped by itself, or null.</summary>
    public Divergence? Divergence => throw new NotImplementedException();

    /// <summary>Queues a command, to be applied between two steps.</summary>
    public void Send(TrainingCommand command) => throw new NotImplementedException();

    /// <summary>Starts the thread.</summary>
    public void Start() => throw new NotImplementedException();

    /// <summary>Without a thread: applies queued commands, takes this many steps on the caller's thread and publishes.</summary>
    public void Advance(int steps) => throw new NotImplementedException();

    /// <summary>Stops between two steps and waits for the thread.</summary>
    public void Dispose() => throw new NotImplementedException();
}
