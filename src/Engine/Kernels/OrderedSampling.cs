using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Samples bits one after the other, each given those before it in its row: aᵢ ← aᵢ + Σ_{j&lt;i} bⱼ·S_ji,
/// bᵢ = u &lt; σ(aᵢ), u uniform, decided as log(u/(1 − u)) &lt; aᵢ.</summary>
/// <remarks>
/// The threshold does not depend on the bits before, so sixteen units find their next one together; when sixteen are done, the
/// rows of S of those that are on go to the logits behind them in one pass. Numbers are drawn as in
/// <see cref="BernoulliSampling"/>, so the bits of a row depend on its own logits, its index, D, S and the key, never on the
/// threads. P(bit | bits before) is within 2e-7 of σ(a). Every logit is summed in the order of j. Allocates nothing within the
/// capacity of the bits.
/// </remarks>
public static unsafe class OrderedSampling
{
    private const int SmallestRange = 4096;

    // Half a step of the uniform numbers: in the middle of their cells they are neither 0 nor 1.
    private const float HalfStep = 1f / (1 << 25);

    /// <summary>bits [B, D], reshaped and overwritten, and logits [B, D], to which the bits before are added, from siblings S
    /// [D, D], zero where i ≤ j. Throws where shapes differ.</summary>
    public static void Sample(Matrix logits, Matrix siblings, StreamKey key, BitMatrix bits, WorkerTeam team)
    {
        KernelChecks.Same(siblings.Rows, logits.Columns, nameof(siblings));
        KernelChecks.Same(siblings.Columns, logits.Columns, nameof(siblings));
        bits.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (float* a = &logits.Origin, s = &siblings.Origin)
        fixed (ulong* b = &bits.Origin)
        {
            Work work = new(a, s, logits.Stride, b, bits.WordsPerRow, logits.Rows, logits.Columns, key);
            int blocks = (logits.Rows + BernoulliSampling.BlockRows - 1) / BernoulliSampling.BlockRows;
            team.Run(work, blocks, SmallestRange / (BernoulliSampling.BlockRows * logits.Columns));
        }
    }

    /// <summary>The definition, in double, one unit at a time, on the same uniform numbers. The logits stay as they are.</summary>
    public static void Reference(Matrix logits, Matrix siblings, StreamKey key, BitMatrix bits)
    {
        bits.Reshape(logits.Rows, logits.Columns);
        float[] uniform = new float[(logits.Columns + 7) / 8 * 8];
        RandomStream stream = default;
        for (int r = 0; r < logits.Rows; r++)
        {
            if (r % BernoulliSampling.BlockRows == 0)
                stream = new RandomStream(key with { Block = key.Block + r / BernoulliSampling.BlockRows });
            stream.FillUniform(uniform);
            for (int i = 0; i < logits.Columns; i++)
                bits[r, i] = uniform[i] < Sigmoid.Reference(BinaryAffine.Reference(bits, r, siblings, logits.Row(r), i));
        }
    }

    private readonly struct Work(
        float* logits, float* siblings, int stride, ulong* bits, int words, int rows, int columns, StreamKey key) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int block = start; block < end; block++)
            {
                RandomStream stream = new(key with { Block = key.Block + block });
                int first = block * BernoulliSampling.BlockRows, last = Math.Min(first + BernoulliSampling.BlockRows, rows);
                for (int r = first; r < last; r++)
                    SampleRow(logits + (long)r * stride, siblings, stride, bits + (long)r * words, columns, ref stream);
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(Compiled.Alone)]
    private static void SampleRow(float* logits, float* siblings, int stride, ulong* bits, int columns, ref RandomStream stream)
    {
        float** ones = stackalloc float*[Matrix.Alignment];
        for (int c = 0; c < columns; c += Matrix.Alignment)
        {
            Vector512<float> thresholds = Thresholds(stream.NextSixteenUniform(columns - c));
            Vector512<float> a = Vector512.LoadAligned(logits + c);
            uint undecided = columns - c < Matrix.Alignment ? (1u << (columns - c)) - 1 : 0xFFFF, on = 0;
            int count = 0;
            while (((uint)Vector512.GreaterThan(a, thresholds).ExtractMostSignificantBits() & undecided) is var candidates and not 0)
            {
                // Those before the first candidate are off, whatever it is that later ones become.
                int unit = BitOperations.TrailingZeroCount(candidates);
                float* row = ones[count++] = siblings + (long)(c + unit) * stride;
                a += Vector512.LoadAligned(row + c);
                on |= 1u << unit;
                undecided &= ~1u << unit;
            }

            a.StoreAligned(logits + c);
            bits[c >> 6] |= (ulong)on << (c & 63);
            if (count > 0) AddRows(ones, count, logits, c + Matrix.Alignment, stride);
        }
    }

    [MethodImpl(Compiled.Alone)]
    private static void AddRows(float** rows, int count, float* logits, int start, int end)
    {
        for (int c = start; c < end; c += Matrix.Alignment)
        {
            Vector512<float> a = Vector512.LoadAligned(logits + c);
            for (int k = 0; k < count; k++) a += Vector512.LoadAligned(rows[k] + c);
            a.StoreAligned(logits + c);
        }
    }

    /// <summary>log(u/(1 − u)), u half a step above the given numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Thresholds(Vector512<float> uniform)
    {
        Vector512<float> half = Vector512.Create(HalfStep);
        return VectorMath.Log(uniform + half) - VectorMath.Log(Vector512<float>.One - uniform - half);
    }
}
