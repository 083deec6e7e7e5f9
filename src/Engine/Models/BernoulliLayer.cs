using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>
/// p(y | x) = Πᵢ Bernoulli(yᵢ; sigmoid(aᵢ)), a = b_n + W_nᵀ h_n, h_m = φ(b_{m−1} + W_{m−1}ᵀ h_{m−1}), h_0 = x: parent bits,
/// zero or more deterministic hidden layers, Bernoulli logits. Real-valued parents g may stand beside the bits: Vᵀ g is added to b_0.
/// </summary>
/// <remarks>The gradient with respect to a is y − sigmoid(a); the rest is backpropagation.</remarks>
public sealed partial class BernoulliLayer : ConditionalLayer
{
    private readonly Activation activation;
    private readonly Parameter[] weights;
    private readonly Parameter[] biases;
    private readonly float[] noBiases = [];

    /// <param name="name">The parameters' first name, such as "generative.0".</param>
    /// <param name="parentUnits">Units of the parents.</param>
    /// <param name="hiddenLayers">Widths of the deterministic layers in between, those next to the parents first.</param>
    /// <param name="activation">Their nonlinearity φ.</param>
    /// <param name="units">Units of the children.</param>
    /// <param name="gaussianParents">G, real-valued units among the parents; their values stand in the pass.</param>
    public BernoulliLayer(string name, int parentUnits, IReadOnlyList<int> hiddenLayers, Activation activation, int units,
        int gaussianParents = 0)
    {
        this.activation = activation;
        int[] widths = [parentUnits, .. hiddenLayers, units];
        weights = new Parameter[widths.Length - 1];
        biases = new Parameter[widths.Length - 1];
        for (int n = 0; n < weights.Length; n++)
        {
            string part = n == weights.Length - 1 ? name : $"{name}.hidden.{n}";
            weights[n] = new Parameter($"{part}.weights", widths[n], widths[n + 1]);
            biases[n] = new Parameter($"{part}.biases", 1, widths[n + 1]);
        }

        Parameters = [.. weights.Zip(biases, (w, b) => new[] { w, b }).SelectMany(pair => pair)];
        if (gaussianParents == 0) return;
        noBiases = new float[widths[1]];
        GaussianWeights = new Parameter($"{name}.gaussian", gaussianParents, widths[1]);
        Parameters = [.. Parameters, GaussianWeights];
    }

    /// <inheritdoc/>
    public override int ParentUnits => weights[0].Rows;

    /// <inheritdoc/>
    public override int Units => weights[^1].Columns;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    internal override IReadOnlyList<Parameter> Weights => weights;

    /// <summary>The weights into the children, [parents or last hidden width, units].</summary>
    internal override Parameter OutputWeights => weights[^1];

    internal override Parameter? GaussianWeights { get; }

    /// <summary>The biases of the children, [1, units].</summary>
    internal override Parameter OutputBiases => biases[^1];

    internal override Matrix? LinearWeights => weights.Length == 1 ? weights[0].Value : null;

    /// <inheritdoc/>
    public override LayerPass CreatePass() => new(weights.Length - 1);

    /// <inheritdoc/>
    public override void ComputeLogits(BitMatrix parents, int repeats, LayerPass pass, WorkerTeam team)
    {
        (pass.Parents, pass.RelaxedParents, pass.Repeats) = (parents, null, repeats);
        Matrix logits = repeats == 1 ? pass.Logits : pass.SharedLogits;
        if (GaussianWeights is null) weights[0].ComputeAffine(parents, biases[0].Value.Row(0), Output(pass, 0, logits), team);
        else ComputeFirst(parents, pass, Output(pass, 0, logits), team);
        ComputeAboveFirst(pass, logits, team);
        if (repeats > 1) RowGroups.Repeat(logits, repeats, pass.Logits);
    }

    /// <inheritdoc/>
    public override void Sample(LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team) =>
        BernoulliSampling.Sample(pass.Logits, key, children, team);

    /// <inheritdoc/>
    public override void Draw(BitMatrix parents, int repeats, LayerPass pass, StreamKey key, BitMatrix children, WorkerTeam team)
    {
        if (repeats > 1 || !IsOneProduct(parents) || OutputWeights.Panels(out Matrix shape) is not { } panels
            || !SampledAffine.Serves(parents.Rows, shape, panels, team))
        {
            base.Draw(parents, repeats, pass, key, children, team);
            return;
        }

        (pass.Parents, pass.RelaxedParents, pass.Repeats) = (parents, null, 1);
        Matrix logits = pass.OpenLogits(parents.Rows, Units, panels, out ColumnPanels? logitPanels);
        SampledAffine.Sample(parents, shape, panels, OutputBiases.Value.Row(0), logits, logitPanels, key, children, team);
    }

    /// <inheritdoc/>
    public override void AccumulateLogProbability(BitMatrix children, LayerPass pass, Span<float> result, WorkerTeam team) =>
        BernoulliLogProbability.Accumulate(children, pass.Logits, result, team);

    /// <inheritdoc/>
    public override void AccumulateGradient(
        BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        Span<float> biasGradient = OutputBiases.Gradient.Row(0);
        BernoulliError.Compute(children, pass.Logits, weights, pass.Errors, team, biasGradient);
        BackpropagateShared(pass, pass.Errors, team);
    }

    /// <inheritdoc/>
    protected override bool TryAddTo(
        DeltaRule rule, BitMatrix parents, BitMatrix children, LayerPass pass, ReadOnlySpan<float> weights, int threads)
    {
        if (!IsOneProduct(parents)) return false;
        (pass.Parents, pass.RelaxedParents, pass.Repeats) = (parents, null, 1);
        // What the first threads have more of this layer they have less of the next.
        OutputWeights.Divide(threads, roundsUp: rule.Count % 2 > 0);
        Matrix target = OutputWeights.OpenTarget(out Matrix matrix, out float? scale, out ColumnPanels? panels);
        Matrix logits = pass.OpenLogits(children.Rows, children.Columns, panels, out ColumnPanels? logitPanels);
        rule.Add(new DeltaRuleTask
        {
            Parents = parents,
            Children = children,
            Weights = matrix,
            Panels = panels,
            Bias = OutputBiases.Value.Row(0),
            Logits = logits,
            LogitPanels = logitPanels,
            BiasGradient = OutputBiases.Gradient,
            Target = target,
            Scale = scale,
        }, weights);
        return true;
    }

    /// <inheritdoc/>
    public override void AccumulateErrors(LayerPass pass, Matrix errors, WorkerTeam team)
    {
        ColumnSums.Accumulate(errors, OutputBiases.Gradient.Row(0), team);
        BackpropagateShared(pass, errors, team);
    }

    /// <inheritdoc/>
    internal override void AccumulateErrorsOfFirstRows(LayerPass pass, int groupRows, Matrix errors, WorkerTeam team)
    {
        ColumnSums.Accumulate(errors, OutputBiases.Gradient.Row(0), team);
        if (pass.Repeats == 1)
        {
            Backpropagate(FirstRows(pass, groupRows), errors, team);
            return;
        }

        // The rows of a group have their parents in common.
        int draws = pass.Repeats / groupRows;
        if (draws > 1) RowGroups.Sum(errors, draws, pass.SharedErrors);
        Backpropagate(pass, draws > 1 ? pass.SharedErrors : errors, team);
    }

    /// <inheritdoc/>
    public override void ComputePushes(Matrix destination)
    {
        if (weights.Length == 1)
        {
            destination.CopyFrom(weights[0].Value);
            return;
        }

        ComputeDifferences(weights[0].Value, 0.5f, destination);
    }

    /// <inheritdoc/>
    public override void ComputeGaussianPushes(Matrix destination)
    {
        destination.Reshape(GaussianWeights?.Rows ?? 0, Units);
        if (GaussianWeights is not { Value: { } v }) return;
        ComputeDifferences(v, 1, destination);
    }

    /// <summary>Row j: the logits with every bit at one half and <paramref name="step"/> times row j of <paramref name="moves"/> added to
    /// the first affine map, less those with it subtracted.</summary>
    private void ComputeDifferences(Matrix moves, float step, Matrix destination)
    {
        LayerPass on = CreatePass(), off = CreatePass();
        MoveFirst(moves, step, Output(on, 0, on.Logits));
        MoveFirst(moves, -step, Output(off, 0, off.Logits));
        ComputeAboveFirst(on, on.Logits, WorkerTeam.Single);
        ComputeAboveFirst(off, off.Logits, WorkerTeam.Single);
        destination.Reshape(moves.Rows, Units);
        TensorPrimitives.Subtract(on.Logits.Flat, off.Logits.Flat, destination.Flat);
    }

    /// <summary>Row j: the first affine map's output with every bit at one half, plus <paramref name="step"/> times a row of moves.
    /// </summary>
    private void MoveFirst(Matrix moves, float step, Matrix outputs)
    {
        Matrix first = weights[0].Value;
        Span<float> atHalf = new float[first.Columns];
        biases[0].Value.Row(0).CopyTo(atHalf);
        for (int j = 0; j < first.Rows; j++) AddScaled(first.Row(j), 0.5f, atHalf);
        outputs.Reshape(moves.Rows, moves.Columns);
        outputs.Clear();
        for (int j = 0; j < moves.Rows; j++)
        {
            atHalf.CopyTo(outputs.Row(j));
            AddScaled(moves.Row(j), step, outputs.Row(j));
        }
    }

    private static void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> sum) =>
        TensorPrimitives.MultiplyAdd(x, scale, sum, sum);

    /// <summary>b_0 + Vᵀ g + W_0ᵀ x.</summary>
    private void ComputeFirst(BitMatrix parents, LayerPass pass, Matrix output, WorkerTeam team)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pass.Repeats, 1, nameof(pass));
        DenseAffine.Compute(Gaussian(pass), GaussianWeights!.Value, biases[0].Value.Row(0), output, team);
        BinaryAffine.Accumulate(parents, weights[0].Value, output, team);
    }

    /// <summary>Whether the logits are one product with bits.</summary>
    private bool IsOneProduct(BitMatrix parents) => weights.Length == 1 && GaussianWeights is null && parents.Counts is null;

    private static Matrix Gaussian(LayerPass pass) =>
        pass.GaussianParents ?? throw new InvalidOperationException("The pass has no values for the real-valued parents.");

    private static Matrix Output(LayerPass pass, int n, Matrix logits) => n < pass.Hidden.Length ? pass.Hidden[n] : logits;

    /// <summary>From the first affine map's output to the logits.</summary>
    private void ComputeAboveFirst(LayerPass pass, Matrix logits, WorkerTeam team)
    {
        for (int n = 1; n < weights.Length; n++)
        {
            Matrix below = pass.Hidden[n - 1];
            Activations.Apply(activation, below);
            DenseAffine.Compute(below, weights[n].Value, biases[n].Value.Row(0), Output(pass, n, logits), team);
        }
    }

    private void BackpropagateShared(LayerPass pass, Matrix errors, WorkerTeam team)
    {
        if (pass.Repeats > 1) RowGroups.Sum(errors, pass.Repeats, pass.SharedErrors);
        Backpropagate(pass, pass.Repeats > 1 ? pass.SharedErrors : errors, team);
    }

    /// <summary>What <see cref="Backpropagate"/> reads of the first row of every group.</summary>
    private LayerPass FirstRows(LayerPass pass, int groupRows)
    {
        LayerPass first = pass.FirstRows ??= CreatePass();
        RowGroups.TakeFirst(pass.Parents, groupRows, first.Parents);
        for (int n = 0; n < pass.Hidden.Length; n++) RowGroups.TakeFirst(pass.Hidden[n], groupRows, first.Hidden[n]);
        return first;
    }

    /// <summary>From the errors of the logits to every gradient but that of their biases.</summary>
    private void Backpropagate(LayerPass pass, Matrix errors, WorkerTeam team)
    {
        for (int n = weights.Length - 1; n > 0; n--)
        {
            Matrix hidden = pass.Hidden[n - 1], hiddenErrors = pass.HiddenErrors[n - 1];
            DenseOuterProduct.Accumulate(hidden, errors, weights[n].Gradient, team);
            DenseBackward.Compute(errors, weights[n].Value, hiddenErrors, team);
            Activations.MultiplyByDerivative(activation, hidden, hiddenErrors);
            ColumnSums.Accumulate(hiddenErrors, biases[n - 1].Gradient.Row(0), team);
            errors = hiddenErrors;
        }

        if (GaussianWeights is not null)
        {
            DenseOuterProduct.Accumulate(pass.GaussianParents!, errors, GaussianWeights.Gradient, team);
            pass.FirstErrors = errors;
        }

        if (pass.RelaxedParents is { } relaxed) DenseOuterProduct.Accumulate(relaxed, errors, weights[0].Gradient, team);
        else weights[0].AccumulateOuterProduct(pass.Parents, errors, team);
    }
}
