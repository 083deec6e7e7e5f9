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
    private readonly Matrix[] gradients, logitGradients;
    private readonly RelaxedPoint[] own, points;
    private readonly Matrix residuals = new(0, 0), fromAbove = new(0, 0), byGaussian = new(0, 0);
    private readonly GaussianSample? gaussian;
    private readonly RelaxedLabel? label;
    private MachineSample sample;
    private float[] logs = [], judged = [], ratios = [];
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
        label = machine.Recognition.Layers[^1] is LabeledLayer labeled ? new RelaxedLabel(labeled) : null;
        (gradients, logitGradients) = (Empty(), Empty());
        own = [.. Enumerable.Range(0, layers).Select(_ => new RelaxedPoint())];
        points = [.. own];

        Matrix[] Empty() => [.. Enumerable.Range(0, layers).Select(_ => new Matrix(0, 0))];
    }

    /// <summary>The label among the top layer's units; null where there is none.</summary>
    public RelaxedLabel? Label => label;

    /// <summary>[rows, units] ζ of a latent layer, from 1.</summary>
    public Matrix Values(int layer) => points[layer].Values;

    /// <summary>[rows, units] ∂ζ/∂η of a latent layer, η its logits.</summary>
    public Matrix Slopes(int layer) => points[layer].Slopes;

    /// <summary>[rows, units] df/dζ of a latent layer, from 1, all that is above moving along.</summary>
    public Matrix Gradient(int layer) => gradients[layer];

    /// <summary>[rows, units] df/dζ · ∂ζ/∂η of a latent layer.</summary>
    public Matrix Path(int layer) => points[layer].Paths;

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
    /// <param name="point">Where values, slopes and paths of the first relaxed layer are to stand.</param>
    public void Relax(HelmholtzMachine machine, MachineSample given, int firstLayer, IRelaxation relaxation, WorkerTeam team,
        RelaxedPoint? point = null)
    {
        (sample, first, isHard) = (given, firstLayer, false);
        isOrdered = machine.Recognition.Layers[first - 1].HasDependentUnits;
        own.CopyTo(points);
        if (point is not null) points[first] = point;
        for (int l = first; l < points.Length; l++)
        {
            ConditionalLayer layer = machine.Recognition.Layers[l - 1];
            LayerPass pass = Recognition(l - 1);
            if (l > first) layer.ComputeRelaxedLogits(Values(l - 1), pass, team);
            else if (isOrdered && first == 1) layer.ComputeLogits(given.Examples, given.SamplesPerExample, pass, team);
            else if (isOrdered) layer.ComputeLogits(given.Bits(first - 1), 1, pass, team);
            if (l == Top) label?.Relax(l, given.Recognition(l - 1), pass, relaxation);
            relaxation.Relax(l, pass.Logits, layer.SiblingWeights, Values(l), Slopes(l), team);
            if (l == Top) label?.Write(Values(l));
            if (l == Top && gaussian is not null) RelaxGaussian(machine, team);
            if (layer.HasDependentUnits) pass.RelaxedChildren = Values(l);
            ComputeGenerative(machine, l - 1, Values(l), team);
        }

        if (machine.Generative.Prior is not Prior) ComputeGenerative(machine, Top, Values(Top), team);
    }

    /// <summary>Real-valued units given the layer below them, by the noise of the sample.</summary>
    private void RelaxGaussian(HelmholtzMachine machine, WorkerTeam team)
    {
        generative[^2].GaussianParents = MovingGaussian!.Values;
        if (first == Top) return;
        gaussian!.Begin(sample.Rows);
        gaussian.TakeNoise(sample.Gaussian!, 0, 1, 1);
        machine.Recognition.Gaussian!.ComputeRelaxedMoments(Values(Top - 1), gaussian, team);
        gaussian.Place();
    }

    /// <summary>The real-valued units: those of the sample where the layer below them is bits; null where there are none.</summary>
    private GaussianSample? MovingGaussian => isHard || first == Top ? sample.Gaussian : gaussian;

    /// <summary>Takes the bits themselves as values, and as slopes those of their means: σ(η)(1 − σ(η)).</summary>
    /// <param name="given">The bits.</param>
    /// <param name="team">Who computes.</param>
    public void TakeBits(MachineSample given, WorkerTeam team)
    {
        (sample, first, isHard) = (given, 1, true);
        own.CopyTo(points);
        for (int l = 1; l < points.Length; l++)
            SoftBits.Compute(given.Recognition(l - 1).Logits, null, temperature: 1, Values(l), Slopes(l), team);
        label?.TakeBits(given.Recognition(Top - 1));
    }

    /// <summary>signals_r = Σ_{j≥l} [log p(ζ_{j−1} | ζ_j) − log q(ζ_j | ζ_{j−1})] + log p(ζ_L), in nats: what layer l, relaxed like
    /// those above it, can change of f. Of the newest <see cref="Differentiate"/>, which judged.</summary>
    /// <param name="machine">Both networks.</param>
    /// <param name="layer">l, not below the first relaxed layer.</param>
    /// <param name="signals">[rows], overwritten.</param>
    /// <param name="team">Who computes.</param>
    public void ComputeSignals(HelmholtzMachine machine, int layer, Span<double> signals, WorkerTeam team)
    {
        Span<float> above = Zeros(ref ratios, signals.Length), below = Zeros(ref logs, signals.Length);
        for (int l = Top; l >= layer; l--)
            RelaxedLogRatio.Accumulate(Values(l), PriorLogits(machine, l), Recognition(l - 1).Logits, above, team);
        label?.CorrectLogRatio(sample.Recognition(Top - 1), PriorLogits(machine, Top), Recognition(Top - 1).Logits, above);
        if (layer > first) RelaxedLogProbability.Accumulate(Values(layer - 1), generative[layer - 1].Logits, below, team);
        else judged.AsSpan(0, below.Length).CopyTo(below);
        for (int r = 0; r < signals.Length; r++) signals[r] = (double)below[r] + above[r];
        for (int r = 0; r < signals.Length && gaussian is not null && layer < Top; r++)
            signals[r] -= GaussianLayer.Divergence(gaussian, r);
    }

    /// <summary>Overwrites every gradient but that by the first relaxed layer's logits, from the top layer down to the first relaxed one.
    /// </summary>
    /// <param name="machine">Both networks.</param>
    /// <param name="team">Who computes.</param>
    /// <param name="judges">Whether <see cref="ComputeSignals"/> will be asked.</param>
    public void Differentiate(HelmholtzMachine machine, WorkerTeam team, bool judges = false)
    {
        for (int l = Top; l >= first; l--)
        {
            Matrix gradient = gradients[l];
            ConditionalLayer below = machine.Generative.Layers[l - 1];
            if (judges && l == first)
                below.ComputeResiduals(sample.Bits(l - 1), Generative(l - 1), residuals, Zeros(ref judged, sample.Rows), team);
            else ComputeResiduals(below, l - 1, Generative(l - 1), residuals, team);
            below.ComputeParentErrors(Generative(l - 1), residuals, gradient, team);
            if (l == Top && l > first && gaussian is not null) DifferentiateGaussian(machine, team);
            if (machine.Generative.Layers[l].SiblingWeights is { } siblings)
            {
                ComputeResiduals(machine.Generative.Layers[l], l, Generative(l), residuals, team);
                DenseBackward.Compute(residuals, siblings, fromAbove, team);
                TensorPrimitives.Add(gradient.Flat, fromAbove.Flat, gradient.Flat);
            }

            if (l < Top)
            {
                DifferentiateLogits(machine, l + 1, team);
                machine.Recognition.Layers[l].ComputeParentErrors(Recognition(l), logitGradients[l + 1], fromAbove, team);
                TensorPrimitives.Add(gradient.Flat, fromAbove.Flat, gradient.Flat);
                if (l == Top - 1 && gaussian is not null) TensorPrimitives.Add(gradient.Flat, byGaussian.Flat, gradient.Flat);
            }

            LogRatioPath.Compute(gradient, PriorLogits(machine, l), Recognition(l - 1).Logits, Slopes(l), Path(l), team);
            if (l == Top && label is not null)
            {
                ComputeResiduals(machine.Recognition.Layers[l - 1], l, Recognition(l - 1), residuals, team);
                label.Differentiate(sample.Recognition(l - 1), residuals, gradient, Path(l));
            }

            if (machine.Recognition.Layers[l - 1].SiblingWeights is not { } ordered) continue;
            ComputeResiduals(machine.Recognition.Layers[l - 1], l, Recognition(l - 1), residuals, team);
            OrderedSoftBits.Differentiate(ordered, Slopes(l), residuals, gradient, logitGradients[l], team);
            TensorPrimitives.Multiply(gradient.Flat, Slopes(l).Flat, Path(l).Flat);
        }
    }

    /// <summary>By the layer below the real-valued units, what they pass on of the errors just found of the layer that they push.</summary>
    private void DifferentiateGaussian(HelmholtzMachine machine, WorkerTeam team)
    {
        int below = Top - 1;
        DenseBackward.Compute(Generative(below).FirstErrors!, machine.Generative.Layers[below].GaussianWeights!.Value, fromAbove, team);
        machine.Recognition.Gaussian!.ComputeParentErrors(MovingGaussian!, fromAbove, byGaussian, team);
    }

    /// <summary>Overwrites <see cref="LogitGradient"/> of a layer, from its <see cref="Path"/>.</summary>
    public void DifferentiateLogits(HelmholtzMachine machine, int layer, WorkerTeam team)
    {
        ComputeResiduals(machine.Recognition.Layers[layer - 1], layer, Recognition(layer - 1), logitGradients[layer], team);
        TensorPrimitives.Subtract(Path(layer).Flat, logitGradients[layer].Flat, logitGradients[layer].Flat);
    }

    private int Top => points.Length - 1;

    private LayerPass Generative(int layer) => isHard ? sample.Generative(layer) : generative[layer];

    /// <summary>The logits of a layer given relaxed parents, and the siblings before each unit, bits or relaxed.</summary>
    private void ComputeGenerative(HelmholtzMachine machine, int child, Matrix parents, WorkerTeam team)
    {
        ConditionalLayer layer = machine.Generative.Layers[child];
        layer.ComputeRelaxedLogits(parents, generative[child], team);
        if (child < first) layer.Complete(sample.Bits(child), generative[child], team);
        else layer.CompleteRelaxed(Values(child), generative[child], team);
    }

    /// <summary>The gradient of log p(child | parents) by the logits of a child layer, bits or relaxed.</summary>
    private void ComputeResiduals(ConditionalLayer layer, int child, LayerPass pass, Matrix destination, WorkerTeam team)
    {
        if (isHard || child < first) layer.ComputeResiduals(sample.Bits(child), pass, destination, team);
        else BernoulliResidual.Compute(Values(child), pass.Logits, destination, team);
        if (child == Top && !isHard) label?.ComputeResiduals(sample.Recognition(child - 1), pass.Logits, destination);
    }

    /// <summary>[rows, units] the logits of p(z_l | z_{l+1}); one row where all have the same.</summary>
    private Matrix PriorLogits(HelmholtzMachine machine, int layer) =>
        machine.Generative.Layers[layer] is Prior prior ? prior.OutputBiases.Value : Generative(layer).Logits;

    private static Span<float> Zeros(ref float[] room, int rows)
    {
        if (room.Length < rows) room = new float[rows];
        Span<float> zeros = room.AsSpan(0, rows);
        zeros.Clear();
        return zeros;
    }
}
