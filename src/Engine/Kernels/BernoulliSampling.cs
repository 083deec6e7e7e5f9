using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Samples independent bits: bit = u &lt; σ(a), u uniform, decided as 2²⁴u·(1 + e⁻ᵃ) &lt; 2²⁴ without a division.</summary>
/// <remarks>
/// Rows 16·b … 16·b + 15 take their numbers in order from the stream of the key with b added to its block, a row of D columns
/// ⌈D/8⌉ draws of eight. So the bits of a row depend on its own logits, its index, D and the key, never on the threads.
/// u is a multiple of 2⁻²⁴, so P(bit) is within 2e-7 of σ(a). Allocates nothing within the capacity of the bits.
/// </remarks>
public static unsafe class BernoulliSampling
{
    /// <summary>Rows that share a stream.</summary>
    public const int BlockRows = 16;

    private const int SmallestRange = 4096;

    /// <summary>bits [B, D], reshaped and overwritten, from logits [B, D].</summary>
    public static void Sample(Matrix logits, StreamKey key, BitMatrix bits, WorkerTeam team)
    {
        bits.Reshape(logits.Rows, logits.Columns);
        if (logits.Rows == 0 || logits.Columns == 0) return;
        fixed (float* a = &logits.Origin)
        fixed (ulong* b = &bits.Origin)
        {
            Work work = new(a, logits.Stride, b, bits.WordsPerRow, logits.Rows, logits.Columns, key);
            int blocks = (logits.Rows + BlockRows - 1) / BlockRows;
            team.Run(work, blocks, SmallestRange / (BlockRows * logits.Columns));
        }
    }

    /// <summary>The definition, in double, one unit at a time, on the same uniform numbers.</summary>
    public static void Reference(Matrix logits, StreamKey key, BitMatrix bits)
    {
        bits.Reshape(logits.Rows, logits.Columns);
        float[] uniform = new float[(logits.Columns + 7) / 8 * 8];
        RandomStream stream = default;
        for (int r = 0; r < logits.Rows; r++)
        {
            if (r % BlockRows == 0) stream = new RandomStream(key with { Block = key.Block + r / BlockRows });
            stream.FillUniform(uniform);
            for (int c = 0; c < logits.Columns; c++) bits[r, c] = uniform[c] < Sigmoid.Reference(logits[r, c]);
        }
    }

    private readonly struct Work(
        float* logits, int stride, ulong* bits, int words, int rows, int columns, StreamKey key) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int block = start; block < end; block++)
            {
                RandomStream stream = new(key with { Block = key.Block + block });
                int first = block * BlockRows;
                SampleRows(logits + (long)first * stride, stride, bits + (long)first * words,
                    Math.Min(BlockRows, rows - first), columns, ref stream);
            }
        }
    }

    [MethodImpl(Compiled.Alone)]
    private static void SampleRows(float* logits, int stride, ulong* bits, int rows, int columns, ref RandomStream given)
    {
        // A local copy lives in registers.
        RandomStream stream = given;
        Vector512<float> one = Vector512<float>.One, certain = Vector512.Create((float)(1 << 24));
        for (int r = 0; r < rows; r++, logits += stride)
        {
            for (int c = 0; c < columns; c += 64)
            {
                ulong word = 0;
                int end = Math.Min(columns - c, 64);
                for (int i = 0; i < end; i += 16)
                {
                    Vector512<float> e = VectorMath.Exp(-Vector512.LoadAligned(logits + c + i));
                    Vector512<float> on = Vector512.LessThan(stream.NextSixteenIntegers(end - i) * (e + one), certain);
                    word |= (ulong)on.ExtractMostSignificantBits() << i;
                }

                *bits++ = end == 64 ? word : word & ((1UL << end) - 1);
            }
        }
    }
}
