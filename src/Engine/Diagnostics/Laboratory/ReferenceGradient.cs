using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using MathNet.Numerics.LinearAlgebra;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>The gradient of the batch's ELBO by λ against which estimators are held: summed over all configurations of the latent
/// units where they are few enough, else the mean of a long run of an unbiased estimator, with its own error.</summary>
public sealed class ReferenceGradient
{
    private const int RunLength = 4;
    private const int SamplesOfRun = 20;
    private const int MostFlippedUnits = 64;

    private readonly GradientSketch sketch;
    private readonly GradientSource source;
    private readonly GradientMoments moments;
    private readonly MeanTest spread;
    private readonly float[] estimate;
    private readonly float[] place;

    internal ReferenceGradient(FrozenRun run, GradientSketch sketch, int estimates, WorkerTeam team)
    {
        this.sketch = sketch;
        IsExact = run.LatentUnits <= LaboratorySettings.MostEnumeratedBits && run.Shape.GaussianUnits == 0;
        TrainingSettings settings = run.Settings with
        {
            Estimator = KeyFor(run.Shape, IsExact),
            Samples = IsExact ? 1 : SamplesOfRun,
            // Drawn or summed out, a label that is not known gives the same bound; enumeration sums over it in any case.
            LabelInference = LabelInference.Sampled,
        };
        Estimator = EstimatorCatalog.Create(settings.Estimator).Description;
        source = new GradientSource(run, settings, team);
        Planned = IsExact ? 1 : RunLength * (long)estimates;
        (moments, spread) = (new GradientMoments(run.Machine), new MeanTest(sketch.Places, run.Seed));
        (estimate, place) = (new float[run.ParameterCount], new float[sketch.Places]);
        (Value, Sketch) = (new float[run.ParameterCount], new float[sketch.Places]);
    }

    /// <summary>Whether it is the exact one.</summary>
    public bool IsExact { get; }

    /// <summary>By which estimator it is found.</summary>
    public EstimatorDescription Estimator { get; }

    /// <summary>How many estimates it averages; 1 where exact.</summary>
    public long Estimates => moments.Count;

    /// <summary>How many it is to average.</summary>
    public long Planned { get; }

    /// <summary>Whether it stands.</summary>
    public bool IsDone => moments.Count >= Planned;

    /// <summary>‖exact‖, once it stands.</summary>
    public double Norm { get; private set; }

    /// <summary>The standard error of the long run over its length; 0 where exact.</summary>
    public double RelativeError { get; private set; }

    /// <summary>[P] once it stands.</summary>
    internal float[] Value { get; }

    /// <summary>[D] its sketch.</summary>
    internal float[] Sketch { get; }

    /// <summary>Its covariance on the directions of the test; null where exact.</summary>
    internal Matrix<double>? Covariance => IsExact ? null : spread.CovarianceOfMean;

    /// <summary>Draws up to this many estimates more.</summary>
    internal void Advance(int estimates)
    {
        for (; estimates > 0 && !IsDone; estimates--)
        {
            // Numbers far above those that are measured: the run shares no random numbers with what it judges.
            source.Draw((1L << 40) + moments.Count, estimate);
            moments.Add(estimate);
            sketch.Apply(estimate, place);
            spread.Add(place);
        }

        if (IsDone && Norm == 0) Finish();
    }

    private static string KeyFor(MachineShape shape, bool isExact) => isExact ? "exact"
        : shape.LatentLayers == 1 && shape.LayerSizes[1] <= MostFlippedUnits && NeedsNoPast(shape) ? "local-expectation"
        : "leave-one-out";

    /// <summary>Whether local expectation is defined and has no baseline.</summary>
    private static bool NeedsNoPast(MachineShape shape) =>
        shape.Classes == 0 && !shape.Settings.Autoregressive.HasFlag(AutoregressiveParts.Recognition) && EstimatorCatalog.Refusal("local-expectation", shape) is null;

    private void Finish()
    {
        double square = 0;
        for (int i = 0; i < Value.Length; i++)
        {
            Value[i] = (float)moments.Mean[i];
            square += moments.Mean[i] * moments.Mean[i];
        }

        sketch.Apply(Value, Sketch);
        Norm = Math.Sqrt(square);
        RelativeError = IsExact ? 0 : Math.Sqrt(moments.Variance() / moments.Count) / Norm;
    }
}
