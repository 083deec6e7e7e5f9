using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>w·(b − σ(a)) + v·d·σ(a)(1 − σ(a)): by the logits a, w times the score of the bit b and v·d times the slope of its mean.
/// </summary>
/// <remarks>Error below 3e-7 · (|w| + |v·d|) against <see cref="Reference"/>. The padding of the errors is zero. Allocates nothing within
/// the capacity of the errors.</remarks>
public static unsafe class ScoreAndSlope
{
    private const int SmallestRange = 4096;

    /// <summary>errors [B, D], reshaped and overwritten. Throws where shapes differ.</summary>
    /// <param name="bits">[B, D] b.</param>
    /// <param name="logits">[B, D] a.</param>
    /// <param name="scoreWeights">[B] w.</param>
    /// <param name="slopes">[B, D] d.</param>
    /// <param name="slopeWeights">[B] v.</param>
    /// <param name="errors">Result.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(BitMatrix bits, Matrix logits, ReadOnlySpan<float> scoreWeights, Matrix slopes,
        ReadOnlySpan<float> slopeWeights, Matrix errors, WorkerTeam team) =>
        Compute(bits, logits, scoreWeights, slopes, slopeWeights, isTarget: false, errors, team);

    /// <summary>The same with d = c − a.</summary>
    /// <param name="bits">[B, D] b.</param>
    /// <param name="logits">[B, D] a.</param>
    /// <param name="scoreWeights">[B] w.</param>
    /// <param name="targets">[B, D] c; null for zeros.</param>
    /// <param name="slopeWeights">[B] v.</param>
    /// <param name="errors">Result.</param>
    /// <param name="team">Who computes.</param>
    public static void ComputeTowards(BitMatrix bits, Matrix logits, ReadOnlySpan<float> scoreWeights, Matrix? targets,
        ReadOnlySpan<float> slopeWeights, Matrix errors, WorkerTeam team) =>
        Compute(bits, logits, scoreWeights, targets, slopeWeights, isTarget: true, errors, team);

    /// <summary>The definition, in double.</summary>
    public static double Reference(bool bit, double logit, double scoreWeight, double slope, double slopeWeight)
    {
        double mean = Sigmoid.Reference(logit);
        return scoreWeight * ((bit ? 1 : 0) - mean) + slopeWeight * slope * mean * (1 - mean);
    }

    private static void Compute(BitMatrix bits, Matrix logits, ReadOnlySpan<float> scoreWeights, Matrix? slopes,
        ReadOnlySpan<float> slopeWeights, bool isTarget, Matrix errors, WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        KernelChecks.Same(scoreWeights.Length, logits.Rows, nameof(scoreWeights));
        KernelChecks.Same(slopeWeights.Length, logits.Rows, nameof(slopeWeights));
        if (slopes is not null) KernelChecks.Same(slopes.Rows, logits.Rows, nameof(slopes));
        if (slopes is not null) KernelChecks.Same(slopes.Columns, logits.Columns, nameof(slopes));
        errors.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* a = &logits.Origin, d = &(slopes ?? logits).Origin, w = scoreWeights, v = slopeWeights, to = &errors.Origin)
        {
            Work work = new(b, bits.WordsPerRow, a, slopes is null ? null : d, isTarget, w, v, to, logits.Stride, logits.Columns);
            team.Run(work, logits.Rows, SmallestRange / logits.Columns);
        }
    }

    private readonly struct Work(ulong* bits, int words, float* logits, float* slopes, bool isTarget, float* scoreWeights,
        float* slopeWeights, float* errors, int stride, int columns) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            Vector512<float> one = Vector512<float>.One;
            for (int r = start; r < end; r++)
            {
                Vector512<float> w = Vector512.Create(scoreWeights[r]), v = Vector512.Create(slopeWeights[r]);
                long first = (long)r * stride;
                for (int c = 0; c < columns; c += Matrix.Alignment)
                {
                    Vector512<float> a = Vector512.LoadAligned(logits + first + c), mean = Sigmoid.Compute(a);
                    Vector512<float> bit = VectorMath.Mask(bits[(long)r * words + (c >> 6)] >> (c & 63)) & one;
                    Vector512<float> d = slopes == null ? Vector512<float>.Zero : Vector512.LoadAligned(slopes + first + c);
                    if (isTarget) d -= a;
                    Vector512<float> error = (bit - mean) * w + d * v * (mean * (one - mean));
                    if (columns - c < Matrix.Alignment) error &= VectorMath.Mask((1UL << (columns - c)) - 1);
                    error.StoreAligned(errors + first + c);
                }
            }
        }
    }
}
