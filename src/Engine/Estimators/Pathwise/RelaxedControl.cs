using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>A control variate C of one layer, at the relaxed values ζ of every draw and ζ̃ given its bits.</summary>
internal sealed class RelaxedControl
{
    private double[] values = [], unscaled = [];

    /// <summary>[rows] C(ζ̃), in nats.</summary>
    public Span<double> Values => values.AsSpan(0, Paths.Rows);

    /// <summary>[rows] f_l(ζ̃), in nats.</summary>
    public Span<double> Unscaled => unscaled.AsSpan(0, Paths.Rows);

    /// <summary>[rows, units] ∂C(ζ)/∂η − ∂C(ζ̃)/∂η; the update by η once that is found.</summary>
    public Matrix Paths { get; } = new(0, 0);

    /// <summary>ζ, with the paths of f_l(ζ).</summary>
    public RelaxedPoint Free { get; } = new();

    /// <summary>ζ̃, with the paths of f_l(ζ̃).</summary>
    public RelaxedPoint Given { get; } = new();

    /// <summary>Makes room; the contents are undefined.</summary>
    public void Reshape(int rows, int units)
    {
        if (values.Length < rows) (values, unscaled) = (new double[rows], new double[rows]);
        Paths.Reshape(rows, units);
    }
}
