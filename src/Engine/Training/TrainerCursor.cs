using System.Text.Json.Serialization;

namespace DreamViz.Engine.Training;

/// <summary>Where a run stands, apart from its matrices: with <see cref="Trainer.State"/>, seed and settings, all that
/// continuing bit for bit needs.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="WakeSteps">Those of them with a wake phase.</param>
/// <param name="Epoch">The epoch of the next example, from 0.</param>
/// <param name="Position">Examples of that epoch that were already read.</param>
/// <param name="GenerativeUpdates">Updates of θ by the present optimizer.</param>
/// <param name="RecognitionUpdates">Updates of λ by the present optimizer.</param>
/// <param name="EstimatorUpdates">Updates of the present estimator's own state.</param>
[method: JsonConstructor]
public readonly record struct TrainerCursor(
    long Step, long WakeSteps, long Epoch, int Position, long GenerativeUpdates, long RecognitionUpdates,
    long EstimatorUpdates = 0);
