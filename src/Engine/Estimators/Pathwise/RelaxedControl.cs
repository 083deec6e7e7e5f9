using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>A control variate C of one layer, at the relaxed values ζ of every draw and ζ̃ given its bits.</summary>
internal sealed class RelaxedControl
{
    private double[] values = [];

    /// <summary>[rows] C(ζ̃), in nats.</summary>
    public Span<double> Values => values.AsSpan(0, Paths.Rows);

    /// <summary>[rows, units] ∂C(ζ)/∂η − ∂C(ζ̃)/∂η.</summary>
    public Matrix Paths { get; } = new(0, 0);

    /// <summary>[rows, units] ζ and ∂ζ/∂η.</summary>
    public (Matrix Values, Matrix Slopes) Free { get; } = (new(0, 0), new(0, 0));

    /// <summary>[rows, units] ζ̃ and ∂ζ̃/∂η.</summary>
    public (Matrix Values, Matrix Slopes) Given { get; } = (new(0, 0), new(0, 0));

    /// <summary>Makes room; the contents are undefined.</summary>
    public void Reshape(int rows, int units)
    {
        if (values.Length < rows) values = new double[rows];
        Paths.Reshape(rows, units);
    }
}
