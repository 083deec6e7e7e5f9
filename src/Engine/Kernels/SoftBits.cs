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
            nint i = (nint)start * Matrix.Alignment, last = (nint)end * Matrix.Alignment;
            for (; Vector512.IsHardwareAccelerated && i + FourVectors.Columns <= last; i += FourVectors.Columns)
                Do<FourVectors>(i);
            for (; i < last; i += Matrix.Alignment) Do<OneVector>(i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Do<T>(nint i) where T : struct, IVectors<T>
        {
            Vector512<float> scale = Vector512.Create(sharpness);
            T z = T.Load(x + i, Matrix.Alignment);
            if (y != null) z += T.Load(y + i, Matrix.Alignment);
            T value = Sigmoid.Compute(z * scale);
            value.Store(values + i, Matrix.Alignment);
            ((T.Create(Vector512<float>.One) - value) * value * scale).Store(slopes + i, Matrix.Alignment);
        }
    }
}
