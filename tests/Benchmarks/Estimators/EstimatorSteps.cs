using System.Globalization;
using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Estimators;

/// <summary>Every estimator's step over a wake-sleep step of the same machine, beside what its count of network evaluations
/// implies.</summary>
internal sealed class EstimatorSteps
{
    private const int Batch = 100;

    private readonly Dataset data = BenchmarkData.Digits();
    private readonly ModelSettings model;
    private readonly MachineShape shape;

    /// <param name="latents">Latent layers.</param>
    public EstimatorSteps(params int[] latents)
    {
        model = new ModelSettings { LatentLayers = latents };
        shape = MachineShape.Of(model, data.Units);
    }

    /// <summary>The table of those of the estimators that are defined for the machine; wake-sleep comes first.</summary>
    public BenchmarkTable Measure(MeasuringPlan plan, IEnumerable<EstimatorDescription> estimators)
    {
        NetworkPasses passes = new(Trainer("wake-sleep"), data, Batch, Settings("relax").BaselineWidth);
        CpuTimedAction wakeSleep = Step("wake-sleep");
        CpuTimedAction[] steps = [.. estimators.Where(e => e.Key != "wake-sleep" && Fits(e.Key)).Select(e => Step(e.Key))];
        Measurements measured = Interleaved.Measure(plan, [.. passes.Contenders, wakeSleep, .. steps]);
        double implied = Implied("wake-sleep");
        return new BenchmarkTable(
            string.Create(CultureInfo.InvariantCulture, $"Steps of {shape}, batch {Batch}, 1 thread, plain ascent; processor time; wake-sleep takes {measured.MedianSeconds(wakeSleep) * 1e3:0.00} ms"),
            [.. passes.Contenders.Select(pass => new BenchmarkRow($"{pass.Name}, of a wake-sleep step", measured.MedianRatio(pass, wakeSleep))), .. steps.Select(Row)]);

        double Implied(string key) => passes.Over(
            measured, wakeSleep, Count(key), Judged(key), EstimatorCatalog.Create(key).Shares(Settings(key).RecognitionLearning));

        BenchmarkRow Row(CpuTimedAction step) => new(step.Name, measured.MedianRatio(step, wakeSleep), Math.Round(Implied(step.Name) / implied, 2))
        {
            LessIsBetter = true,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{measured.MedianSeconds(step) * 1e3:0.00} ms; {Describe(step.Name)}"),
        };
    }

    private string Describe(string key)
    {
        NetworkEvaluations count = Count(key);
        string judged = count.RelaxedJudged > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({count.RelaxedJudged:0.##} judged)") : "";
        string relaxed = count.Relaxed > 0 ? string.Create(CultureInfo.InvariantCulture, $", relaxed {count.Relaxed:0.##}{judged}") : "";
        double ofOwn = count.Own + count.RelaxedOwn;
        string own = ofOwn > 0 ? string.Create(CultureInfo.InvariantCulture, $", own {ofOwn:0.##}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"K = {Settings(key).Samples}; p {count.GenerativeForward:0.##} + {count.GenerativeBackward:0.##}, q {count.RecognitionForward:0.##} + {count.RecognitionBackward:0.##}{relaxed}{own}: {count.Total / Count("wake-sleep").Total:0.00} × the passes");
    }

    private NetworkEvaluations Count(string key) => EstimatorCatalog.Create(key).Evaluations(shape, Settings(key));

    /// <summary>Activities of which the estimator reads log-probabilities: none where recognition learns from dreams alone or not at
    /// all.</summary>
    private double Judged(string key) =>
        EstimatorCatalog.Create(key).Description.Recognition is ClaimedObjective.InclusiveKlOnDreams or ClaimedObjective.None
            ? 0 : Count(key).GenerativeForward + Count(key).RelaxedJudged;

    // Small rates: the code stays about half on while thousands of steps are timed, whatever the estimator.
    private static TrainingSettings Settings(string key) => new()
    {
        Estimator = key,
        Samples = EstimatorCatalog.Create(key).UsualSamples,
        RecognitionLearning = RecognitionLearning.Wake,
        BatchSize = Batch,
        GenerativeRate = 1e-4,
        RecognitionRate = 1e-4,
    };

    private bool Fits(string key) => EstimatorCatalog.Refusal(key, shape) is null;

    private Trainer Trainer(string key) => new(data, model, Settings(key), seed: 1, WorkerTeam.Single);

    private CpuTimedAction Step(string key)
    {
        Trainer trainer = Trainer(key);
        return new CpuTimedAction(key, () => trainer.TakeStep(StepPhases.Both));
    }
}
