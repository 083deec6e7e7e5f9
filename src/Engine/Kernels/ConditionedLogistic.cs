using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>z = s·softplus(w + softplus(s·a)), s = 2b − 1: with logistic w it has the distribution of a + n, n logistic, given the bit
/// b = [a + n &gt; 0]; ∂z/∂a = σ(w + softplus(s·a)) σ(s·a).</summary>
/// <remarks>Two of them at a time, which share what depends on bit and logit alone. Error below 1e-6 · max(1, |z|, |a|), of slopes below
/// 5e-7, against <see cref="Reference"/>. Allocates nothing within the capacity of the slopes. Source of the method: Tucker et al.,
/// "REBAR", 2017, appendix.</remarks>
public static unsafe class ConditionedLogistic
{
    private const int SmallestRange = 4096;

    /// <summary>One of the two less its logits, z − a, the other with its slopes. Throws where shapes differ.</summary>
    /// <param name="bits">[B, D] b.</param>
    /// <param name="logits">[B, D] a.</param>
    /// <param name="noise">[B, D] w of the first; overwritten with z − a.</param>
    /// <param name="conditioned">[B, D] w of the second; overwritten with z.</param>
    /// <param name="slopes">[B, D], reshaped and overwritten with ∂z/∂a of the second.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(BitMatrix bits, Matrix logits, Matrix noise, Matrix conditioned, Matrix slopes, WorkerTeam team)
    {
        foreach (Matrix other in (ReadOnlySpan<Matrix>)[noise, conditioned])
        {
            KernelChecks.Same(other.Rows, logits.Rows, nameof(logits));
            KernelChecks.Same(other.Columns, logits.Columns, nameof(logits));
        }

        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        slopes.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* a = &logits.Origin, n = &noise.Origin, z = &conditioned.Origin, to = &slopes.Origin)
        {
            Work work = new(b, bits.WordsPerRow, a, n, z, to, logits.Stride);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    /// <summary>The definition, in double: z and ∂z/∂a.</summary>
    public static (double Value, double Slope) Reference(bool bit, double logit, double w)
    {
        double sign = bit ? 1 : -1, v = w + Softplus.Reference(sign * logit);
        return (sign * Softplus.Reference(v), Sigmoid.Reference(v) * Sigmoid.Reference(sign * logit));
    }

    private readonly struct Work(
        ulong* bits, int words, float* logits, float* noise, float* conditioned, float* slopes, int stride) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            Vector512<float> one = Vector512<float>.One, signBit = Vector512.Create(-0f);
            for (int r = start; r < end; r++)
            {
                for (int c = 0; c < stride; c += Matrix.Alignment)
                {
                    long at = (long)r * stride + c;
                    Vector512<float> off = ~VectorMath.Mask(bits[(long)r * words + (c >> 6)] >> (c & 63)) & signBit;
                    Vector512<float> a = Vector512.LoadAligned(logits + at), signed = a ^ off;
                    Vector512<float> e = VectorMath.ExpOfMinusAbsolute(signed);
                    Vector512<float> softplus = Softplus.OfExponential(signed, e);
                    Vector512<float> free = Softplus.Compute(Vector512.LoadAligned(noise + at) + softplus);
                    ((free ^ off) - a).StoreAligned(noise + at);
                    Vector512<float> v = Vector512.LoadAligned(conditioned + at) + softplus;
                    Vector512<float> ofV = VectorMath.ExpOfMinusAbsolute(v);
                    (Softplus.OfExponential(v, ofV) ^ off).StoreAligned(conditioned + at);
                    Vector512<float> numerator = Sigmoid.Numerator(v, ofV) * Sigmoid.Numerator(signed, e);
                    (numerator / ((one + ofV) * (one + e))).StoreAligned(slopes + at);
                }
            }
        }
    }
}
