using DreamViz.Benchmarks.Measuring;
using DreamViz.Benchmarks.Roofline;
using DreamViz.Benchmarks.Steps;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Profiling;

/// <summary>A kind of work, measured.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Calls">Kernel calls a step.</param>
/// <param name="HasAim">Whether the roofline states an aim for it.</param>
/// <param name="Share">Its time over the step's, one thread.</param>
/// <param name="Seconds">On one thread.</param>
/// <param name="Speedup">How many times as fast two threads are.</param>
internal sealed record PartTime(string Name, int Calls, bool HasAim, double Share, double Seconds, double Speedup);

/// <summary>The time of a wake-sleep step 784-200-200, batch 100, on digits of 28×28, and of its parts.</summary>
internal sealed class StepProfile
{
    // What the roofline's aims allow: times the peak, and seconds a sampled unit.
    private const double DataLayerAim = 4, HalfDenseAim = 3, SamplingAim = 0.5e-9;
    private const int StepsBefore = 100;

    /// <summary>Measures all of it in turn.</summary>
    public StepProfile(MeasuringPlan plan)
    {
        using WorkerTeam pair = new(2);
        StepParts parts = new(Start(WorkerTeam.Single));
        IContender peak = FmaPeak.Create();
        TimedAction one = Step(Start(WorkerTeam.Single)), two = Step(Start(pair));
        TimedAction[] onOne = [.. parts.All.Select(part => new TimedAction(part.Name, () => part.Run(WorkerTeam.Single)))];
        TimedAction[] onTwo = [.. parts.All.Select(part => new TimedAction(part.Name, () => part.Run(pair)))];
        Measurements measured = Interleaved.Measure(plan, [peak, one, two, .. onOne, .. onTwo]);
        Parts = [.. parts.All.Select((part, i) => new PartTime(
            part.Name, part.Calls, part.HasAim, measured.MedianRatio(onOne[i], one), measured.MedianSeconds(onOne[i]),
            measured.Speedup(onTwo[i], onOne[i])))];
        (Seconds, SecondsOnTwo) = (measured.MedianSeconds(one), measured.MedianSeconds(two));
        Speedup = measured.Speedup(two, one);
        SecondsAtAim = AtAim(parts, FmaPeak.Operations / measured.MedianSeconds(peak));
    }

    /// <summary>Every kind of work.</summary>
    public IReadOnlyList<PartTime> Parts { get; }

    /// <summary>Of the whole step on one thread.</summary>
    public double Seconds { get; }

    /// <summary>Of the whole step on two threads.</summary>
    public double SecondsOnTwo { get; }

    /// <summary>How many times as fast the step is on two threads.</summary>
    public double Speedup { get; }

    /// <summary>Of the step on one thread, were every product and the sampling at its aim and the rest as it is.</summary>
    public double SecondsAtAim { get; }

    /// <summary>The share of the step that no kernel accounts for.</summary>
    public double Between => 1 - Parts.Sum(part => part.Share);

    private double AtAim(StepParts parts, double peak)
    {
        double products = (parts.DataLayerOperations / DataLayerAim + parts.HalfDenseOperations / HalfDenseAim) / peak;
        double now = Parts.Where(part => part.HasAim).Sum(part => part.Seconds);
        return Seconds - now + products + parts.SampledUnits * SamplingAim;
    }

    private static Trainer Start(WorkerTeam team)
    {
        Trainer trainer = WakeSleepStep.CreateTrainer(BenchmarkData.Digits(), team, 200, 200);
        for (int step = 0; step < StepsBefore; step++) trainer.TakeStep(StepPhases.Both);
        // From here on it hardly learns: as a network learns, other shares of its units are on, and products cost more or less.
        trainer.Settings = trainer.Settings with { GenerativeRate = 1e-4, RecognitionRate = 1e-4 };
        return trainer;
    }

    private static TimedAction Step(Trainer trainer) => new("step", () => trainer.TakeStep(StepPhases.Both));
}
