namespace DreamViz.Engine.Objectives;

/// <summary>A measured bound on log p(x), with its name: no figure goes without.</summary>
/// <param name="Name">"ELBO", "IW-K" with its K, or "exact".</param>
/// <param name="Value">The mean over examples, in nats per example.</param>
/// <param name="Examples">How many examples it covers.</param>
public sealed record BoundEstimate(string Name, double Value, int Examples)
{
    /// <summary>The same as perplexities, where the examples are documents.</summary>
    public Perplexity? Perplexity { get; init; }
}
