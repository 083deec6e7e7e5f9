using DreamViz.Engine.Objectives;

namespace DreamViz.Engine.Training;

/// <summary>Bounds on held-out data at one step, in nats per example.</summary>
/// <param name="Step">Steps taken before the evaluation.</param>
/// <param name="Elbo">The ELBO.</param>
/// <param name="ImportanceWeighted">The importance-weighted bound IW-K.</param>
/// <param name="Samples">K of the importance-weighted bound.</param>
public sealed record Evaluation(long Step, double Elbo, double ImportanceWeighted, int Samples)
{
    /// <summary>The importance-weighted bound as perplexities, where the examples are documents.</summary>
    public Perplexity? Perplexity { get; init; }

    /// <summary>The share of held-out examples whose label is not argmax q(y | x), 0 to 1; null without labels.</summary>
    public double? ClassificationError { get; init; }
}

/// <summary>The same dream, drawn with the same frozen noise, at one step of the run.</summary>
/// <param name="Step">Steps taken before the dream.</param>
/// <param name="Probabilities">[D] p(x|h₁) of the dream.</param>
public sealed record TimelineDream(long Step, float[] Probabilities);

/// <summary>A run that stopped because something became non-finite.</summary>
/// <param name="Step">The last good step, to which the run went back.</param>
/// <param name="Layer">The layer whose parameters or activities failed, by name.</param>
/// <param name="Message">One line for the user.</param>
public sealed record Divergence(long Step, string Layer, string Message);

/// <summary>What a run has shown so far. Any thread may read a property: each is an immutable list. Lists grow, but a run
/// that goes back drops what came after, and one that restarts begins anew; commands are always kept.</summary>
public sealed class RunHistory
{
    private volatile IReadOnlyList<Evaluation> evaluations = [];
    private volatile IReadOnlyList<TimelineDream> dreams = [];
    private volatile IReadOnlyList<LoggedCommand> commands = [];

    /// <summary>Bounds at logarithmically spaced steps, oldest first.</summary>
    public IReadOnlyList<Evaluation> Evaluations => evaluations;

    /// <summary>The frozen-noise dream at logarithmically spaced steps, oldest first.</summary>
    public IReadOnlyList<TimelineDream> Dreams => dreams;

    /// <summary>Every command that changed the run, oldest first.</summary>
    public IReadOnlyList<LoggedCommand> Commands => commands;

    internal void Add(Evaluation evaluation) => evaluations = [.. evaluations, evaluation];

    internal void Add(TimelineDream dream) => dreams = [.. dreams, dream];

    internal void Add(LoggedCommand command) => commands = [.. commands, command];

    internal void DropAfter(long step)
    {
        evaluations = [.. evaluations.Where(e => e.Step <= step)];
        dreams = [.. dreams.Where(d => d.Step <= step)];
    }

    internal void Clear()
    {
        evaluations = [];
        dreams = [];
    }
}
