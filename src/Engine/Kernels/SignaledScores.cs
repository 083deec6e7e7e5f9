using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>(w·f + r)·s: scores s of units, each weighed by a signal f of its own and by one that the units of a row share.</summary>
/// <remarks>Rounding only. Padding becomes some number where that of scores and signals is one. Allocates nothing within the capacity of
/// the errors.</remarks>
public static unsafe class SignaledScores
{
    private const int SmallestRange = 16384;

    /// <summary>errors [B, D], reshaped and overwritten. Throws where shapes differ.</summary>
    /// <param name="scores">[B, D] s.</param>
    /// <param name="signals">[B, D] f.</param>
    /// <param name="signalWeights">[B] w.</param>
    /// <param name="shared">[B] r.</param>
    /// <param name="errors">Result.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(Matrix scores, Matrix signals, ReadOnlySpan<float> signalWeights, ReadOnlySpan<float> shared, Matrix errors,
        WorkerTeam team)
    {
        KernelChecks.Same(signals.Rows, scores.Rows, nameof(signals));
        KernelChecks.Same(signals.Columns, scores.Columns, nameof(signals));
        KernelChecks.Same(signalWeights.Length, scores.Rows, nameof(signalWeights));
        KernelChecks.Same(shared.Length, scores.Rows, nameof(shared));
        errors.Reshape(scores.Rows, scores.Columns);
        if (scores.Rows == 0 || scores.Columns == 0) return;
        fixed (float* s = &scores.Origin, f = &signals.Origin, w = signalWeights, r = shared, to = &errors.Origin)
            team.Run(new Work(s, f, w, r, to, scores.Stride), scores.Rows, SmallestRange / scores.Columns);
    }

    /// <summary>The definition, in double.</summary>
    public static double Reference(double score, double signal, double weight, double shared) => (weight * signal + shared) * score;

    private readonly struct Work(float* scores, float* signals, float* weights, float* shared, float* errors, int stride) : IRangeWork
    {
        [MethodImpl(Compiled.Alone)]
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                Vector512<float> w = Vector512.Create(weights[row]), r = Vector512.Create(shared[row]);
                for (long at = (long)row * stride; at < (long)(row + 1) * stride; at += Matrix.Alignment)
                    ((Vector512.LoadAligned(signals + at) * w + r) * Vector512.LoadAligned(scores + at)).StoreAligned(errors + at);
            }
        }
    }
}
