using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Antithetic bits z̃ = [1 − u &lt; p] where z = [u &lt; p], p = σ(a), of rows in groups: z is the first row of a group, z̃ another
/// one. And what a pair says of its logits.</summary>
/// <remarks>u and z̃ are drawn given z: u uniform in (0, p] where z = 1 and in (p, 1] where z = 0. Groups 16·b … 16·b + 15 take their
/// numbers in order from the stream of the key with b added to its block. Allocates nothing within the capacity of the results.
/// </remarks>
public static unsafe class AntitheticBits
{
    /// <summary>Groups that share a stream.</summary>
    public const int BlockGroups = 16;

    private const int SmallestRange = 4096;

    /// <summary>Overwrites row g·n + branch of every group g of n rows with z̃ of row g·n, and where it is wanted u. Throws where shapes
    /// differ.</summary>
    /// <param name="bits">[B·n, D] z in every group's first row.</param>
    /// <param name="logits">[B·n, D] a; those of first rows are read.</param>
    /// <param name="groupRows">n.</param>
    /// <param name="branch">Which row of a group gets z̃, from 1.</param>
    /// <param name="key">Names the random numbers.</param>
    /// <param name="noise">[B, D], reshaped and overwritten with u; null where it is not wanted.</param>
    /// <param name="team">Who computes.</param>
    public static void Draw(BitMatrix bits, Matrix logits, int groupRows, int branch, StreamKey key, Matrix? noise, WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        KernelChecks.Same(bits.Rows % groupRows, 0, nameof(groupRows));
        KernelChecks.AtLeast(groupRows, branch + 1, nameof(groupRows));
        int groups = bits.Rows / groupRows;
        noise?.Reshape(groups, bits.Columns);
        if (bits.Rows == 0 || bits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* a = &logits.Origin, u = &(noise ?? logits).Origin)
        {
            DrawWork work = new(b, bits.WordsPerRow, a, logits.Stride, groupRows, branch, groups, bits.Columns, noise is null ? null : u, key);
            team.Run(work, (groups + BlockGroups - 1) / BlockGroups, SmallestRange / (BlockGroups * bits.Columns));
        }
    }

    /// <summary>The definition, in double: u given z and a uniform number v, p·(1 − v) where z = 1 and 1 − (1 − p)·v where z = 0. Scores are
    /// defined by <see cref="Estimators.Antithetic.DisArm.Score"/>.</summary>
    public static double Reference(bool bit, double logit, double uniform)
    {
        double p = Sigmoid.Reference(logit);
        return bit ? p * (1 - uniform) : 1 - (1 - p) * uniform;
    }

    /// <summary>errors [B, D], reshaped and overwritten, = w · ½ (z − z̃) σ(|a|) of every group: w times the mean of ½ − u given both bits,
    /// within 2e-7 · |w|. Throws where shapes differ.</summary>
    /// <param name="bits">[B·n, D] z in first rows, z̃ in those of the branch.</param>
    /// <param name="logits">[B·n, D] a; those of first rows are read.</param>
    /// <param name="groupRows">n.</param>
    /// <param name="branch">Which row of a group has z̃, from 1.</param>
    /// <param name="weights">[B·n] w in first rows.</param>
    /// <param name="errors">Result; its padding is zero.</param>
    /// <param name="team">Who computes.</param>
    public static void ComputeScores(
        BitMatrix bits, Matrix logits, int groupRows, int branch, ReadOnlySpan<float> weights, Matrix errors, WorkerTeam team)
    {
        KernelChecks.Same(bits.Rows, logits.Rows, nameof(bits));
        KernelChecks.Same(bits.Columns, logits.Columns, nameof(bits));
        KernelChecks.Same(bits.Rows % groupRows, 0, nameof(groupRows));
        KernelChecks.AtLeast(groupRows, branch + 1, nameof(groupRows));
        KernelChecks.Same(weights.Length, bits.Rows, nameof(weights));
        errors.Reshape(bits.Rows / groupRows, bits.Columns);
        if (bits.Rows == 0 || bits.Columns == 0) return;
        fixed (ulong* b = &bits.Origin)
        fixed (float* a = &logits.Origin, w = weights, to = &errors.Origin)
        {
            ScoreWork work = new(b, bits.WordsPerRow, a, logits.Stride, groupRows, branch, bits.Columns, w, to);
            team.Run(work, errors.Rows, SmallestRange / bits.Columns);
        }
    }

    private readonly struct DrawWork(ulong* bits, int words, float* logits, int stride, int groupRows, int branch, int groups, int columns,
        float* noise, StreamKey key) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int block = start; block < end; block++)
            {
                int first = block * BlockGroups;
                Run(first, Math.Min(first + BlockGroups, groups), new RandomStream(key with { Block = key.Block + block }));
            }
        }

        [MethodImpl(Compiled.Alone)]
        private void Run(int start, int end, RandomStream given)
        {
            // A local copy lives in registers.
            RandomStream stream = given;
            Vector512<float> one = Vector512<float>.One;
            for (int group = start; group < end; group++)
            {
                ulong* drawn = bits + (long)group * groupRows * words, opposite = drawn + (long)branch * words;
                float* a = logits + (long)group * groupRows * stride;
                for (int c = 0; c < columns; c += 64)
                {
                    ulong word = 0;
                    int wanted = Math.Min(columns - c, 64);
                    for (int i = 0; i < wanted; i += 16)
                    {
                        Vector512<float> p = Sigmoid.Compute(Vector512.LoadAligned(a + c + i)), q = one - p;
                        Vector512<float> uniform = stream.NextSixteenUniform(wanted - i), on = VectorMath.Mask(drawn[c >> 6] >> i);
                        Vector512<float> share = uniform * Vector512.ConditionalSelect(on, p, q);
                        Vector512<float> bound = Vector512.ConditionalSelect(on, p - q, p);
                        word |= (ulong)Vector512.LessThan(share, bound).ExtractMostSignificantBits() << i;
                        if (noise == null) continue;
                        Vector512<float> u = Vector512.ConditionalSelect(on, p - share, one - share);
                        u.StoreAligned(noise + (long)group * stride + c + i);
                    }

                    opposite[c >> 6] = wanted == 64 ? word : word & ((1UL << wanted) - 1);
                }
            }
        }
    }

    private readonly struct ScoreWork(
        ulong* bits, int words, float* logits, int stride, int groupRows, int branch, int columns, float* weights, float* errors) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            Vector512<float> signBit = Vector512.Create(-0f);
            for (int group = start; group < end; group++)
            {
                long first = (long)group * groupRows;
                ulong* drawn = bits + first * words, opposite = drawn + (long)branch * words;
                float* a = logits + first * stride;
                Vector512<float> half = Vector512.Create(0.5f * weights[first]);
                for (int c = 0; c < columns; c += Matrix.Alignment)
                {
                    // Where both are alike there is no error; else its sign is that of the draw.
                    ulong on = drawn[c >> 6] >> (c & 63), differ = on ^ opposite[c >> 6] >> (c & 63);
                    Vector512<float> e = VectorMath.ExpOfMinusAbsolute(Vector512.LoadAligned(a + c));
                    Vector512<float> score = (half / (Vector512<float>.One + e) ^ ~VectorMath.Mask(on) & signBit) & VectorMath.Mask(differ);
                    if (columns - c < Matrix.Alignment) score &= VectorMath.Mask((1UL << (columns - c)) - 1);
                    score.StoreAligned(errors + (long)group * stride + c);
                }
            }
        }
    }
}
