using System.Collections.Concurrent;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Engine.Training;

/// <summary>Runs a trainer: on a thread of its own at a target rate or at full speed, or step by step for the caller who
/// films without a thread. Publishes snapshots, never waits for a viewer, applies commands between steps.</summary>
/// <remarks>Seed, settings and commands determine the run, whatever the rate and whoever watches. A steady step, one without
/// command or evaluation, allocates nothing.</remarks>
public sealed class TrainingLoop : IDisposable
{
    private readonly TrainingRun run;
    private readonly Pacer pacer;
    private readonly RateMeter meter;
    private readonly ConcurrentQueue<TrainingCommand> commands = new();
    private readonly ConcurrentQueue<SaveRequest> saves = new();
    private readonly AutoResetEvent signal = new(false);
    private readonly ITimer alarm;
    private readonly object startStop = new();
    private Task lastSave = Task.CompletedTask;
    private Thread? thread;
    private double targetRate = double.PositiveInfinity;
    private bool stopping;
    private int modelWanted;
    private volatile Exception? failure;

    /// <param name="trainer">What runs; from now on it is the loop's.</param>
    /// <param name="time">Paces the steps.</param>
    /// <param name="options">How the run is judged; null for the defaults.</param>
    public TrainingLoop(Trainer trainer, TimeProvider time, TrainingLoopOptions? options = null)
    {
        run = new TrainingRun(trainer, options ?? new TrainingLoopOptions());
        (pacer, meter) = (new Pacer(time), new RateMeter(time));
        alarm = time.CreateTimer(_ => signal.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The newest wake sample and dream.</summary>
    public SnapshotExchange<TrainingSnapshot> Snapshots => run.Snapshots;

    /// <summary>Copies of the machine's parameters for drawing edges and for dreams with clamps; published when
    /// <see cref="RequestModel"/> was called since the last one.</summary>
    public SnapshotExchange<HelmholtzMachine> Models => run.Models;

    /// <summary>What the run has shown so far.</summary>
    public RunHistory History => run.History;

    /// <summary>Steps taken so far; any thread may ask.</summary>
    public long Step => run.Step;

    /// <summary>Steps per second over about the last second, 0 while paused; any thread may ask.</summary>
    public double StepsPerSecond => TargetRate == 0 ? 0 : meter.PerSecond;

    /// <summary>Why the run stopped by itself, or null. It stays stopped until other settings, <see cref="GoBack"/> or
    /// <see cref="Restart"/> are sent.</summary>
    public Divergence? Divergence => run.Divergence;

    /// <summary>What ended the thread unexpectedly, or null.</summary>
    public Exception? Failure => failure;

    /// <summary>Steps per second to aim at: 0 pauses, positive infinity (the start) is full speed. A run that diverges sets
    /// it to 0.</summary>
    public double TargetRate
    {
        get => Volatile.Read(ref targetRate);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (double.IsNaN(value)) throw new ArgumentOutOfRangeException(nameof(value));
            Volatile.Write(ref targetRate, value);
            signal.Set();
        }
    }

    /// <summary>Asks for a copy of the parameters between the next two steps.</summary>
    public void RequestModel()
    {
        Volatile.Write(ref modelWanted, 1);
        signal.Set();
    }

    /// <summary>Queues a command, to be applied between two steps.</summary>
    /// <exception cref="InvalidInputException">The settings cannot be used; nothing is queued.</exception>
    public void Send(TrainingCommand command)
    {
        if (command is ChangeSettings change) TrainerSettingsCheck.Check(change.Settings, run.Shape);
        commands.Enqueue(command);
        signal.Set();
    }

    /// <summary>Saves the state between the next two steps; training goes on while the file is written. Saves are written
    /// in the order in which they were asked for. Any thread may ask while the loop has its thread, else the one that calls
    /// <see cref="Advance"/>.</summary>
    /// <returns>Done when the file is safe on the disk; fails with <see cref="InvalidInputException"/> when it cannot be
    /// written, and the old file is intact.</returns>
    public Task SaveCheckpoint(string path, bool overwrite)
    {
        SaveRequest request = new(path, overwrite);
        lock (startStop)
        {
            saves.Enqueue(request);
            if (thread is null) ServeSaves();
        }

        signal.Set();
        return request.Done.Task;
    }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        lock (startStop)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            if (thread is not null) throw new InvalidOperationException("The loop has been started.");
            thread = new Thread(RunThread) { Name = "Training", IsBackground = true };
            thread.Start();
        }
    }

    /// <summary>Without a thread: applies queued commands, takes this many steps on the caller's thread and publishes. Takes
    /// none while <see cref="Divergence"/> stands.</summary>
    public void Advance(int steps)
    {
        if (thread is not null) throw new InvalidOperationException("The loop runs on a thread of its own.");
        run.Begin();
        ServeRequests();
        for (int i = 0; i < steps && run.Divergence is null; i++) TakeStep();
        run.PublishNews(evenIfUntaken: true);
    }

    /// <summary>Stops between two steps, waits for the thread and for checkpoints that are being written.</summary>
    public void Dispose()
    {
        Thread? running;
        lock (startStop)
        {
            Volatile.Write(ref stopping, true);
            running = thread;
        }

        signal.Set();
        running?.Join();
        lastSave.Wait();
        alarm.Dispose();
    }

    private void RunThread()
    {
        try
        {
            run.Begin();
            while (!Volatile.Read(ref stopping)) Turn();
        }
#pragma warning disable CA1031 // Nothing may vanish on this thread: whatever it is, Failure shows it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        lock (startStop)
        {
            thread = null;
            Volatile.Write(ref stopping, true);
            ServeSaves();
        }
    }

    private void Turn()
    {
        ServeRequests();
        double rate = run.Divergence is null ? TargetRate : 0;
        if (pacer.TryTake(rate, out TimeSpan wait))
        {
            TakeStep();
            run.PublishNews(evenIfUntaken: false);
        }
        else
        {
            if (rate == 0) meter.Reset();
            run.PublishNews(evenIfUntaken: true);
            WaitForSignal(wait);
        }
    }

    private void TakeStep()
    {
        run.TakeStep(StepPhases.Both);
        meter.Count();
        if (run.Divergence is not null) TargetRate = 0;
    }

    private void ServeRequests()
    {
        while (commands.TryDequeue(out TrainingCommand? command)) run.Apply(command);
        if (Volatile.Read(ref modelWanted) != 0 && Interlocked.Exchange(ref modelWanted, 0) != 0) run.PublishModel();
        ServeSaves();
    }

    private void ServeSaves()
    {
        while (saves.TryDequeue(out SaveRequest? request)) Serve(request);
    }

    private void Serve(SaveRequest request)
    {
        try
        {
            if (failure is not null) throw new InvalidInputException($"{request.Path}: not saved, because training failed", failure);
            Checkpoint checkpoint = run.Capture();
            lastSave = lastSave.ContinueWith(_ => request.Carry(checkpoint), TaskScheduler.Default);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the one who awaits the save.
        catch (Exception e)
#pragma warning restore CA1031
        {
            request.Done.SetException(e);
        }
    }

    private void WaitForSignal(TimeSpan wait)
    {
        if (wait != Timeout.InfiniteTimeSpan)
        {
            // Timers count whole milliseconds; a shorter wait would be none at all.
            TimeSpan shortest = TimeSpan.FromMilliseconds(1);
            alarm.Change(wait > shortest ? wait : shortest, Timeout.InfiniteTimeSpan);
        }

        signal.WaitOne();
    }

    private sealed record SaveRequest(string Path, bool Overwrite)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Writes the file; every outcome goes to <see cref="Done"/>.</summary>
        public void Carry(Checkpoint checkpoint)
        {
            try
            {
                checkpoint.Save(Path, Overwrite);
                Done.SetResult();
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to the one who awaits the save.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Done.SetException(e);
            }
        }
    }
}
