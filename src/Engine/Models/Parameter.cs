using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>A matrix that learning changes, with the gradient that changes it.</summary>
public sealed class Parameter(string name, int rows, int columns)
{
    // Fewer weights do not repay another thread.
    private const int FewestInPanels = 1 << 14;

    private readonly Matrix value = new(rows, columns);
    private Matrix? gradient;
    private bool cleared;
    private ColumnPanels? panels;
    private Place place;
    private bool wasAskedFor;

    // Where the newest value lies.
    private enum Place
    {
        Matrix,
        Both,
        Panels,
    }

    /// <summary>A name unique in its machine, such as "generative.0.weights".</summary>
    public string Name { get; } = name;

    /// <summary>Rows of the value.</summary>
    public int Rows => value.Rows;

    /// <summary>Columns of the value.</summary>
    public int Columns => value.Columns;

    /// <summary>[rows, columns] the parameter; a bias is [1, D]. To be asked for anew after a step: learning on several threads keeps
    /// the newest value elsewhere until somebody asks.</summary>
    public Matrix Value
    {
        get
        {
            if (place == Place.Panels) panels!.CopyTo(value);
            // Whoever asks may write.
            (place, wasAskedFor) = (Place.Matrix, true);
            return value;
        }
    }

    /// <summary>Whether the other's value has as many rows and columns.</summary>
    internal bool HasShapeOf(Parameter other) => (Rows, Columns) == (other.Rows, other.Columns);

    /// <summary>Takes the value of another of the same shape, which stays where it lies.</summary>
    internal void CopyFrom(Parameter other)
    {
        if (other.place == Place.Panels) other.panels!.CopyTo(Value);
        else Value.CopyFrom(other.value);
    }

    /// <summary>Whether all elements are finite.</summary>
    internal bool IsFinite => float.IsFinite(place == Place.Panels ? panels!.Sum() : TensorPrimitives.Sum<float>(value.Flat));

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
        else BinaryAffine.Compute(x, value, Panels(out _), bias, y, team);
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

        // Where somebody asks for the matrix at every step, it stays one.
        if (!wasAskedFor) Divide(team.Threads, roundsUp: false);
        wasAskedFor = false;
        Matrix target = OpenTarget(out Matrix weights, out float? scale, out ColumnPanels? panels);
        if (scale is { } factor) BinaryOuterProduct.Accumulate(x, errors, target, target == weights ? panels : null, team, factor);
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

    /// <summary>The same for one who may write to panels, and reads the weights as well.</summary>
    /// <param name="weights">The value; where there are panels only its shape, and so the target, where it is the same matrix.</param>
    /// <param name="scale">As above.</param>
    /// <param name="panels">Where the value lies instead; null where it lies in its matrix.</param>
    internal Matrix OpenTarget(out Matrix weights, out float? scale, out ColumnPanels? panels)
    {
        panels = Panels(out weights);
        if (AscentRate == 0) return OpenTarget(out scale);
        if (panels is not null) place = Place.Panels;
        scale = AscentRate;
        return value;
    }

    /// <summary>Where the value lies in place of its matrix; null where it lies there.</summary>
    /// <param name="shape">The matrix, which tells no more than its shape where there are panels.</param>
    internal ColumnPanels? Panels(out Matrix shape)
    {
        shape = value;
        return place == Place.Matrix ? null : panels;
    }

    /// <summary>Has the value lie in panels, one a thread, until somebody asks for its matrix; does nothing where it is small, or
    /// gradients do not go into it at once.</summary>
    /// <param name="threads">Who computes.</param>
    /// <param name="roundsUp">Whether the first threads have more of it, where it makes no even panels.</param>
    internal void Divide(int threads, bool roundsUp)
    {
        if (AscentRate == 0 || threads == 1 || (long)Rows * Columns < FewestInPanels) return;
        if (place != Place.Matrix && panels!.Count == threads) return;
        Matrix current = Value;
        if (panels?.Count != threads) panels = new ColumnPanels(Rows, Columns, threads, roundsUp);
        panels.CopyFrom(current);
        place = Place.Both;
    }

    /// <summary>The gradient for one who accumulates: where it is <paramref name="empty"/> its contents are to be
    /// overwritten.</summary>
    internal Matrix OpenGradient(out bool empty)
    {
        empty = cleared || gradient is null;
        cleared = false;
        return gradient ??= new Matrix(Rows, Columns);
    }
}
