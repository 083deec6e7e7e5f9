using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>d += a − η, and d·s: from what a relaxed layer's children say of it to the gradient with the layer's own log p − log q, whose
/// logits are a and η, and on along slopes s to whatever moved it.</summary>
/// <remarks>Rounding only. The padding of the results becomes some number. Allocates nothing within the capacity of the paths.</remarks>
public static unsafe class LogRatioPath
{
    private const int SmallestRange = 16384;

    /// <summary>Throws where shapes differ.</summary>
    /// <param name="gradient">[B, D] d, accumulated.</param>
    /// <param name="prior">[B, D] a, or one row [1, D] for all.</param>
    /// <param name="logits">[B, D] η.</param>
    /// <param name="slopes">[B, D] s.</param>
    /// <param name="paths">[B, D], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(Matrix gradient, Matrix prior, Matrix logits, Matrix slopes, Matrix paths, WorkerTeam team)
    {
        if (prior.Rows != 1) KernelChecks.Same(prior.Rows, gradient.Rows, nameof(prior));
        KernelChecks.Same(prior.Columns, gradient.Columns, nameof(prior));
        KernelChecks.Same(logits.Rows, gradient.Rows, nameof(logits));
        KernelChecks.Same(logits.Columns, gradient.Columns, nameof(logits));
        KernelChecks.Same(slopes.Rows, gradient.Rows, nameof(slopes));
        KernelChecks.Same(slopes.Columns, gradient.Columns, nameof(slopes));
        paths.Reshape(gradient.Rows, gradient.Columns);
        if (gradient.Rows == 0 || gradient.Columns == 0) return;
        fixed (float* d = &gradient.Origin, a = &prior.Origin, h = &logits.Origin, s = &slopes.Origin, to = &paths.Origin)
        {
            Work work = new(d, a, prior.Rows == 1 ? 0 : gradient.Stride, h, s, to, gradient.Stride);
            team.Run(work, gradient.Rows, SmallestRange / gradient.Columns);
        }
    }

    /// <summary>The definitions, in double, of one unit: what becomes of d, and d·s.</summary>
    public static (double Gradient, double Path) Reference(double gradient, double prior, double logit, double slope)
    {
        double d = gradient + prior - logit;
        return (d, d * slope);
    }

    private readonly struct Work(float* gradient, float* prior, int priorStride, float* logits, float* slopes, float* paths, int stride)
        : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                for (int c = 0; c < stride; c += Matrix.Alignment)
                {
                    long at = (long)r * stride + c;
                    Vector512<float> d = Vector512.LoadAligned(gradient + at) + Vector512.LoadAligned(prior + (long)r * priorStride + c)
                        - Vector512.LoadAligned(logits + at);
                    d.StoreAligned(gradient + at);
                    (d * Vector512.LoadAligned(slopes + at)).StoreAligned(paths + at);
                }
            }
        }
    }
}
