using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Draws documents: a length N, each of those given as likely, then N words independently, word w with probability
/// e^ℓ_w, by inversion of the cumulative sums.</summary>
/// <remarks>Row r takes its numbers from the stream of the key with r added to its block, so that it depends on its own
/// log-probabilities, its index, the lengths and the key, never on the threads. Uniform numbers are multiples of 2⁻²⁴. Steady use
/// allocates nothing.</remarks>
public static class CategoricalSampling
{
    private const int SmallestRange = 8;

    /// <summary>Draws a document for every row.</summary>
    /// <param name="logProbabilities">[B, V] ℓ.</param>
    /// <param name="lengths">What N may be, each at least 1.</param>
    /// <param name="key">Names the random numbers.</param>
    /// <param name="documents">[B, V], overwritten: bits and counts.</param>
    /// <param name="sums">[B, V] room for cumulative sums, overwritten.</param>
    /// <param name="words">Room for words, overwritten; grows where it must.</param>
    /// <param name="team">Who computes.</param>
    public static void Sample(Matrix logProbabilities, int[] lengths, StreamKey key, BitMatrix documents, Matrix sums,
        ref int[] words, WorkerTeam team)
    {
        int rows = logProbabilities.Rows, longest = lengths.Max();
        sums.Reshape(rows, logProbabilities.Columns);
        int stride = 1 + 2 * longest, needed = checked(rows * stride);
        if (words.Length < needed) words = new int[needed];
        team.Run(new Work(logProbabilities, lengths, key, sums, words, stride), rows, SmallestRange);
        documents.BeginDocuments(logProbabilities.Columns);
        for (int r = 0; r < rows; r++) Append(words.AsSpan(r * stride, stride), documents);
    }

    /// <summary>The word at which the cumulative sums, of Σ e^ℓ, exceed the share u of their last.</summary>
    public static int Invert(ReadOnlySpan<float> sums, float u)
    {
        float target = u * sums[^1];
        int low = 0, high = sums.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (sums[middle] > target) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>sums_w = Σ_{v≤w} e^ℓ_v, added in double.</summary>
    public static void Accumulate(ReadOnlySpan<float> logProbabilities, Span<float> sums)
    {
        Span<float> line = stackalloc float[Matrix.Alignment];
        double total = 0;
        for (int i = 0; i < logProbabilities.Length; i += Matrix.Alignment)
        {
            ReadOnlySpan<float> values = logProbabilities[i..Math.Min(i + Matrix.Alignment, logProbabilities.Length)];
            line.Fill(float.NegativeInfinity);
            values.CopyTo(line);
            VectorMath.Exp(Vector512.Create<float>(line)).CopyTo(line);
            for (int j = 0; j < values.Length; j++) sums[i + j] = (float)(total += line[j]);
        }
    }

    /// <summary>The first number is N; the N words behind it are counted, as ascending entries, in the room behind them.</summary>
    private static void Append(Span<int> drawn, BitMatrix documents)
    {
        Span<int> words = drawn.Slice(1, drawn[0]), counts = drawn.Slice(1 + drawn[0], drawn[0]);
        int entries = 0;
        for (int i = 0; i < words.Length; i++)
        {
            if (i > 0 && words[i] == words[entries - 1]) counts[entries - 1]++;
            else (words[entries], counts[entries++]) = (words[i], 1);
        }

        documents.AppendDocument(words[..entries], counts[..entries]);
    }

    private readonly struct Work(Matrix logProbabilities, int[] lengths, StreamKey key, Matrix sums, int[] words, int stride) : IRangeWork
    {
        public void Run(int start, int end)
        {
            Span<float> uniform = stackalloc float[8];
            for (int r = start; r < end; r++)
            {
                var stream = new RandomStream(key with { Block = key.Block + r });
                Span<int> drawn = words.AsSpan(r * stride, stride);
                Accumulate(logProbabilities.Row(r), sums.Row(r));
                stream.FillUniform(uniform);
                int length = drawn[0] = lengths[(int)((double)uniform[0] * lengths.Length)];
                for (int i = 0; i < length; i++)
                {
                    int lane = i % uniform.Length;
                    if (lane == 0) stream.FillUniform(uniform);
                    drawn[1 + i] = Invert(sums.Row(r), uniform[lane]);
                }

                drawn.Slice(1, length).Sort();
            }
        }
    }
}
