using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>A matrix that learning changes, with the gradient that changes it.</summary>
public sealed class Parameter(string name, int rows, int columns)
{
    private Matrix? gradient;

    /// <summary>A name unique in its machine, such as "generative.0.weights".</summary>
    public string Name { get; } = name;

    /// <summary>[rows, columns] the parameter; a bias is [1, D].</summary>
    public Matrix Value { get; } = new(rows, columns);

    /// <summary>[rows, columns] the gradient accumulated since it was last cleared; made on first use, so that copies for
    /// display go without.</summary>
    public Matrix Gradient => gradient ??= new Matrix(Value.Rows, Value.Columns);
}
