using System.Diagnostics;
using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Commands.Comparing;

/// <summary>Trains one estimator and measures it on the way and at the end. The clock runs while it trains, not while it is
/// measured.</summary>
internal sealed class ComparisonTrainer(ComparisonPlan plan, Examples heldOut, WorkerTeam team, CancellationToken stop)
{
    // The curve need not be as exact as the figures: the examples are the same, so that it ends where they stand.
    private const int CurveSamples = 5;
    private const ulong EvaluationSeed = 1;

    // Looking at clocks between bursts of this many seconds costs nothing.
    private const double SecondsAtOnce = 0.05;

    private readonly List<CurvePoint> curve = [];
    private double seconds;
    private double cpuSeconds;

    /// <summary>The run, to its last step or until the time is over.</summary>
    /// <exception cref="InvalidInputException">The settings cannot be used, or parameters are no longer finite.</exception>
    public ComparedRun Run(Estimator estimator)
    {
        TrainingSettings settings = plan.SettingsOf(estimator);
        Trainer trainer = new(plan.Setup.Data, plan.Setup.Preset.Model, settings, plan.Setup.Seed, team);
        AddToCurve(trainer);
        while (trainer.Step < plan.Steps && seconds < plan.BudgetSeconds)
        {
            TrainTo(trainer, Math.Min(plan.Steps, EvaluationSchedule.Next(trainer.Step)));
            if (trainer.FindNonFinite() is { } name)
                throw new InvalidInputException($"estimator {settings.Estimator}: {name} was no longer finite at step {trainer.Step:N0}");
            AddToCurve(trainer);
        }

        (BoundEstimate elbo, BoundEstimate weighted) =
            Bounds.Estimate(trainer.Machine, heldOut, plan.Examples, plan.WeightedSamples, EvaluationSeed, team);
        return new ComparedRun
        {
            Estimator = settings.Estimator,
            Samples = settings.Samples,
            Steps = trainer.Step,
            Elbo = elbo,
            Weighted = weighted,
            Seconds = seconds,
            CpuSeconds = cpuSeconds,
            Evaluations = estimator.Evaluations(plan.Shape, settings).Total,
            Curve = curve,
        };
    }

    private void AddToCurve(Trainer trainer)
    {
        stop.ThrowIfCancellationRequested();
        BoundEstimate elbo = Bounds.Elbo(trainer.Machine, heldOut, plan.Examples, CurveSamples, EvaluationSeed, team);
        curve.Add(new CurvePoint(trainer.Step, elbo.Value, seconds));
    }

    private void TrainTo(Trainer trainer, long step)
    {
        while (trainer.Step < step && seconds < plan.BudgetSeconds)
        {
            stop.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            double elapsed;
            do
            {
                trainer.TakeStep(StepPhases.Both);
                elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
            while (trainer.Step < step && elapsed < SecondsAtOnce);

            seconds += elapsed;
            cpuSeconds += (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        }
    }
}
