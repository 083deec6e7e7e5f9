using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>A matrix that learning changes, with the gradient that changes it.</summary>
public sealed class Parameter(string name, int rows, int columns)
{
    private Matrix? gradient;
    private bool cleared;

    /// <summary>A name unique in its machine, such as "generative.0.weights".</summary>
    public string Name { get; } = name;

    /// <summary>[rows, columns] the parameter; a bias is [1, D].</summary>
    public Matrix Value { get; } = new(rows, columns);

    /// <summary>[rows, columns] the gradient accumulated since it was last cleared; made on first use, so that copies for
    /// display go without.</summary>
    public Matrix Gradient
    {
        get
        {
            Matrix matrix = OpenGradient(out bool empty);
            if (empty) matrix.Clear();
            return matrix;
        }
    }

    /// <summary>Where not zero, a gradient need not be kept: it may go at once into the value, times this rate.</summary>
    internal float AscentRate { get; set; }

    /// <summary>Sets the gradient to zero. Costs nothing: who accumulates next overwrites it.</summary>
    public void ClearGradient() => cleared = true;

    /// <summary>y = x · value + bias with binary x [B, rows]; documents enter by their counts.</summary>
    internal void ComputeAffine(BitMatrix x, ReadOnlySpan<float> bias, Matrix y, WorkerTeam team)
    {
        if (x.Counts is { } documents) CountAffine.Compute(documents, Value, bias, y, team);
        else BinaryAffine.Compute(x, Value, bias, y, team);
    }

    /// <summary>gradient += xᵀ · errors with binary x [B, rows], errors [B, columns]; where <see cref="AscentRate"/> is set,
    /// value += rate · (xᵀ · errors) instead, which gives the same bits as an update later. Documents enter by
    /// their counts, and always into the gradient.</summary>
    internal void AccumulateOuterProduct(BitMatrix x, Matrix errors, WorkerTeam team)
    {
        if (x.Counts is { } documents)
        {
            CountOuterProduct.Accumulate(documents, errors, Gradient, team);
            return;
        }

        Matrix target = OpenTarget(out float? scale);
        if (scale is { } factor) BinaryOuterProduct.Accumulate(x, errors, target, team, factor);
        else BinaryOuterProduct.Compute(x, errors, target, team);
    }

    /// <summary>Where a finished gradient goes: times <paramref name="scale"/> it is added there, or where that is null it replaces
    /// what is there.</summary>
    internal Matrix OpenTarget(out float? scale)
    {
        scale = AscentRate;
        if (AscentRate != 0) return Value;
        Matrix matrix = OpenGradient(out bool empty);
        scale = empty ? null : 1;
        return matrix;
    }

    /// <summary>The gradient for one who accumulates: where it is <paramref name="empty"/> its contents are to be
    /// overwritten.</summary>
    internal Matrix OpenGradient(out bool empty)
    {
        empty = cleared || gradient is null;
        cleared = false;
        return gradient ??= new Matrix(Value.Rows, Value.Columns);
    }
}
