using DreamViz.Engine.Estimators;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>
/// Puts one batch and frozen parameters through several estimators of λ's gradient again and again, and holds their answers
/// against the exact gradient of the batch's ELBO: bias is how far their mean lies off, noise how far they scatter.
/// </summary>
/// <remarks>Works in slices, so that it can be watched. Equal seeds give equal figures, but for the seconds. One thread at a time.
/// Estimators that climb another objective than the ELBO have, against its gradient, a bias that they do not mind.</remarks>
public sealed class EstimatorLaboratory
{
    private readonly FrozenRun run;
    private readonly LaboratorySettings settings;
    private readonly List<EstimatorTrial> trials = [];
    private readonly List<ExcludedEstimator> excluded = [];

    /// <param name="run">What is frozen.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="estimators">Each with its K; the other settings are the frozen run's.</param>
    /// <param name="team">Who computes.</param>
    /// <param name="time">Times the estimates.</param>
    /// <exception cref="InvalidInputException">An estimator is unknown.</exception>
    public EstimatorLaboratory(
        FrozenRun run, LaboratorySettings settings, IReadOnlyList<(string Key, int Samples)> estimators, WorkerTeam team, TimeProvider time)
    {
        (this.run, this.settings) = (run, settings);
        GradientSketch sketch = new(run.ParameterCount, run.Seed);
        Reference = new ReferenceGradient(run, sketch, settings.Estimates, team);
        foreach ((string key, int samples) in estimators)
        {
            EstimatorDescription description = EstimatorCatalog.Create(key).Description;
            try
            {
                TrainingSettings own = run.Settings with { Estimator = key, Samples = samples };
                trials.Add(new EstimatorTrial(run, settings, own, Reference, sketch, team, time));
            }
            catch (InvalidInputException refused)
            {
                excluded.Add(new ExcludedEstimator(key, description.Name, refused.Message));
            }
        }

        if (settings.Basis == ComparisonBasis.SameBudget) ShareBudget();
    }

    /// <summary>What estimators are held against.</summary>
    public ReferenceGradient Reference { get; }

    /// <summary>Answers that every estimator has given.</summary>
    public long Count => trials.Count == 0 ? settings.Estimates : trials.Min(trial => trial.Count);

    /// <summary>Whether everything is measured.</summary>
    public bool IsDone => Reference.IsDone && trials.TrueForAll(trial => trial.IsDone);

    /// <summary>The K with which an estimator is compared where nobody said another: as many as it needs, and one for those that
    /// weigh each explanation alone.</summary>
    /// <param name="key">The estimator.</param>
    /// <param name="several">K for those that compare explanations with each other.</param>
    public static int SamplesFor(string key, int several)
    {
        Estimator estimator = EstimatorCatalog.Create(key);
        return estimator.UsualSamples > 1 ? Math.Max(estimator.MinimumSamples, several) : estimator.MinimumSamples;
    }

    /// <summary>Measures on: the reference first, then up to this many answers more of every estimator in turn.</summary>
    public void Advance(int answers)
    {
        if (!Reference.IsDone)
        {
            Reference.Advance(answers);
            return;
        }

        foreach (EstimatorTrial trial in trials) trial.Advance(answers);
    }

    /// <summary>Where it stands.</summary>
    public LaboratoryResult Read()
    {
        bool any = Reference.IsDone && Count > 1;
        EstimatorMeasures[] measures = any ? [.. trials.Select(trial => trial.Read(trials.Count))] : [];
        return new LaboratoryResult
        {
            Count = Count,
            Planned = settings.Estimates,
            Configurations = Reference.IsExact ? 1L << run.LatentUnits : 0,
            ReferenceEstimates = Reference.IsExact ? 0 : Reference.Estimates,
            PlannedReferenceEstimates = Reference.IsExact ? 0 : Reference.Planned,
            ReferenceError = Reference.RelativeError,
            Norm = Reference.Norm,
            Threshold = settings.Significance / Math.Max(1, trials.Count),
            Measures = measures,
            Dartboards = any ? Draw(measures) : [],
            Excluded = [.. excluded],
        };
    }

    private void ShareBudget()
    {
        double most = trials.Max(trial => trial.Evaluations);
        foreach (EstimatorTrial trial in trials)
            trial.EstimatesPerAnswer = (int)Math.Max(1, Math.Round(most / trial.Evaluations));
    }

    private Dartboard[] Draw(EstimatorMeasures[] measures)
    {
        float[][] means = [.. trials.Select(trial => trial.MeanSketch())];
        DartboardPlane plane = new(Reference.Sketch, Reference.Norm, LargestBias(measures, means), [.. trials.Select(trial => trial.Kept)]);
        return [.. trials.Select((trial, i) => new Dartboard([.. trial.Kept.Select(answer => plane.Place(answer))], plane.Place(means[i])))];
    }

    private float[]? LargestBias(EstimatorMeasures[] measures, float[][] means)
    {
        int largest = -1;
        for (int i = 0; i < measures.Length; i++)
            if (measures[i].IsBiased && (largest < 0 || measures[i].Offset > measures[largest].Offset)) largest = i;
        return largest < 0 ? null : [.. means[largest].Zip(Reference.Sketch, (mean, exact) => mean - exact)];
    }
}
