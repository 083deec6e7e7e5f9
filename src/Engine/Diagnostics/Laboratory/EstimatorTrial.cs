using System.Numerics.Tensors;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>One estimator on the bench: warmed up, then asked for answer after answer, each added to running sums.</summary>
internal sealed class EstimatorTrial
{
    private readonly LaboratorySettings laboratory;
    private readonly TrainingSettings settings;
    private readonly ReferenceGradient reference;
    private readonly GradientSketch sketch;
    private readonly GradientSource source;
    private readonly GradientMoments moments;
    private readonly MeanTest test;
    private readonly BlockErrors errors;
    private readonly TimeProvider time;
    private readonly float[] answer;
    private readonly float[] estimate;
    private readonly float[] place;
    private readonly List<float[]> kept = [];
    private long drawn;
    private long ticks;
    private bool warm;

    /// <exception cref="InvalidInputException">The estimator is not defined for the machine.</exception>
    public EstimatorTrial(
        FrozenRun run, LaboratorySettings laboratory, TrainingSettings settings, ReferenceGradient reference, GradientSketch sketch,
        WorkerTeam team, TimeProvider time)
    {
        (this.laboratory, this.settings, this.reference, this.sketch, this.time) = (laboratory, settings, reference, sketch, time);
        source = new GradientSource(run, settings, team);
        Estimator estimator = EstimatorCatalog.Create(settings.Estimator);
        Description = estimator.Description;
        NetworkEvaluations cost = estimator.Evaluations(run.Shape, settings);
        double rows = run.RowsPerExample;
        (Explanations, Evaluations) = (rows * (cost.GenerativeForward + cost.Relaxed / 2), rows * cost.Total);
        (moments, test) = (new GradientMoments(run.Machine), new MeanTest(sketch.Places, run.Seed));
        errors = new BlockErrors(reference.Value);
        (answer, estimate) = (new float[run.ParameterCount], new float[run.ParameterCount]);
        place = new float[sketch.Places];
    }

    /// <summary>The estimator.</summary>
    public EstimatorDescription Description { get; }

    /// <summary>Evaluations of log p(x, z) for one estimate of one example; those at relaxed z, which go forward and back, too.</summary>
    public double Explanations { get; }

    /// <summary>All network evaluations for one estimate of one example.</summary>
    public double Evaluations { get; }

    /// <summary>Estimates averaged in every answer.</summary>
    public int EstimatesPerAnswer { get; set; } = 1;

    /// <summary>Answers so far.</summary>
    public long Count => moments.Count;

    /// <summary>Whether all answers are in.</summary>
    public bool IsDone => moments.Count >= laboratory.Estimates;

    /// <summary>[D] the sketches of the first answers.</summary>
    public IReadOnlyList<float[]> Kept => kept;

    /// <summary>[D] the mean's sketch.</summary>
    public float[] MeanSketch()
    {
        float[] mean = new float[moments.Mean.Length], sketched = new float[sketch.Places];
        for (int i = 0; i < mean.Length; i++) mean[i] = (float)moments.Mean[i];
        sketch.Apply(mean, sketched);
        return sketched;
    }

    /// <summary>Takes up to this many answers more.</summary>
    public void Advance(int answers)
    {
        if (!warm) WarmUp();
        for (; answers > 0 && !IsDone; answers--) TakeAnswer();
    }

    /// <summary>What has been measured.</summary>
    /// <param name="estimators">How many are compared, for the test.</param>
    public EstimatorMeasures Read(int estimators)
    {
        double norm = reference.Norm, variance = moments.Variance();
        (double offset, double square, double product) = Distances();
        double chance = variance / Math.Max(1, moments.Count);
        double p = moments.Count < 2 ? 1 : test.PValue(reference.Sketch, reference.Covariance);
        return new EstimatorMeasures
        {
            Estimator = Description,
            Samples = settings.Samples,
            Count = moments.Count,
            EstimatesPerAnswer = EstimatesPerAnswer,
            Offset = offset / norm,
            PValue = p,
            IsBiased = p < laboratory.Significance / Math.Max(1, estimators),
            Noise = Math.Sqrt(variance) / norm,
            Cosine = product / (Math.Sqrt(square) * norm),
            SignalToNoise = Math.Sqrt(Math.Max(0, square - chance) / variance),
            UnitVariances = [.. moments.UnitVariances().Select(unit => unit / (norm * norm))],
            UnitSignalToNoise = UnitRatios(),
            Explanations = Explanations,
            Evaluations = Evaluations * EstimatesPerAnswer,
            Seconds = drawn == 0 ? 0 : ticks / (double)time.TimestampFrequency / drawn,
            Errors = [.. errors.All.Where(error => error.Averaged < moments.Count).Select(error => error with { Error = error.Error / norm }),
                new AveragedError(moments.Count, offset / norm)],
        };
    }

    private void WarmUp()
    {
        warm = true;
        for (int i = 0; i < laboratory.WarmUpSteps && source.HasState; i++) source.WarmUp();
    }

    private void TakeAnswer()
    {
        long began = time.GetTimestamp();
        source.Draw(drawn++, answer);
        for (int i = 1; i < EstimatesPerAnswer; i++)
        {
            source.Draw(drawn++, estimate);
            TensorPrimitives.Add(answer, estimate, answer);
        }

        ticks += time.GetTimestamp() - began;
        if (EstimatesPerAnswer > 1) TensorPrimitives.Divide(answer, EstimatesPerAnswer, answer);
        sketch.Apply(answer, place);
        moments.Add(answer);
        test.Add(place);
        errors.Add(answer);
        if (kept.Count < laboratory.KeptEstimates) kept.Add([.. place]);
    }

    /// <summary>‖mean − exact‖, ‖mean‖² and ⟨mean, exact⟩.</summary>
    private (double Offset, double Square, double Product) Distances()
    {
        (double offset, double square, double product) = (0, 0, 0);
        for (int i = 0; i < reference.Value.Length; i++)
        {
            double mean = moments.Mean[i], exact = reference.Value[i];
            offset += (mean - exact) * (mean - exact);
            square += mean * mean;
            product += mean * exact;
        }

        return (Math.Sqrt(offset), square, product);
    }

    private double[] UnitRatios()
    {
        double[] squares = moments.UnitSquares(), variances = moments.UnitVariances();
        double n = Math.Max(1, moments.Count);
        return [.. squares.Zip(variances, (square, variance) => Math.Sqrt(Math.Max(0, square - variance / n) / variance))];
    }
}
