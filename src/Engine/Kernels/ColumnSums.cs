using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>sums_d += Σ_b values_bd, rows in order. Gradient of the biases from errors.</summary>
/// <remarks>Rounding only; allocates nothing.</remarks>
public static unsafe class ColumnSums
{
    private const int SmallestRange = 65536;

    /// <summary>sums [D] += the sum of the rows of values [B, D]. Throws where the lengths differ.</summary>
    public static void Accumulate(Matrix values, Span<float> sums, WorkerTeam team)
    {
        KernelChecks.Same(sums.Length, values.Columns, nameof(sums));
        if (values.Rows == 0 || values.Columns == 0) return;
        fixed (float* v = &values.Origin, s = sums)
        {
            Work work = new(v, values.Stride, values.Rows, s, values.Columns);
            team.Run(work, values.Stride / Matrix.Alignment, SmallestRange / (values.Rows * Matrix.Alignment));
        }
    }

    /// <summary>The definition, in double: [D], without what was there before.</summary>
    public static double[] Reference(Matrix values)
    {
        double[] sums = new double[values.Columns];
        for (int b = 0; b < values.Rows; b++)
        {
            for (int d = 0; d < sums.Length; d++) sums[d] += values[b, d];
        }

        return sums;
    }

    private readonly struct Work(float* values, int stride, int rows, float* sums, int columns) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            Span<float> total = stackalloc float[Matrix.Alignment];
            for (int line = start; line < end; line++)
            {
                int c = line * Matrix.Alignment;
                Vector512<float> sum = Vector512<float>.Zero;
                float* row = values + c;
                for (int r = 0; r < rows; r++, row += stride) sum += Vector512.LoadAligned(row);
                sum.CopyTo(total);
                for (int i = 0; i < Matrix.Alignment && c + i < columns; i++) sums[c + i] += total[i];
            }
        }
    }
}
