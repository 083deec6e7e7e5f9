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
    // 2²⁴u·(1 + e⁻ᵃ) of a unit that is just off, and how near to it roughness does not tell.
    private const float Certain = 1 << 24;
    private const float Margin = 1f / 4096;

    /// <summary>bits [B, D], reshaped and overwritten, from logits [B, D].</summary>
    public static void Sample(Matrix logits, StreamKey key, BitMatrix bits, WorkerTeam team)
    {
        bits.Reshape(logits.Rows, logits.Columns);
        fixed (float* a = &logits.Origin) Sample(a, logits.Stride, key, bits, team);
    }

    /// <summary>The same with one row of logits [D] for all rows.</summary>
    public static void Sample(ReadOnlySpan<float> logits, int rows, StreamKey key, BitMatrix bits, WorkerTeam team)
    {
        bits.Reshape(rows, logits.Length);
        using PaddedRow row = new(logits);
        ElementWise.Compute<InverseProbability>(row.Values, row.Values);
        fixed (float* inverse = row.Values) Sample(inverse, 0, key, bits, team);
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

    private static void Sample(float* logits, int stride, StreamKey key, BitMatrix bits, WorkerTeam team)
    {
        if (bits.Rows == 0 || bits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        {
            Work work = new(logits, stride, b, bits.WordsPerRow, bits.Rows, bits.Columns, key);
            int blocks = (bits.Rows + BlockRows - 1) / BlockRows;
            int smallest = SmallestRange / (BlockRows * bits.Columns);
            team.Run(work, blocks, smallest, Math.Max(1, smallest));
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
                int first = block * BlockRows, some = Math.Min(BlockRows, rows - first);
                ulong* to = bits + (long)first * words;
                if (stride == 0) SampleRows<Ready>(logits, 0, to, some, columns, ref stream);
                else SampleRows<OfLogits>(logits + (long)first * stride, stride, to, some, columns, ref stream);
            }
        }
    }

    /// <summary>The same bits of some columns alone.</summary>
    /// <param name="logits">[rows, stride] all columns' logits; read are those of these lines.</param>
    /// <param name="stride">Floats from one row of logits to the next.</param>
    /// <param name="rows">B.</param>
    /// <param name="columns">D, of all columns.</param>
    /// <param name="firstLine">The first sixteen columns.</param>
    /// <param name="endLine">Behind the last.</param>
    /// <param name="key">Names the random numbers.</param>
    /// <param name="bits">[rows, endLine − firstLine] receives them, sixteen columns a number.</param>
    internal static void SampleLines(
        float* logits, int stride, int rows, int columns, int firstLine, int endLine, StreamKey key, ushort* bits)
    {
        for (int first = 0; first < rows; first += BlockRows)
        {
            RandomStream stream = new(key with { Block = key.Block + first / BlockRows });
            int some = Math.Min(BlockRows, rows - first);
            SampleLines(logits + (long)first * stride, stride, some, columns, firstLine, endLine, ref stream,
                bits + (long)first * (endLine - firstLine));
        }
    }

    [MethodImpl(Compiled.Alone)]
    private static void SampleLines(float* logits, int stride, int rows, int columns, int firstLine, int endLine, ref RandomStream given,
        ushort* bits)
    {
        RandomStream stream = given;
        int drawsBefore = 2 * firstLine, drawsBehind = Math.Max(0, (columns + 7) / 8 - 2 * endLine);
        int last = columns / Matrix.Alignment;
        uint present = (1u << columns % Matrix.Alignment) - 1;
        for (int r = 0; r < rows; r++, logits += stride)
        {
            for (int i = 0; i < drawsBefore; i++) stream.NextBits();
            for (int line = firstLine; line < endLine; line++)
            {
                int column = line * Matrix.Alignment;
                Vector512<float> u = stream.NextSixteenIntegers(columns - column);
                ulong on = DecideByLogits(u, Vector512.Load(logits + column));
                *bits++ = (ushort)(line == last ? on & present : on);
            }

            for (int i = 0; i < drawsBehind; i++) stream.NextBits();
        }
    }

    [MethodImpl(Compiled.Alone)]
    private static void SampleRows<TReading>(
        float* logits, int stride, ulong* bits, int rows, int columns, ref RandomStream given) where TReading : IReading
    {
        // A local copy lives in registers.
        RandomStream stream = given;
        for (int r = 0; r < rows; r++, logits += stride)
        {
            for (int c = 0; c < columns; c += 64)
            {
                ulong word = 0;
                int end = Math.Min(columns - c, 64);
                for (int i = 0; i < end; i += 16)
                {
                    Vector512<float> u = stream.NextSixteenIntegers(end - i), read = Vector512.Load(logits + c + i);
                    word |= (TReading.IsReady ? Decide(u, read) : DecideByLogits(u, read)) << i;
                }

                *bits++ = end == 64 ? word : word & ((1UL << end) - 1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Decide(Vector512<float> u, Vector512<float> inverse) =>
        Vector512.LessThan(u * inverse, Vector512.Create(Certain)).ExtractMostSignificantBits();

    // The same bits: roughly, and once more where a unit is too near to be sure of.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong DecideByLogits(Vector512<float> u, Vector512<float> a)
    {
        Vector512<float> rough = Vector512.MultiplyAddEstimate(u, VectorMath.RoughExp(-a), u);
        // Positive floats are ordered as integers are. One less than zero is above them all: where u is zero, nothing is sure.
        Vector512<int> sure = Vector512.LessThan(rough.AsInt32() + Vector512.Create(int.MaxValue),
            Vector512.Create(BitConverter.SingleToInt32Bits(Certain * (1 - Margin)) + int.MinValue));
        Vector512<float> possible = Vector512.LessThan(rough, Vector512.Create(Certain * (1 + Margin)));
        ulong on = sure.ExtractMostSignificantBits();
        return on == possible.ExtractMostSignificantBits() ? on : Decide(u, InverseProbability.Compute(new OneVector { Value = a }).Value);
    }

    // 1 / σ(a) = 1 + e⁻ᵃ.
    internal readonly struct InverseProbability : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Compute<T>(T x) where T : struct, IVectors<T> => VectorMath.Exp(x ^ Vector512.Create(-0f)) + Vector512<float>.One;
    }
}
