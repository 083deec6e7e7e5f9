using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>C(x; ω) = vᵀ tanh(b + Wᵀx): an input-dependent baseline with one hidden layer. It has no bias of its own at the
/// output, because a running mean is added to it.</summary>
/// <remarks>Starts at C = 0. Source: Mnih and Gregor, "Neural variational inference and learning in belief networks", 2014.
/// </remarks>
internal class BaselineNetwork
{
    private const double WeightDeviation = 0.05;

    private readonly Parameter output;
    private readonly Matrix hidden = new(0, 0);
    private readonly Matrix errors = new(0, 0);
    private readonly Matrix outputs = new(0, 0);

    /// <param name="name">The parameters' first name, such as "baseline.0".</param>
    /// <param name="units">Units of the layer that it sees.</param>
    /// <param name="width">Hidden units.</param>
    /// <param name="key">Names the initial weights.</param>
    public BaselineNetwork(string name, int units, int width, StreamKey key)
    {
        Weights = new Parameter($"{name}.hidden.weights", units, width);
        Biases = new Parameter($"{name}.hidden.biases", 1, width);
        output = new Parameter($"{name}.weights", 1, width);
        var stream = new RandomStream(key);
        for (int r = 0; r < units; r++) stream.FillNormal(Weights.Value.Row(r), WeightDeviation);
    }

    /// <summary>ω, in a fixed order.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [Weights, Biases, output];

    /// <summary>[units, width] W.</summary>
    protected Parameter Weights { get; }

    /// <summary>[1, width] b.</summary>
    protected Parameter Biases { get; }

    /// <summary>[B, units] x of the latest prediction.</summary>
    protected BitMatrix Inputs { get; private set; } = new(0, 0);

    /// <summary>predictions_{b·K+k} = C(x_b).</summary>
    /// <param name="x">[B, units]; read again by <see cref="AccumulateGradient"/>.</param>
    /// <param name="predictions">[B·K], in nats, overwritten.</param>
    /// <param name="team">Who computes.</param>
    public virtual void Predict(BitMatrix x, Span<double> predictions, WorkerTeam team)
    {
        Inputs = x;
        ComputeHidden(hidden, team);
        HyperbolicTangent.Compute(hidden.Flat, hidden.Flat);
        DenseBackward.Compute(hidden, output.Value, outputs, team);
        int repeats = predictions.Length / Math.Max(1, x.Rows);
        for (int b = 0; b < x.Rows; b++) predictions.Slice(b * repeats, repeats).Fill(outputs[b, 0]);
    }

    /// <summary>Gradients += Σ_r e_r ∇ω C(x_r) at the inputs of the latest prediction.</summary>
    /// <param name="rowErrors">[B·K] e.</param>
    /// <param name="team">Who computes.</param>
    public virtual void AccumulateGradient(ReadOnlySpan<float> rowErrors, WorkerTeam team)
    {
        int repeats = rowErrors.Length / Math.Max(1, hidden.Rows);
        errors.Reshape(hidden.Rows, hidden.Columns);
        Span<float> gradient = output.Gradient.PaddedRow(0);
        for (int b = 0; b < hidden.Rows; b++)
        {
            float e = 0;
            foreach (float error in rowErrors.Slice(b * repeats, repeats)) e += error;
            TensorPrimitives.MultiplyAdd(hidden.PaddedRow(b), e, gradient, gradient);
            TensorPrimitives.Multiply(output.Value.PaddedRow(0), e, errors.PaddedRow(b));
        }

        HyperbolicTangent.Backward(hidden.Flat, errors.Flat);
        AccumulateHidden(errors, team);
    }

    /// <summary>What goes into the tanh: b + Wᵀx.</summary>
    /// <param name="hidden">[B, width], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    protected virtual void ComputeHidden(Matrix hidden, WorkerTeam team) =>
        Weights.ComputeAffine(Inputs, Biases.Value.Row(0), hidden, team);

    /// <summary>Gradients of W and b += those of Σ errors · hidden.</summary>
    /// <param name="errors">[B, width]; may be overwritten.</param>
    /// <param name="team">Who computes.</param>
    protected virtual void AccumulateHidden(Matrix errors, WorkerTeam team)
    {
        Weights.AccumulateOuterProduct(Inputs, errors, team);
        ColumnSums.Accumulate(errors, Biases.Gradient.Row(0), team);
    }
}
