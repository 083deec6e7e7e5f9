namespace DreamViz.Engine.Training;

/// <summary>How a <see cref="TrainingLoop"/> judges its run.</summary>
public sealed record TrainingLoopOptions
{
    /// <summary>Held-out examples per evaluation; 0 for none, null to choose by the size of the machine.</summary>
    public int? EvaluationExamples { get; init; }

    /// <summary>K of the importance-weighted bound; null to choose by the size of the machine.</summary>
    public int? EvaluationSamples { get; init; }

    /// <summary>Names the random numbers of evaluations and the frozen noise of the timeline's dream.</summary>
    public ulong EvaluationSeed { get; init; } = 1;

    /// <summary>The commands that led to the trainer's state, where it was resumed from a checkpoint.</summary>
    public IReadOnlyList<LoggedCommand> EarlierCommands { get; init; } = [];
}
