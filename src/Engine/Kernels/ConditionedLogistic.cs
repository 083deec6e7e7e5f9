using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>z = s·softplus(w + softplus(s·a)), s = 2b − 1: with logistic w it has the distribution of a + n, n logistic, given the bit
/// b = [a + n &gt; 0]; ∂z/∂a = σ(w + softplus(s·a)) σ(s·a). With w = log u − log(1 − u), u uniform, z = s·log((1 + u·eˢᵃ)/(1 − u)) and
/// ∂z/∂a = u·eˢᵃ/(1 + u·eˢᵃ).</summary>
/// <remarks>Two of them at a time, which share what depends on bit and logit alone. Rows take their u in order from streams as in
/// <see cref="LogisticNoise"/>, and u is bounded as there. Error below 1e-6 · max(1, |z|, |a|), of slopes below 5e-7, against
/// <see cref="Reference"/>. Allocates nothing within the capacity of the results. Source of the method: Tucker et al., "REBAR", 2017,
/// appendix.</remarks>
public static unsafe class ConditionedLogistic
{
    private const int SmallestRange = 4096;

    /// <summary>One of the two less its logits, z − a, the other with its slopes. Throws where shapes differ.</summary>
    /// <param name="bits">[B, D] b.</param>
    /// <param name="logits">[B, D] a.</param>
    /// <param name="first">Names the random numbers of the first.</param>
    /// <param name="second">Names those of the second.</param>
    /// <param name="noise">[B, D], reshaped and overwritten with z − a of the first.</param>
    /// <param name="conditioned">[B, D], reshaped and overwritten with z of the second.</param>
    /// <param name="slopes">[B, D], reshaped and overwritten with ∂z/∂a of the second.</param>
    /// <param name="team">Who computes.</param>
    public static void Draw(BitMatrix bits, Matrix logits, StreamKey first, StreamKey second, Matrix noise, Matrix conditioned, Matrix slopes,
        WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        foreach (Matrix result in (ReadOnlySpan<Matrix>)[noise, conditioned, slopes]) result.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* a = &logits.Origin, n = &noise.Origin, z = &conditioned.Origin, to = &slopes.Origin)
        {
            Work work = new(b, bits.WordsPerRow, a, n, z, to, logits.Stride, logits.Rows, first, second);
            int blocks = (logits.Rows + LogisticNoise.BlockRows - 1) / LogisticNoise.BlockRows;
            team.Run(work, blocks, SmallestRange / (LogisticNoise.BlockRows * logits.Columns));
        }
    }

    /// <summary>The definition, in double: z and ∂z/∂a.</summary>
    public static (double Value, double Slope) Reference(bool bit, double logit, double w)
    {
        double sign = bit ? 1 : -1, v = w + Softplus.Reference(sign * logit);
        return (sign * Softplus.Reference(v), Sigmoid.Reference(v) * Sigmoid.Reference(sign * logit));
    }

    private readonly struct Work(ulong* bits, int words, float* logits, float* noise, float* conditioned, float* slopes, int stride,
        int rows, StreamKey first, StreamKey second) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int block = start; block < end; block++)
            {
                int row = block * LogisticNoise.BlockRows;
                Run(row, Math.Min(row + LogisticNoise.BlockRows, rows), new RandomStream(first with { Block = first.Block + block }),
                    new RandomStream(second with { Block = second.Block + block }));
            }
        }

        [MethodImpl(Compiled.Alone)]
        private void Run(int start, int end, RandomStream first, RandomStream second)
        {
            // Local copies live in registers.
            (RandomStream ofNoise, RandomStream ofPartner) = (first, second);
            Vector512<float> one = Vector512<float>.One, signBit = Vector512.Create(-0f), zero = Vector512<float>.Zero;
            Vector512<float> smallest = Vector512.Create(LogisticNoise.SmallestUniform);
            for (int r = start; r < end; r++)
            {
                for (int c = 0; c < stride; c += Matrix.Alignment)
                {
                    long at = (long)r * stride + c;
                    Vector512<float> off = ~VectorMath.Mask(bits[(long)r * words + (c >> 6)] >> (c & 63)) & signBit;
                    Vector512<float> a = Vector512.LoadAligned(logits + at), signed = a ^ off, above = Vector512.MaxNative(zero, signed);
                    Vector512<float> e = VectorMath.ExpOfMinusAbsolute(signed), isAbove = Vector512.GreaterThan(signed, zero);

                    // 1 + u·eˢᵃ, where that is large in units of eˢᵃ.
                    Vector512<float> constant = Vector512.ConditionalSelect(isAbove, e, one);
                    Vector512<float> factor = Vector512.ConditionalSelect(isAbove, one, e);
                    Vector512<float> u = Vector512.MaxNative(ofNoise.NextSixteenUniform(16), smallest);
                    Vector512<float> free = above + VectorMath.Log((constant + u * factor) / (one - u));
                    ((free ^ off) - a).StoreAligned(noise + at);
                    u = Vector512.MaxNative(ofPartner.NextSixteenUniform(16), smallest);
                    Vector512<float> numerator = u * factor, sum = constant + numerator;
                    ((above + VectorMath.Log(sum / (one - u))) ^ off).StoreAligned(conditioned + at);
                    (numerator / sum).StoreAligned(slopes + at);
                }
            }
        }
    }
}
