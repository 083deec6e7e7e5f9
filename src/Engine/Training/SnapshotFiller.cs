using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Training;

/// <summary>Watches a trainer's samples and writes them into snapshots. Allocates nothing after construction.</summary>
internal sealed class SnapshotFiller
{
    private readonly Trainer trainer;
    private readonly PhaseWatch wake, dream;
    private readonly WakeDiagnosticsFiller diagnostics;
    private readonly Func<int, BitMatrix> wakeBits, dreamBits;
    private readonly Func<int, Matrix> wakeLogits, dreamLogits;
    private readonly PriorMean priorMean;
    private readonly ConditionalLayer[] wakeLayers, dreamLayers;
    private readonly float[] row;

    public SnapshotFiller(Trainer trainer)
    {
        this.trainer = trainer;
        IReadOnlyList<int> sizes = trainer.Machine.LayerSizes;
        (wake, dream) = (new PhaseWatch(sizes), new PhaseWatch(sizes));
        (wakeBits, dreamBits) = (trainer.WakeBits, trainer.DreamBits);
        (wakeLogits, dreamLogits) = (trainer.WakeLogits, trainer.DreamLogits);
        diagnostics = new WakeDiagnosticsFiller(trainer);
        priorMean = new PriorMean(trainer.Seed);
        wakeLayers = [trainer.Machine.Generative.Layers[0], .. trainer.Machine.Recognition.Layers];
        dreamLayers = [.. trainer.Machine.Generative.Layers];
        row = new float[sizes[^1]];
    }

    /// <summary>Counts the samples of the step just taken.</summary>
    public void Observe(StepPhases phases)
    {
        if ((phases & StepPhases.Wake) != 0) wake.Observe(wakeBits, trainer.Step);
        if ((phases & StepPhases.Sleep) != 0) dream.Observe(dreamBits, trainer.Step);
    }

    /// <summary>Forgets the samples: the trainer went back.</summary>
    public void Forget()
    {
        wake.Reset();
        dream.Reset();
    }

    /// <summary>Overwrites everything in the snapshot.</summary>
    /// <param name="snapshot">Any snapshot of these layers.</param>
    /// <param name="previousTaken">Whether a reader has taken what was filled before.</param>
    public void Fill(TrainingSnapshot snapshot, bool previousTaken)
    {
        (snapshot.Step, snapshot.Seed, snapshot.Settings) = (trainer.Step, trainer.Seed, trainer.Settings);
        wake.Fill(snapshot.Wake, previousTaken);
        dream.Fill(snapshot.Dream, previousTaken);
        FillProbabilities(snapshot.Wake, wakeLayers, wakeLogits, wakeBits);
        FillProbabilities(snapshot.Dream, dreamLayers, dreamLogits, dreamBits);
        if (trainer.WakeGaussian is { } awake) FillGaussian(snapshot.Wake, awake, isDream: false);
        if (trainer.DreamGaussian is { } asleep) FillGaussian(snapshot.Dream, asleep, isDream: true);
        bool woke = snapshot.Wake.Step >= 0;
        (snapshot.Wake.Example, snapshot.Wake.Label) = woke ? (trainer.WakeExample(0), trainer.WakeLabel(0)) : (-1, -1);
        FillRecognitionTopMean(snapshot);
        diagnostics.Fill(snapshot.Diagnostics);
        priorMean.Compute(trainer.Machine, snapshot.PriorMean);
    }

    private static void FillGaussian(PhaseSample sample, GaussianSample drawn, bool isDream)
    {
        if (sample.Step < 0) return;
        GaussianState state = sample.Gaussian;
        drawn.Values.Row(0).CopyTo(state.Values);
        for (int i = 0; i < state.Values.Length; i++)
        {
            state.Means[i] = isDream ? 0 : drawn.Means[0, i];
            state.Deviations[i] = isDream ? 1 : MathF.Exp(drawn.LogDeviations[0, i]);
        }
    }

    private static void FillProbabilities(
        PhaseSample sample, ConditionalLayer[] layers, Func<int, Matrix> logits, Func<int, BitMatrix> bits)
    {
        for (int l = 0; l < sample.Layers.Length; l++)
        {
            LayerSample layer = sample.Layers[l];
            if (sample.Step < 0)
            {
                Array.Clear(layer.Probabilities);
                layer.LogProbability = 0;
                continue;
            }

            ReadOnlySpan<float> a = logits(l).Row(0);
            layers[l].ComputeProbabilities(a, layer.Probabilities);
            layer.LogProbability = layers[l].LogProbability(bits(l), 0, a);
        }
    }

    private void FillRecognitionTopMean(TrainingSnapshot snapshot)
    {
        float[] mean = snapshot.RecognitionTopMean;
        Array.Clear(mean);
        if (snapshot.Wake.Step < 0) return;
        Matrix logits = trainer.WakeLogits(trainer.Machine.LayerSizes.Count - 1);
        for (int r = 0; r < logits.Rows; r++)
        {
            wakeLayers[^1].ComputeProbabilities(logits.Row(r), row);
            float share = (float)trainer.WakeShare(r);
            for (int i = 0; i < mean.Length; i++) mean[i] += row[i] * share;
        }
    }
}
