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
        float* slopeWeights, float* errors, int stride, int columns) : IRangeWork, IElementWork
    {
        public void Run(int start, int end) => RowSweep.Run(this, start, end, columns);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int column) where T : struct, IVectors<T>
        {
            Vector512<float> one = Vector512<float>.One, w = Vector512.Create(scoreWeights[row]), v = Vector512.Create(slopeWeights[row]);
            long at = (long)row * stride + column;
            T a = T.Load(logits + at, Matrix.Alignment), mean = Sigmoid.Compute(a);
            T bit = T.LoadMask((ushort*)(bits + (long)row * words) + column / Matrix.Alignment, 1) & one;
            T d = slopes == null ? T.Create(Vector512<float>.Zero) : T.Load(slopes + at, Matrix.Alignment);
            if (isTarget) d -= a;
            T error = (bit - mean) * w + d * v * (mean * (T.Create(one) - mean));
            if (columns - column < Matrix.Alignment) error &= VectorMath.Mask((1UL << (columns - column)) - 1);
            error.Store(errors + at, Matrix.Alignment);
        }
    }
}
