using System.Numerics.Tensors;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>For every unit of a layer a = E[N f s²] / E[N² s²], the scale of the control variate N·s that leaves f·s − a·N·s the least
/// variance where E[s | N] = 0, N the words of documents and 1 elsewhere; both means forgotten exponentially, the first batch taken as
/// it is.</summary>
internal sealed class ControlScales(int units)
{
    // Of units that never leave one state nothing can be learned.
    private const float LeastSquare = 1e-12f;

    private readonly float[] products = new float[units];
    private readonly float[] squares = new float[units];
    private readonly float[] scales = new float[units];
    private readonly float[] row = new float[units];
    private double total;

    /// <summary>[2, units] E[N f s²] in nats and E[N² s²], of past batches.</summary>
    public Matrix State { get; } = new(2, units);

    /// <summary>a of one unit, in nats, of documents per word; 0 before the first batch.</summary>
    public float Scale(int unit) => State[1, unit] > LeastSquare ? State[0, unit] / State[1, unit] : 0;

    /// <summary>Takes a, from now on, from <see cref="State"/>.</summary>
    public void Begin()
    {
        for (int i = 0; i < units; i++) scales[i] = Scale(i);
    }

    /// <summary>signalsᵢ −= N aᵢ.</summary>
    public void Subtract(double length, Span<float> signals) => TensorPrimitives.MultiplyAdd(scales, (float)-length, signals, signals);

    /// <summary>Notes one row of the newest batch, after <see cref="Subtract"/>.</summary>
    /// <param name="shared">The part of f that all units share.</param>
    /// <param name="signals">[units] each unit's own part, less N a.</param>
    /// <param name="scores">[units] s.</param>
    /// <param name="weight">The row's weight in the batch.</param>
    /// <param name="length">N.</param>
    public void Observe(double shared, ReadOnlySpan<float> signals, ReadOnlySpan<float> scores, double weight, double length)
    {
        total += weight;
        TensorPrimitives.Multiply(scores, (float)(weight * length), row);
        TensorPrimitives.Multiply(row, scores, row);
        TensorPrimitives.MultiplyAdd(row, (float)length, squares, squares);
        TensorPrimitives.MultiplyAdd(row, (float)shared, products, products);
        TensorPrimitives.MultiplyAdd(row, signals, products, products);
    }

    /// <summary>mean ← decay · mean + (1 − decay) · (the batch's mean), and forgets the batch.</summary>
    public void Adapt(double decay)
    {
        for (int i = 0; i < units && total > 0; i++)
        {
            double square = squares[i] / total, product = products[i] / total + scales[i] * square;
            State[0, i] = (float)(decay * State[0, i] + (1 - decay) * product);
            State[1, i] = (float)(decay * State[1, i] + (1 - decay) * square);
        }

        Array.Clear(products);
        Array.Clear(squares);
        total = 0;
    }
}
