using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>
/// Explanations that are real numbers ζ in [0, 1] from some layer on and bits below it: f(ζ) = log p(x, ζ) − log q(ζ | x), log
/// probabilities of Bernoulli units continued to y·a − softplus(a), and its gradient by every layer. A layer's values move the
/// logits of the layer above, so a gradient counts all that is above; where its own conditional is autoregressive, in p or in q, also
/// those of the siblings behind. Real-valued units beside the top layer are g = μ + σε with the ε of the sample; where the layer below them
/// is relaxed, its values move μ and σ, and −KL(q(g | ·) ‖ p(g)) is a part of f.
/// </summary>
/// <remarks>Reused from step to step, so that a steady step allocates nothing.</remarks>
internal sealed class RelaxedExplanations
{
    private readonly LayerPass[] generative;
    private readonly LayerPass[] recognition;
    private readonly Matrix[] values, slopes, gradients, paths, logitGradients;
    private readonly Matrix residuals = new(0, 0), fromAbove = new(0, 0), byGaussian = new(0, 0);
    private readonly GaussianSample? gaussian;
    private MachineSample sample;
    private float[] logs = [];
    private int first = 1;
    private bool isHard, isOrdered;

    /// <param name="machine">Whose layers it is for.</param>
    public RelaxedExplanations(HelmholtzMachine machine)
    {
        int layers = machine.LayerSizes.Count;
        sample = new MachineSample(machine);
        generative = [.. machine.Generative.Layers.Select(layer => layer.CreatePass())];
        recognition = [.. machine.Recognition.Layers.Select(layer => layer.CreatePass())];
        gaussian = machine.Recognition.Gaussian is { } units ? new GaussianSample(units) : null;
        (values, slopes, gradients, paths, logitGradients) = (Empty(), Empty(), Empty(), Empty(), Empty());

        Matrix[] Empty() => [.. Enumerable.Range(0, layers).Select(_ => new Matrix(0, 0))];
    }

    /// <summary>[rows, units] ζ of a latent layer, from 1.</summary>
    public Matrix Values(int layer) => values[layer];

    /// <summary>[rows, units] ∂ζ/∂η of a latent layer, η its logits.</summary>
    public Matrix Slopes(int layer) => slopes[layer];

    /// <summary>[rows, units] df/dζ of a latent layer, from 1, all that is above moving along.</summary>
    public Matrix Gradient(int layer) => gradients[layer];

    /// <summary>[rows, units] df/dζ · ∂ζ/∂η of a latent layer.</summary>
    public Matrix Path(int layer) => paths[layer];

    /// <summary>[rows, units] df/dη of a latent layer above the first relaxed one, and of that where
    /// <see cref="DifferentiateLogits"/> was asked for it: <see cref="Path"/> and what η changes of −log q with ζ held, σ(η) − ζ.</summary>
    public Matrix LogitGradient(int layer) => logitGradients[layer];

    /// <summary>The recognition network's pass number l, for layer l + 1 given layer l.</summary>
    public LayerPass Recognition(int index) =>
        isHard || index < (isOrdered ? first - 1 : first) ? sample.Recognition(index) : recognition[index];

    /// <summary>Relaxes the given layer and those above it, each given the one below.</summary>
    /// <param name="machine">Both networks.</param>
    /// <param name="given">Bits below the first relaxed layer, and that layer's logits; where siblings push, they are computed anew,
    /// because those of the sample are pushed by bits.</param>
    /// <param name="firstLayer">The lowest relaxed layer, from 1.</param>
    /// <param name="relaxation">How.</param>
    /// <param name="team">Who computes.</param>
    public void Relax(HelmholtzMachine machine, MachineSample given, int firstLayer, IRelaxation relaxation, WorkerTeam team)
    {
        (sample, first, isHard) = (given, firstLayer, false);
        isOrdered = machine.Recognition.Layers[first - 1].SiblingWeights is not null;
        for (int l = first; l < machine.LayerSizes.Count; l++)
        {
            ConditionalLayer layer = machine.Recognition.Layers[l - 1];
            LayerPass pass = Recognition(l - 1);
            if (l > first) layer.ComputeRelaxedLogits(values[l - 1], pass, team);
            else if (isOrdered && first == 1) layer.ComputeLogits(given.Examples, given.SamplesPerExample, pass, team);
            else if (isOrdered) layer.ComputeLogits(given.Bits(first - 1), 1, pass, team);
            relaxation.Relax(l, pass.Logits, layer.SiblingWeights, values[l], slopes[l], team);
            if (l == values.Length - 1 && gaussian is not null) RelaxGaussian(machine, team);
            if (layer.SiblingWeights is not null) pass.RelaxedChildren = values[l];
            ComputeGenerative(machine, l - 1, values[l], team);
        }

        ComputeGenerative(machine, values.Length - 1, values[^1], team);
    }

    /// <summary>Real-valued units given the layer below them, by the noise of the sample.</summary>
    private void RelaxGaussian(HelmholtzMachine machine, WorkerTeam team)
    {
        generative[^2].GaussianParents = MovingGaussian!.Values;
        if (first == values.Length - 1) return;
        gaussian!.Begin(sample.Rows);
        gaussian.TakeNoise(sample.Gaussian!, 0, 1, 1);
        machine.Recognition.Gaussian!.ComputeRelaxedMoments(values[^2], gaussian, team);
        gaussian.Place();
    }

    /// <summary>The real-valued units: those of the sample where the layer below them is bits; null where there are none.</summary>
    private GaussianSample? MovingGaussian => isHard || first == values.Length - 1 ? sample.Gaussian : gaussian;

    /// <summary>Takes the bits themselves as values, and as slopes those of their means: σ(η)(1 − σ(η)).</summary>
    /// <param name="given">The bits.</param>
    /// <param name="team">Who computes.</param>
    public void TakeBits(MachineSample given, WorkerTeam team)
    {
        (sample, first, isHard) = (given, 1, true);
        for (int l = 1; l < slopes.Length; l++)
            SoftBits.Compute(given.Recognition(l - 1).Logits, null, temperature: 1, paths[l], slopes[l], team);
    }

    /// <summary>signals_r = Σ_{j≥l} [log p(ζ_{j−1} | ζ_j) − log q(ζ_j | ζ_{j−1})] + log p(ζ_L), in nats: what layer l, relaxed like
    /// those above it, can change of f.</summary>
    /// <param name="machine">Both networks.</param>
    /// <param name="layer">l, not below the first relaxed layer.</param>
    /// <param name="signals">[rows], overwritten with it for the top layer, or added to what it is for layer l + 1.</param>
    /// <param name="team">Who computes.</param>
    public void AddSignals(HelmholtzMachine machine, int layer, Span<double> signals, WorkerTeam team)
    {
        int top = values.Length - 1;
        if (layer == top) signals.Clear();
        if (layer == top) AddLogs(values[top], generative[top].Logits, 1, signals, team);
        if (layer > first) AddLogs(values[layer - 1], generative[layer - 1].Logits, 1, signals, team);
        else AddLogs(machine.Generative.Layers[layer - 1], sample.Bits(layer - 1), generative[layer - 1], signals, team);
        AddLogs(values[layer], Recognition(layer - 1).Logits, -1, signals, team);
        for (int r = 0; r < signals.Length && gaussian is not null && layer == top - 1; r++)
            signals[r] -= GaussianLayer.Divergence(gaussian, r);
    }

    /// <summary>Overwrites every gradient but that by the first relaxed layer's logits, from the top layer down to the first relaxed one.
    /// </summary>
    public void Differentiate(HelmholtzMachine machine, WorkerTeam team)
    {
        for (int l = values.Length - 1; l >= first; l--)
        {
            Matrix gradient = gradients[l], logits = Recognition(l - 1).Logits;
            ComputeResiduals(machine.Generative.Layers[l - 1], l - 1, Generative(l - 1), residuals, team);
            machine.Generative.Layers[l - 1].ComputeParentErrors(Generative(l - 1), residuals, gradient, team);
            if (l == values.Length - 1 && l > first && gaussian is not null) DifferentiateGaussian(machine, team);
            TensorPrimitives.Add(gradient.Flat, Generative(l).Logits.Flat, gradient.Flat);
            TensorPrimitives.Subtract(gradient.Flat, logits.Flat, gradient.Flat);
            if (machine.Generative.Layers[l].SiblingWeights is { } siblings)
            {
                ComputeResiduals(machine.Generative.Layers[l], l, Generative(l), residuals, team);
                DenseBackward.Compute(residuals, siblings, fromAbove, team);
                TensorPrimitives.Add(gradient.Flat, fromAbove.Flat, gradient.Flat);
            }

            if (l < values.Length - 1)
            {
                DifferentiateLogits(machine, l + 1, team);
                machine.Recognition.Layers[l].ComputeParentErrors(Recognition(l), logitGradients[l + 1], fromAbove, team);
                TensorPrimitives.Add(gradient.Flat, fromAbove.Flat, gradient.Flat);
                if (l == values.Length - 2 && gaussian is not null) TensorPrimitives.Add(gradient.Flat, byGaussian.Flat, gradient.Flat);
            }

            if (machine.Recognition.Layers[l - 1].SiblingWeights is { } ordered)
            {
                ComputeResiduals(machine.Recognition.Layers[l - 1], l, Recognition(l - 1), residuals, team);
                OrderedSoftBits.Differentiate(ordered, slopes[l], residuals, gradient, logitGradients[l], team);
            }

            paths[l].Reshape(gradient.Rows, gradient.Columns);
            TensorPrimitives.Multiply(gradient.Flat, slopes[l].Flat, paths[l].Flat);
        }
    }

    /// <summary>By the layer below the real-valued units, what they pass on of the errors just found of the layer that they push.</summary>
    private void DifferentiateGaussian(HelmholtzMachine machine, WorkerTeam team)
    {
        int below = values.Length - 2;
        DenseBackward.Compute(Generative(below).FirstErrors!, machine.Generative.Layers[below].GaussianWeights!.Value, fromAbove, team);
        machine.Recognition.Gaussian!.ComputeParentErrors(MovingGaussian!, fromAbove, byGaussian, team);
    }

    /// <summary>Overwrites <see cref="LogitGradient"/> of a layer, from its <see cref="Path"/>.</summary>
    public void DifferentiateLogits(HelmholtzMachine machine, int layer, WorkerTeam team)
    {
        ComputeResiduals(machine.Recognition.Layers[layer - 1], layer, Recognition(layer - 1), logitGradients[layer], team);
        TensorPrimitives.Subtract(paths[layer].Flat, logitGradients[layer].Flat, logitGradients[layer].Flat);
    }

    private LayerPass Generative(int layer) => isHard ? sample.Generative(layer) : generative[layer];

    /// <summary>The logits of a layer given relaxed parents, and the siblings before each unit, bits or relaxed.</summary>
    private void ComputeGenerative(HelmholtzMachine machine, int child, Matrix parents, WorkerTeam team)
    {
        ConditionalLayer layer = machine.Generative.Layers[child];
        layer.ComputeRelaxedLogits(parents, generative[child], team);
        if (child < first) layer.Complete(sample.Bits(child), generative[child], team);
        else layer.CompleteRelaxed(values[child], generative[child], team);
    }

    /// <summary>The gradient of log p(child | parents) by the logits of a child layer, bits or relaxed.</summary>
    private void ComputeResiduals(ConditionalLayer layer, int child, LayerPass pass, Matrix destination, WorkerTeam team)
    {
        if (isHard || child < first) layer.ComputeResiduals(sample.Bits(child), pass, destination, team);
        else BernoulliResidual.Compute(values[child], pass.Logits, destination, team);
    }

    private void AddLogs(Matrix children, Matrix logits, int sign, Span<double> signals, WorkerTeam team)
    {
        Span<float> single = Logs(signals.Length);
        RelaxedLogProbability.Accumulate(children, logits, single, team);
        for (int r = 0; r < single.Length; r++) signals[r] += sign * single[r];
    }

    private void AddLogs(ConditionalLayer layer, BitMatrix children, LayerPass pass, Span<double> signals, WorkerTeam team)
    {
        Span<float> single = Logs(signals.Length);
        layer.AccumulateLogProbability(children, pass, single, team);
        for (int r = 0; r < single.Length; r++) signals[r] += single[r];
    }

    private Span<float> Logs(int rows)
    {
        if (logs.Length < rows) logs = new float[rows];
        Span<float> single = logs.AsSpan(0, rows);
        single.Clear();
        return single;
    }
}
