using DreamViz.Benchmarks.Steps;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Profiling;

/// <summary>A wake-sleep step taken apart: every kernel call that it makes, at its own shapes and on its own activities, by
/// kind. Together they are the step, apart from what it does between kernels.</summary>
/// <remarks>Every run takes the activities of another step: a processor learns the branches of bits that come again.</remarks>
internal sealed class StepParts
{
    private const int Steps = 12;

    private readonly HelmholtzMachine machine;
    private readonly MachineSample wake, dream;
    private readonly Optimizer generative, recognition;
    private readonly float[] weights = new float[WakeSleepStep.Batch];
    private readonly int latents;
    private readonly BitMatrix[][] wakes, dreams;
    private int turn;

    /// <param name="trainer">A run that has taken steps; what it learned is the material.</param>
    public StepParts(Trainer trainer)
    {
        machine = trainer.Machine;
        latents = machine.LayerSizes.Count - 1;
        (wake, dream) = (new MachineSample(machine), new MachineSample(machine));
        generative = Optimizer.Create(trainer.Settings.Optimizer, machine.Generative.Parameters);
        recognition = Optimizer.Create(trainer.Settings.Optimizer, machine.Recognition.Parameters);
        Array.Fill(weights, 1f / WakeSleepStep.Batch);
        (wakes, dreams) = (new BitMatrix[Steps][], new BitMatrix[Steps][]);
        for (int step = 0; step < Steps; step++)
        {
            trainer.TakeStep(StepPhases.Both);
            wakes[step] = Copy(trainer.WakeBits);
            dreams[step] = Copy(trainer.DreamBits);
        }

        FillPasses();
        All =
        [
            new("forward products", 4 * latents, true, Forward),
            new("gradient products with the ascent of weights", 2 * latents, true, Gradients),
            new("sampling", 2 * latents + 1, true, Sample),
            new("errors and bias gradients", 2 * (2 * latents + 1), false, Errors),
            new("optimizer, what is left of it", 2, false, Update),
        ];
    }

    /// <summary>Every kind of work.</summary>
    public IReadOnlyList<StepPart> All { get; }

    /// <summary>2·B·K·D of the three products of a step whose bits are the visible units'.</summary>
    public double DataLayerOperations => 3 * Operations(0);

    /// <summary>2·B·K·D of all others: their bits are latent units'.</summary>
    public double HalfDenseOperations => 3 * Operations(0) + Enumerable.Range(1, latents - 1).Sum(layer => 6 * Operations(layer));

    /// <summary>Units that a step draws.</summary>
    public double SampledUnits => WakeSleepStep.Batch * (machine.LayerSizes[0] + 2.0 * machine.LayerSizes.Skip(1).Sum());

    private double Operations(int layer) =>
        2.0 * WakeSleepStep.Batch * machine.LayerSizes[layer] * machine.LayerSizes[layer + 1];

    private BitMatrix[] Copy(Func<int, BitMatrix> bits) => [.. Enumerable.Range(0, latents + 1).Select(layer =>
    {
        BitMatrix copy = new(0, 0);
        copy.CopyFrom(bits(layer));
        return copy;
    })];

    private void FillPasses()
    {
        machine.Recognition.Sample(wake, wakes[0][0], 1, new StreamKey(1, StreamPurpose.Wake), WorkerTeam.Single);
        machine.Generative.ComputeLogits(wake, WorkerTeam.Single);
        machine.Generative.Sample(dream, WakeSleepStep.Batch, new StreamKey(1, StreamPurpose.Sleep), WorkerTeam.Single);
        machine.Recognition.ComputeLogits(dream, WorkerTeam.Single);
        Errors(WorkerTeam.Single);
    }

    private (BitMatrix[] Wake, BitMatrix[] Dream) NextBits()
    {
        turn = (turn + 1) % Steps;
        return (wakes[turn], dreams[turn]);
    }

    private void Forward(WorkerTeam team)
    {
        (BitMatrix[] wakeBits, BitMatrix[] dreamBits) = NextBits();
        Forward(wakeBits, wake, team);
        Forward(dreamBits, dream, team);
    }

    private void Forward(BitMatrix[] bits, MachineSample sample, WorkerTeam team)
    {
        for (int l = 0; l < latents; l++)
        {
            Affine(bits[l], machine.Recognition.Layers[l], sample.Recognition(l), team);
            Affine(bits[l + 1], machine.Generative.Layers[l], sample.Generative(l), team);
        }
    }

    private void Gradients(WorkerTeam team)
    {
        (BitMatrix[] wakeBits, BitMatrix[] dreamBits) = NextBits();
        for (int l = 0; l < latents; l++)
        {
            Outer(wakeBits[l + 1], machine.Generative.Layers[l], wake.Generative(l), team);
            Outer(dreamBits[l], machine.Recognition.Layers[l], dream.Recognition(l), team);
        }
    }

    private void Sample(WorkerTeam team)
    {
        turn++;
        for (int l = 1; l <= latents; l++) Draw(wake.Recognition(l - 1), StreamPurpose.Wake, l, wake.Bits(l), team);
        for (int l = latents; l >= 0; l--) Draw(dream.Generative(l), StreamPurpose.Sleep, l, dream.Bits(l), team);
    }

    private void Errors(WorkerTeam team)
    {
        (BitMatrix[] wakeBits, BitMatrix[] dreamBits) = NextBits();
        for (int l = 0; l < latents; l++)
        {
            Error(wakeBits[l], wake.Generative(l), machine.Generative.Layers[l].OutputBiases, team);
            Error(dreamBits[l + 1], dream.Recognition(l), machine.Recognition.Layers[l].OutputBiases, team);
        }

        Error(wakeBits[latents], wake.Generative(latents), machine.Generative.Prior.OutputBiases, team);
    }

    // A rate of zero: the same work, and the activities stay those of the same network.
    private void Update(WorkerTeam team)
    {
        generative.Apply(0, 0, team);
        recognition.Apply(0, 0, team);
    }

    private static void Affine(BitMatrix parents, ConditionalLayer layer, LayerPass pass, WorkerTeam team) =>
        BinaryAffine.Compute(parents, layer.OutputWeights!.Value, layer.OutputBiases.Value.Row(0), pass.Logits, team);

    // As in plain ascent: finished sums are added to the weights, here times zero.
    private static void Outer(BitMatrix parents, ConditionalLayer layer, LayerPass pass, WorkerTeam team) =>
        BinaryOuterProduct.Accumulate(parents, pass.Errors, layer.OutputWeights!.Value, team, scale: 0);

    private void Draw(LayerPass pass, StreamPurpose purpose, int layer, BitMatrix bits, WorkerTeam team) =>
        BernoulliSampling.Sample(pass.Logits, new StreamKey(1, purpose, turn, layer), bits, team);

    private void Error(BitMatrix bits, LayerPass pass, Parameter biases, WorkerTeam team) =>
        BernoulliError.Compute(bits, pass.Logits, weights, pass.Errors, team, biases.Gradient.Row(0));
}
