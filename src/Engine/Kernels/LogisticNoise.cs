using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Draws from the standard logistic distribution: n = log u − log(1 − u), u uniform. Then [η + n &gt; 0] is a draw from
/// Bernoulli(σ(η)).</summary>
/// <remarks>Rows 16·b … 16·b + 15 take their numbers in order from the stream of the key with b added to its block, so that a row
/// depends on its index, D and the key, never on the threads. u is a multiple of 2⁻²⁴, but 2⁻²⁵ instead of 0: |n| &lt; 17.4. Error
/// below 3e-7 · max(1, |n|) against <see cref="Reference"/>. Allocates nothing within the capacity of the noise.</remarks>
public static unsafe class LogisticNoise
{
    /// <summary>Rows that share a stream.</summary>
    public const int BlockRows = 16;

    /// <summary>Stands for a uniform number of 0.</summary>
    internal const float SmallestUniform = 1f / (1 << 25);

    private const int SmallestRange = 4096;

    /// <summary>noise [rows, columns], reshaped and overwritten.</summary>
    public static void Fill(int rows, int columns, StreamKey key, Matrix noise, WorkerTeam team)
    {
        noise.Reshape(rows, columns);
        if (rows == 0 || columns == 0) return;
        fixed (float* to = &noise.Origin)
        {
            Work work = new(to, noise.Stride, rows, key);
            team.Run(work, (rows + BlockRows - 1) / BlockRows, SmallestRange / (BlockRows * columns));
        }
    }

    /// <summary>The definition, in double, of one uniform number in [0, 1).</summary>
    public static double Reference(double uniform)
    {
        double u = Math.Max(uniform, SmallestUniform);
        return Math.Log(u) - Math.Log(1 - u);
    }

    private readonly struct Work(float* noise, int stride, int rows, StreamKey key) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int block = start; block < end; block++)
            {
                RandomStream stream = new(key with { Block = key.Block + block });
                int first = block * BlockRows;
                Fill(noise + (long)first * stride, Math.Min(BlockRows, rows - first) * stride, ref stream);
            }
        }

        [MethodImpl(Compiled.Alone)]
        private static void Fill(float* to, int count, ref RandomStream given)
        {
            // A local copy lives in registers.
            RandomStream stream = given;
            Vector512<float> one = Vector512<float>.One;
            for (int i = 0; i < count; i += Matrix.Alignment)
            {
                Vector512<float> u = Vector512.MaxNative(stream.NextSixteenUniform(16), Vector512.Create(SmallestUniform));
                (VectorMath.Log(u) - VectorMath.Log(one - u)).StoreAligned(to + i);
            }
        }
    }
}
