using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Differences and products of matrices, in one sweep.</summary>
/// <remarks>Rounding only. Padding becomes some number. Allocates nothing within the capacity of the result.</remarks>
public static unsafe class MatrixSweeps
{
    private const int SmallestRange = 16384;

    /// <summary>result [B, D], reshaped and overwritten, = c·(x − y). Throws where shapes differ.</summary>
    public static void Subtract(Matrix x, Matrix y, float c, Matrix result, WorkerTeam team)
    {
        Check(x, y);
        result.Reshape(x.Rows, x.Columns);
        if (x.Rows == 0 || x.Columns == 0) return;
        fixed (float* a = &x.Origin, b = &y.Origin, to = &result.Origin)
            team.Run(new Difference(a, b, c, to), x.Rows * x.Stride / Matrix.Alignment, SmallestRange / Matrix.Alignment);
    }

    /// <summary>sum [B, D] += x·u − y·v. Throws where shapes differ.</summary>
    public static void AddDifference(Matrix x, Matrix u, Matrix y, Matrix v, Matrix sum, WorkerTeam team)
    {
        foreach (Matrix matrix in (ReadOnlySpan<Matrix>)[x, u, y, v]) Check(matrix, sum);
        if (sum.Rows == 0 || sum.Columns == 0) return;
        fixed (float* a = &x.Origin, b = &u.Origin, c = &y.Origin, d = &v.Origin, to = &sum.Origin)
            team.Run(new Products(a, b, c, d, to), x.Rows * x.Stride / Matrix.Alignment, SmallestRange / Matrix.Alignment);
    }

    /// <summary>result [B, D], reshaped and overwritten, = c·w_r·x·y, w [B]. Throws where shapes differ.</summary>
    public static void Multiply(Matrix x, Matrix y, ReadOnlySpan<float> rowWeights, float c, Matrix result, WorkerTeam team)
    {
        Check(x, y);
        KernelChecks.Same(rowWeights.Length, x.Rows, nameof(rowWeights));
        result.Reshape(x.Rows, x.Columns);
        if (x.Rows == 0 || x.Columns == 0) return;
        fixed (float* a = &x.Origin, b = &y.Origin, w = rowWeights, to = &result.Origin)
            team.Run(new Weighed(a, b, w, c, to, x.Stride), x.Rows, SmallestRange / x.Columns);
    }

    /// <summary>The definition of <see cref="Subtract"/>, in double, of one element.</summary>
    public static double SubtractReference(double x, double y, double c) => c * (x - y);

    /// <summary>The definition of <see cref="AddDifference"/>, in double, of one element: what becomes of the sum.</summary>
    public static double AddDifferenceReference(double x, double u, double y, double v, double sum) => sum + x * u - y * v;

    /// <summary>The definition of <see cref="Multiply"/>, in double, of one element.</summary>
    public static double MultiplyReference(double x, double y, double rowWeight, double c) => c * rowWeight * x * y;

    private static void Check(Matrix x, Matrix y)
    {
        KernelChecks.Same(x.Rows, y.Rows, nameof(x));
        KernelChecks.Same(x.Columns, y.Columns, nameof(x));
    }

    private readonly struct Difference(float* x, float* y, float c, float* result) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (nint i = (nint)start * Matrix.Alignment; i < (nint)end * Matrix.Alignment; i += Matrix.Alignment)
                ((Vector512.LoadAligned(x + i) - Vector512.LoadAligned(y + i)) * c).StoreAligned(result + i);
        }
    }

    private readonly struct Products(float* x, float* u, float* y, float* v, float* sum) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (nint i = (nint)start * Matrix.Alignment; i < (nint)end * Matrix.Alignment; i += Matrix.Alignment)
            {
                Vector512<float> more = Vector512.LoadAligned(x + i) * Vector512.LoadAligned(u + i)
                    - Vector512.LoadAligned(y + i) * Vector512.LoadAligned(v + i);
                (Vector512.LoadAligned(sum + i) + more).StoreAligned(sum + i);
            }
        }
    }

    private readonly struct Weighed(float* x, float* y, float* weights, float c, float* result, int stride) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Vector512<float> weight = Vector512.Create(c * weights[r]);
                for (long i = (long)r * stride; i < (long)(r + 1) * stride; i += Matrix.Alignment)
                    (Vector512.LoadAligned(x + i) * Vector512.LoadAligned(y + i) * weight).StoreAligned(result + i);
            }
        }
    }
}
