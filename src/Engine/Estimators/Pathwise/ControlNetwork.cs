using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>r(ζ; φ) = vᵀ tanh(b + Wᵀζ): a free-form control variate with one hidden layer, and the gradients by φ of its values and of
/// its directional derivatives.</summary>
/// <remarks>Starts at r = 0.</remarks>
internal sealed class ControlNetwork
{
    private const double WeightDeviation = 0.05;

    private readonly Parameter weights, biases, output;
    private readonly float[] noBiases;
    private readonly Matrix tilts = new(0, 0), moves = new(0, 0), errors = new(0, 0);

    /// <param name="name">The parameters' first name, such as "control.0".</param>
    /// <param name="units">Units of the layer that it sees.</param>
    /// <param name="width">Hidden units.</param>
    /// <param name="key">Names the initial weights.</param>
    public ControlNetwork(string name, int units, int width, StreamKey key)
    {
        weights = new Parameter($"{name}.hidden.weights", units, width);
        biases = new Parameter($"{name}.hidden.biases", 1, width);
        output = new Parameter($"{name}.weights", 1, width);
        noBiases = new float[width];
        Parameters = [weights, biases, output];
        var stream = new RandomStream(key);
        for (int r = 0; r < units; r++) stream.FillNormal(weights.Value.Row(r), WeightDeviation);
    }

    /// <summary>φ, in a fixed order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>values_r += r(ζ_r), where wanted.</summary>
    /// <param name="x">[rows, units] ζ.</param>
    /// <param name="pass">Overwritten with what the gradient needs.</param>
    /// <param name="values">[rows], in nats, accumulated; empty where they are not wanted.</param>
    /// <param name="gradient">[rows, units] ∂r/∂ζ, reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    public void Evaluate(Matrix x, ControlPass pass, Span<double> values, Matrix gradient, WorkerTeam team)
    {
        (Matrix hidden, Matrix bends) = (pass.Hidden, pass.Bends);
        DenseAffine.Compute(x, weights.Value, biases.Value.Row(0), hidden, team);
        HyperbolicTangent.Compute(hidden.Flat, hidden.Flat);
        bends.Reshape(hidden.Rows, hidden.Columns);
        TensorPrimitives.Multiply(hidden.Flat, hidden.Flat, bends.Flat);
        TensorPrimitives.Subtract(1f, bends.Flat, bends.Flat);
        for (int r = 0; r < values.Length; r++) values[r] += DotProduct.Compute(output.Value.Row(0), hidden.Row(r));
        tilts.Reshape(hidden.Rows, hidden.Columns);
        for (int r = 0; r < x.Rows; r++) TensorPrimitives.Multiply(bends.PaddedRow(r), output.Value.PaddedRow(0), tilts.PaddedRow(r));
        DenseBackward.Compute(tilts, weights.Value, gradient, team);
    }

    /// <summary>Gradients += Σ_r ∇φ [e_r · r(ζ_r) + d_r · ∂r/∂ζ_r].</summary>
    /// <param name="x">[rows, units] ζ.</param>
    /// <param name="pass">What was computed of it with the present φ; its bends are used up.</param>
    /// <param name="valueErrors">[rows] e; empty: zeros.</param>
    /// <param name="directions">[rows, units] d.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateGradient(Matrix x, ControlPass pass, ReadOnlySpan<float> valueErrors, Matrix directions, WorkerTeam team)
    {
        (Matrix hidden, Matrix bends) = (pass.Hidden, pass.Bends);
        DenseAffine.Compute(directions, weights.Value, noBiases, moves, team);
        errors.Reshape(hidden.Rows, hidden.Columns);
        Span<float> v = output.Value.PaddedRow(0), ofOutput = output.Gradient.PaddedRow(0);
        for (int r = 0; r < x.Rows; r++)
        {
            Span<float> bend = bends.PaddedRow(r), move = moves.PaddedRow(r), error = errors.PaddedRow(r), h = hidden.PaddedRow(r);
            float e = valueErrors.IsEmpty ? 0 : valueErrors[r];
            TensorPrimitives.MultiplyAdd(h, e, ofOutput, ofOutput);
            TensorPrimitives.MultiplyAdd(bend, move, ofOutput, ofOutput);

            // By the hidden input a: e·v·t′ + v·t″·(Wᵀd), t″ = −2·t·t′.
            TensorPrimitives.Multiply(h, move, error);
            TensorPrimitives.Multiply(error, -2f, error);
            TensorPrimitives.Add(error, e, error);
            TensorPrimitives.Multiply(bend, v, bend);
            TensorPrimitives.Multiply(error, bend, error);
        }

        // The bends now carry v: what the directions put into W.
        DenseOuterProduct.Accumulate(directions, bends, weights.Gradient, team);
        DenseOuterProduct.Accumulate(x, errors, weights.Gradient, team);
        ColumnSums.Accumulate(errors, biases.Gradient.Row(0), team);
    }
}
