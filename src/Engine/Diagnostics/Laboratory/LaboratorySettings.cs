namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>What estimators have in common when they are compared.</summary>
public enum ComparisonBasis
{
    /// <summary>An answer is one estimate, whatever it costs.</summary>
    SameSamples,

    /// <summary>An answer is the mean of as many estimates as the dearest estimator's single one costs.</summary>
    SameBudget,
}

/// <summary>How a laboratory measures.</summary>
public sealed record LaboratorySettings
{
    /// <summary>The most latent bits for which the gradient is enumerated.</summary>
    public const int MostEnumeratedBits = Estimators.ExactEnumeration.MaximumLatentBits;

    /// <summary>N, answers of every estimator.</summary>
    public int Estimates { get; init; } = 4096;

    /// <summary>Answers that are kept one by one, to be drawn.</summary>
    public int KeptEstimates { get; init; } = 260;

    /// <summary>Steps in which an estimator with a state of its own learns it, before it is measured.</summary>
    public int WarmUpSteps { get; init; } = 500;

    /// <summary>What is equal for all.</summary>
    public ComparisonBasis Basis { get; init; } = ComparisonBasis.SameSamples;

    /// <summary>A bias counts as found when p is below this, divided by the number of estimators (Bonferroni).</summary>
    public double Significance { get; init; } = 0.05;
}
