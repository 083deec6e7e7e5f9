using DreamViz.Engine.Estimators;
using DreamViz.Engine.Objectives;

namespace DreamViz.Viz.Commands.Comparing;

/// <summary>The ELBO at one step of a run.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Elbo">Nats per held-out example.</param>
/// <param name="Seconds">Seconds of training so far.</param>
internal readonly record struct CurvePoint(long Step, double Elbo, double Seconds);

/// <summary>What one estimator achieved.</summary>
internal sealed record ComparedRun
{
    /// <summary>Its key in the catalogue.</summary>
    public required string Estimator { get; init; }

    /// <summary>K of its training.</summary>
    public required int Samples { get; init; }

    /// <summary>Steps taken; fewer than planned where the time was over.</summary>
    public required long Steps { get; init; }

    /// <summary>The ELBO, in nats per held-out example.</summary>
    public required BoundEstimate Elbo { get; init; }

    /// <summary>The importance-weighted bound, in nats per held-out example.</summary>
    public required BoundEstimate Weighted { get; init; }

    /// <summary>Seconds of training by the clock, without evaluations.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of training on all processors, without evaluations.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Passes of whole networks in a step, for every example.</summary>
    public required double Evaluations { get; init; }

    /// <summary>The ELBO on the way.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Steps in a second of the processors' time: what other programs take of the machine hardly enters.</summary>
    public double StepsPerCpuSecond => Steps / Math.Max(CpuSeconds, 1e-9);

    /// <summary>Its description in the catalogue.</summary>
    public EstimatorDescription Description => EstimatorCatalog.All.First(description => description.Key == Estimator);

    /// <summary>What its recognition network's update claims to be the gradient of.</summary>
    public string Claim
    {
        get
        {
            string objective = Description.Recognition switch
            {
                ClaimedObjective.Elbo => "ELBO",
                ClaimedObjective.ImportanceWeightedBound => "K-sample bound",
                ClaimedObjective.InclusiveKlOnDreams => "KL on dreams",
                ClaimedObjective.InclusiveKlOnData => "KL on data",
                _ => "",
            };
            return objective.Length == 0 ? "nothing learned" : Description.RecognitionUnbiased ? objective : $"{objective}, biased";
        }
    }
}
