using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>ζ = σ(z/τ), ∂ζ/∂z = ζ(1 − ζ)/τ: bits softened by a temperature τ.</summary>
/// <remarks>Error of ζ below 4e-7 · max(1, |z|/τ), of slopes as much divided by τ, against <see cref="Reference"/>. Padding becomes some finite
/// number. Allocates nothing within the capacity of the results.</remarks>
public static unsafe class SoftBits
{
    private const int SmallestRange = 4096;

    /// <summary>Values and slopes of z = x + y. Throws where shapes differ.</summary>
    /// <param name="x">[B, D].</param>
    /// <param name="y">[B, D]; null for zeros.</param>
    /// <param name="temperature">τ.</param>
    /// <param name="values">[B, D], reshaped and overwritten with ζ.</param>
    /// <param name="slopes">[B, D], reshaped and overwritten with ∂ζ/∂z.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(Matrix x, Matrix? y, double temperature, Matrix values, Matrix slopes, WorkerTeam team)
    {
        if (y is not null) KernelChecks.Same(y.Rows, x.Rows, nameof(y));
        if (y is not null) KernelChecks.Same(y.Columns, x.Columns, nameof(y));
        values.Reshape(x.Rows, x.Columns);
        slopes.Reshape(x.Rows, x.Columns);
        if (x.Rows == 0 || x.Columns == 0) return;
        fixed (float* from = &x.Origin, value = &values.Origin, slope = &slopes.Origin)
        fixed (float* added = &(y ?? x).Origin)
        {
            Work work = new(from, y is null ? null : added, (float)(1 / temperature), value, slope);
            team.Run(work, x.Rows * x.Stride / Matrix.Alignment, SmallestRange / Matrix.Alignment);
        }
    }

    /// <summary>The definition, in double: ζ and ∂ζ/∂z.</summary>
    public static (double Value, double Slope) Reference(double z, double temperature)
    {
        double value = Sigmoid.Reference(z / temperature);
        return (value, value * (1 - value) / temperature);
    }

    private readonly struct Work(float* x, float* y, float sharpness, float* values, float* slopes) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            Vector512<float> one = Vector512<float>.One;
            for (nint i = (nint)start * Matrix.Alignment; i < (nint)end * Matrix.Alignment; i += Matrix.Alignment)
            {
                Vector512<float> z = Vector512.LoadAligned(x + i);
                if (y != null) z += Vector512.LoadAligned(y + i);
                Vector512<float> value = Sigmoid.Compute(z * sharpness);
                value.StoreAligned(values + i);
                ((one - value) * value * sharpness).StoreAligned(slopes + i);
            }
        }
    }
}
