using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>
/// p(y, z | x) = Categorical(y; softmax(a₁ … a_C)) · Πᵢ Bernoulli(zᵢ; sigmoid(a_{C+i} + R_{yi})): C label bits of which exactly
/// one is on, then H bits; a are the logits of another layer, R what the label adds to the bits beside it.
/// </summary>
/// <remarks>Bits of which not exactly one is on among the first C have probability 0. Where the pass holds an observed label, the
/// layer is p(z | x, y) of that label instead, and 0 at every other. Source: Zhou and Neubig, "Multi-space variational
/// encoder-decoders for semi-supervised labeled sequence transduction", 2017; with one latent layer the model is M2 of Kingma,
/// Rezende, Mohamed and Welling, "Semi-supervised learning with deep generative models", 2014.</remarks>
public sealed class LabeledLayer : ConditionalLayer
{
    // Blocks of rows are numbered from 0: labels have numbers of their own.
    private const int LabelBlock = -1;

    private readonly ConditionalLayer logits;
    private readonly Parameter? siblings;
    private readonly float[] softplus;
    private readonly float[] probabilities;
    private float[] uniforms = [];

    /// <param name="logits">Gives a [C + H]; a layer of independent units.</param>
    /// <param name="classes">C, at most 64.</param>
    /// <param name="siblings">The name of R [C, H], which starts at 0; null for a label that leaves the bits beside it
    /// independent.</param>
    public LabeledLayer(ConditionalLayer logits, int classes, string? siblings)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, Math.Min(ModelSettings.MaximumClasses, logits.Units), nameof(classes));
        (this.logits, Classes) = (logits, classes);
        this.siblings = siblings is null ? null : new Parameter(siblings, classes, logits.Units - classes);
        Parameters = this.siblings is null ? logits.Parameters : [.. logits.Parameters, this.siblings];
        softplus = new float[logits.Units];
        probabilities = new float[logits.Units];
    }

    /// <inheritdoc/>
    public override int Classes { get; }

    /// <inheritdoc/>
    public override int ParentUnits => logits.ParentUnits;

    /// <inheritdoc/>
    public override int Units => logits.Units;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    internal override IReadOnlyList<Parameter> Weights => logits.Weights;

    internal override Parameter? OutputWeights => logits.OutputWeights;

    internal override Parameter OutputBiases => logits.OutputBiases;

    /// <inheritdoc/>
    public override LayerPass CreatePass() => logits.CreatePass();

    /// <inheritdoc/>
    public override void ComputeLogits(BitMatrix parents, int repeats, LayerPass pass, WorkerTeam team) =>
        logits.ComputeLogits(parents, repeats, pass, team);

    /// <inheritdoc/>
    public override void Complete(BitMatrix children, LayerPass pass, WorkerTeam team)
    {
        pass.Children = children;
        for (int r = 0; r < children.Rows && siblings is not null; r++)
        {
            int label = LabelBits.Read(children.Row(r), Classes);
            if (label >= 0) AddSiblings(label, pass.Logits.Row(r));
        }
    }

    /// <inheritdoc/>
    /// <remarks>An observed label is written, not drawn.</remarks>
    public override void Sample(LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team)
    {
        int rows = pass.Logits.Rows;
        if (uniforms.Length < rows) uniforms = new float[rows];
        new RandomStream(key with { Block = LabelBlock }).FillUniform(uniforms.AsSpan(0, rows));
        Span<int> labels = pass.DrawnLabels(rows);
        for (int r = 0; r < rows; r++)
        {
            labels[r] = pass.ObservedLabel(r) is >= 0 and int label ? label : Draw(pass.Logits.Row(r), uniforms[r]);
            if (siblings is not null) AddSiblings(labels[r], pass.Logits.Row(r));
        }

        BernoulliSampling.Sample(pass.Logits, key, children, team);
        pass.Children = children;
        for (int r = 0; r < rows; r++) LabelBits.Write(children.Row(r), Classes, labels[r]);
    }

    /// <inheritdoc/>
    public override void AccumulateLogProbability(BitMatrix children, LayerPass pass, Span<float> result, WorkerTeam team)
    {
        for (int r = 0; r < children.Rows; r++)
        {
            ReadOnlySpan<ulong> bits = children.Row(r);
            int label = LabelBits.Read(bits, Classes), observed = pass.ObservedLabel(r);
            if (label < 0 || (observed >= 0 && observed != label)) result[r] = float.NegativeInfinity;
            else result[r] += (float)LogProbability(bits, pass.Logits.Row(r), observed < 0 ? label : -1);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(
        BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        if (Parameters.Count == 0) return;
        BernoulliError.Compute(children, pass.Logits, weights, pass.Errors, team);
        double quantum = BernoulliError.Quantum(weights);
        for (int r = 0; r < children.Rows; r++)
        {
            int label = LabelBits.Read(children.Row(r), Classes);
            Span<float> errors = pass.Errors.Row(r);
            if (label < 0) errors.Clear();
            else if (pass.ObservedLabel(r) >= 0) errors[..Classes].Clear();
            else ComputeLabelErrors(label, pass.Logits.Row(r), weights[r], quantum, errors);
        }

        pass.Children = children;
        AccumulateErrors(pass, pass.Errors, team);
    }

    /// <inheritdoc/>
    /// <remarks>The bits' errors are those of the label with which the logits were completed; where they were not, R has none.</remarks>
    public override void AccumulateErrors(LayerPass pass, Matrix errors, WorkerTeam team)
    {
        if (siblings is not null && pass.RelaxedChildren is { } relaxed) AccumulateRelaxed(relaxed, errors, siblings.Gradient);
        for (int r = 0; r < pass.Children.Rows && siblings is not null && pass.RelaxedChildren is null; r++)
        {
            int label = LabelBits.Read(pass.Children.Row(r), Classes);
            if (label < 0) continue;
            Span<float> gradient = siblings.Gradient.Row(label);
            TensorPrimitives.Add(gradient, errors.Row(r)[Classes..], gradient);
        }

        logits.AccumulateErrors(pass, errors, team);
    }

    /// <inheritdoc/>
    public override void ComputeRelaxedLogits(Matrix parents, LayerPass pass, WorkerTeam team) =>
        logits.ComputeRelaxedLogits(parents, pass, team);

    /// <inheritdoc/>
    /// <remarks>Siblings are held.</remarks>
    public override void ComputeParentErrors(LayerPass pass, Matrix errors, Matrix parentErrors, WorkerTeam team) =>
        logits.ComputeParentErrors(pass, errors, parentErrors, team);

    /// <summary>The logits of the bits += Σ_c ζ_c R_c.</summary>
    /// <param name="shares">[B, C] ζ.</param>
    /// <param name="pass">Holds the logits [B, units].</param>
    internal void AddRelaxedLabels(Matrix shares, LayerPass pass)
    {
        for (int r = 0; r < shares.Rows && siblings is not null; r++)
        {
            Span<float> bits = pass.Logits.Row(r)[Classes..];
            for (int c = 0; c < Classes; c++) TensorPrimitives.MultiplyAdd(siblings.Value.Row(c), shares[r, c], bits, bits);
        }
    }

    /// <summary>result_c += Σᵢ R_ci (pathᵢ − residualᵢ) over the bits.</summary>
    internal void AddLabelErrors(ReadOnlySpan<float> path, ReadOnlySpan<float> residuals, Span<float> result)
    {
        Span<float> errors = softplus.AsSpan(Classes, Units - Classes);
        TensorPrimitives.Subtract(path[Classes..], residuals[Classes..], errors);
        for (int c = 0; c < Classes && siblings is not null; c++)
            result[c] += (float)DotProduct.Compute(siblings.Value.Row(c), errors);
    }

    /// <inheritdoc/>
    /// <remarks>Of a label that was drawn, 1[y] − softmax(a); of one that was observed, 0.</remarks>
    public override void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, WorkerTeam team)
    {
        logits.ComputeResiduals(children, pass, residuals, team);
        for (int r = 0; r < children.Rows; r++)
        {
            Span<float> label = residuals.Row(r)[..Classes];
            if (pass.ObservedLabel(r) >= 0)
            {
                label.Clear();
                continue;
            }

            Softmax(pass.Logits.Row(r)[..Classes], probabilities);
            for (int c = 0; c < Classes; c++) label[c] = (children[r, c] ? 1 : 0) - probabilities[c];
        }
    }

    /// <inheritdoc/>
    /// <remarks>Another label c in place of y: a_c − a_y, and what the bits beside it say of R_c in place of R_y. Where the label was
    /// observed there is no other, and the changes are 0.</remarks>
    internal override void ComputeChildFlips(BitMatrix children, LayerPass pass, Matrix changes, WorkerTeam team)
    {
        base.ComputeChildFlips(children, pass, changes, team);
        for (int r = 0; r < children.Rows; r++)
        {
            ReadOnlySpan<ulong> bits = children.Row(r);
            ReadOnlySpan<float> a = pass.Logits.Row(r);
            int label = LabelBits.Read(bits, Classes);
            Span<float> row = changes.Row(r)[..Classes];
            row.Clear();
            if (pass.ObservedLabel(r) >= 0) continue;
            for (int c = 0; c < Classes; c++)
            {
                if (c != label) row[c] = a[c] - a[label] + (siblings is null ? 0 : SiblingChange(bits, a, label, c));
            }
        }
    }

    /// <summary>Gradients += Σ_r w_r ∇ log q(y_r | x_r) of the observed labels; rows without one add nothing.</summary>
    /// <param name="pass">Holds parents, logits and observed labels of the same batch.</param>
    /// <param name="weights">[B·K] w.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateObservedLabels(LayerPass pass, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        pass.Errors.Reshape(pass.Logits.Rows, Units);
        double quantum = BernoulliError.Quantum(weights);
        for (int r = 0; r < pass.Logits.Rows; r++)
        {
            Span<float> errors = pass.Errors.PaddedRow(r);
            errors.Clear();
            if (pass.ObservedLabel(r) is >= 0 and int label)
                ComputeLabelErrors(label, pass.Logits.Row(r), weights[r], quantum, errors);
        }

        logits.AccumulateErrors(pass, pass.Errors, team);
    }

    /// <inheritdoc/>
    public override void ComputePushes(Matrix destination) => logits.ComputePushes(destination);

    /// <inheritdoc/>
    public override void ComputeProbabilities(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        Sigmoid.Compute(logits, probabilities);
        Softmax(logits[..Classes], probabilities);
    }

    /// <inheritdoc/>
    public override float LogProbability(BitMatrix children, int row, ReadOnlySpan<float> logits)
    {
        ReadOnlySpan<ulong> bits = children.Row(row);
        return LabelBits.Read(bits, Classes) is >= 0 and int label
            ? (float)LogProbability(bits, logits, label)
            : float.NegativeInfinity;
    }

    /// <summary>p = softmax(a), overwritten; never overflows.</summary>
    public static void Softmax(ReadOnlySpan<float> a, Span<float> p)
    {
        float logSum = LogSumExp.Compute(a);
        for (int i = 0; i < a.Length; i++) p[i] = MathF.Exp(a[i] - logSum);
    }

    /// <summary>The label whose share of [0, 1) holds u.</summary>
    internal static int Choose(ReadOnlySpan<float> probabilities, float uniform)
    {
        double sum = 0;
        for (int label = 0; label < probabilities.Length - 1; label++)
        {
            sum += probabilities[label];
            if (uniform < sum) return label;
        }

        return probabilities.Length - 1;
    }

    private int Draw(ReadOnlySpan<float> rowLogits, float uniform)
    {
        Softmax(rowLogits[..Classes], probabilities);
        return Choose(probabilities.AsSpan(0, Classes), uniform);
    }

    private void AccumulateRelaxed(Matrix values, Matrix errors, Matrix gradient)
    {
        for (int r = 0; r < values.Rows; r++)
        {
            for (int c = 0; c < Classes; c++)
                TensorPrimitives.MultiplyAdd(errors.Row(r)[Classes..], values[r, c], gradient.Row(c), gradient.Row(c));
        }
    }

    private void AddSiblings(int label, Span<float> rowLogits)
    {
        Span<float> bits = rowLogits[Classes..];
        TensorPrimitives.Add(bits, siblings!.Value.Row(label), bits);
    }

    /// <summary>log p(z | c) − log p(z | y), in nats.</summary>
    private float SiblingChange(ReadOnlySpan<ulong> bits, ReadOnlySpan<float> a, int label, int other)
    {
        Span<float> moved = probabilities.AsSpan(Classes, Units - Classes), own = softplus.AsSpan(Classes, Units - Classes);
        TensorPrimitives.Subtract(siblings!.Value.Row(other), siblings.Value.Row(label), moved);
        double sum = 0;
        for (int i = 0; i < moved.Length; i++)
        {
            if ((bits[(Classes + i) >> 6] >> (Classes + i) & 1) != 0) sum += moved[i];
        }

        TensorPrimitives.Add(moved, a[Classes..], moved);
        Softplus.Compute(moved, moved);
        Softplus.Compute(a[Classes..], own);
        for (int i = 0; i < moved.Length; i++) sum += (double)own[i] - moved[i];
        return (float)sum;
    }

    /// <summary>log p(z | y), and log p(y) with it where a label is given; in nats.</summary>
    private double LogProbability(ReadOnlySpan<ulong> bits, ReadOnlySpan<float> a, int label)
    {
        Softplus.Compute(a, softplus);
        double sum = label < 0 ? 0 : a[label] - (double)LogSumExp.Compute(a[..Classes]);
        for (int i = Classes; i < a.Length; i++) sum += ((bits[i >> 6] >> i & 1) != 0 ? a[i] : 0) - (double)softplus[i];
        return sum;
    }

    /// <summary>errors = w · (1[label] − softmax(a)) over the label's units, rounded as all errors are.</summary>
    private void ComputeLabelErrors(int label, ReadOnlySpan<float> a, float weight, double quantum, Span<float> errors)
    {
        Softmax(a[..Classes], probabilities);
        for (int c = 0; c < Classes; c++)
        {
            double error = weight * ((c == label ? 1.0 : 0.0) - probabilities[c]);
            errors[c] = BernoulliError.Round(error, quantum);
        }
    }
}
