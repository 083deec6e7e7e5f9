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
        Work work = new(logits, stride, bits, endLine - firstLine, rows, columns, firstLine, endLine, key);
        work.Run(0, (rows + BlockRows - 1) / BlockRows);
    }

    private static void Sample(float* logits, int stride, StreamKey key, BitMatrix bits, WorkerTeam team)
    {
        if (bits.Rows == 0 || bits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        {
            int lines = (bits.Columns + Matrix.Alignment - 1) / Matrix.Alignment;
            int bitStride = bits.WordsPerRow * (sizeof(ulong) / sizeof(ushort));
            Work work = new(logits, stride, (ushort*)b, bitStride, bits.Rows, bits.Columns, 0, lines, key);
            int blocks = (bits.Rows + BlockRows - 1) / BlockRows;
            int smallest = SmallestRange / (BlockRows * bits.Columns);
            team.Run(work, blocks, smallest, Math.Max(1, smallest));
        }
    }

    // An item is a block of rows.
    private readonly struct Work(float* logits, int stride, ushort* bits, int bitStride, int rows, int columns, int firstLine, int endLine,
        StreamKey key) : IRangeWork
    {
        public void Run(int start, int end)
        {
            if (stride == 0) Run<Ready>(start, end);
            else Run<OfLogits>(start, end);
        }

        private void Run<TReading>(int start, int end) where TReading : IReading
        {
            int block = start;
            // Two streams in narrower vectors do not fit the registers.
            for (; Vector512.IsHardwareAccelerated && block + 1 < end && (block + 2) * BlockRows <= rows; block += 2)
                Sample<TReading, StreamPair>(new(Stream(block), Stream(block + 1)), block, BlockRows);
            for (; block < end; block++)
                Sample<TReading, SingleStream>(new(Stream(block)), block, Math.Min(BlockRows, rows - block * BlockRows));
        }

        private RandomStream Stream(int block) => new(key with { Block = key.Block + block });

        // Rows of one block, or with two streams as many of the next block.
        [MethodImpl(Compiled.Alone)]
        private void Sample<TReading, TStreams>(TStreams given, int block, int some)
            where TReading : IReading where TStreams : struct, IStreams<TStreams>
        {
            // A local copy lives in registers.
            TStreams streams = given;
            nint logitStride = stride, lineStride = bitStride, next = BlockRows * logitStride, nextBits = BlockRows * lineStride;
            float* a = logits + block * next;
            ushort* to = bits + block * nextBits;
            int all = columns, first = firstLine, end = endLine;
            int drawsBefore = 2 * first, drawsBehind = (all + 7) / 8 - 2 * end;
            ulong present = all % Matrix.Alignment == 0 ? ushort.MaxValue : (1UL << all % Matrix.Alignment) - 1;
            int last = (all - 1) / Matrix.Alignment;
            for (int r = 0; r < some; r++, a += logitStride, to += lineStride)
            {
                for (int i = 0; i < drawsBefore; i++) streams.SkipEight();
                for (int line = first; line < end; line++)
                {
                    int column = line * Matrix.Alignment;
                    streams.NextSixteenIntegers(all - column, out Vector512<float> u, out Vector512<float> uOfNext);
                    ulong kept = line == last ? present : ushort.MaxValue;
                    to[line - first] = (ushort)(Decide<TReading>(u, a + column) & kept);
                    if (TStreams.Count > 1) to[nextBits + line - first] = (ushort)(Decide<TReading>(uOfNext, a + next + column) & kept);
                }

                for (int i = 0; i < drawsBehind; i++) streams.SkipEight();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Decide<TReading>(Vector512<float> u, float* read) where TReading : IReading =>
        TReading.IsReady ? Decide(u, Vector512.Load(read)) : DecideByLogits(u, Vector512.Load(read));

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
