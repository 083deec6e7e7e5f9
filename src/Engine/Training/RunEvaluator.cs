using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Objectives;

namespace DreamViz.Engine.Training;

/// <summary>Measures bounds on held-out data and draws the timeline's dream, always with the same random numbers, so that
/// what changes from one evaluation to the next is learning, not chance.</summary>
internal sealed class RunEvaluator
{
    private const int LabelSamples = 10;

    private readonly TrainingLoopOptions options;
    private readonly Examples heldOut;
    private readonly EvaluationSize size;
    private readonly DreamProbe probe;

    public RunEvaluator(Trainer trainer, TrainingLoopOptions options)
    {
        this.options = options;
        heldOut = HeldOut.Of(trainer.Data);
        EvaluationSize bySize = EvaluationSize.For(trainer.Machine);
        size = new EvaluationSize(options.EvaluationExamples ?? bySize.Examples, options.EvaluationSamples ?? bySize.Samples);
        probe = new DreamProbe(trainer.Machine.LayerSizes, 1, options.EvaluationSeed, trainer.Machine.Shape.GaussianUnits);
    }

    /// <summary>Adds to the history; false where a bound is not finite, and then adds nothing.</summary>
    public bool TryEvaluate(Trainer trainer, RunHistory history)
    {
        if (size.Examples > 0)
        {
            (BoundEstimate elbo, BoundEstimate weighted) = Bounds.Estimate(
                trainer.Machine, heldOut, size.Examples, size.Samples, options.EvaluationSeed, trainer.Team);
            if (!double.IsFinite(elbo.Value) || !double.IsFinite(weighted.Value)) return false;
            history.Add(new Evaluation(trainer.Step, elbo.Value, weighted.Value, size.Samples)
            {
                Perplexity = weighted.Perplexity,
                ClassificationError = Misnamed(trainer),
            });
        }

        probe.Draw(trainer.Machine, []);
        history.Add(new TimelineDream(trainer.Step, probe.Probabilities(0, 0).ToArray()));
        return true;
    }

    private double? Misnamed(Trainer trainer) => trainer.Machine.Shape.Classes > 0 && heldOut.Labels is not null
        ? ClassificationError.Estimate(trainer.Machine, heldOut, size.Examples, LabelSamples, options.EvaluationSeed, trainer.Team).Error
        : null;
}
