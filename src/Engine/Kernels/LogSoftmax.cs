using System.Numerics.Tensors;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>aᵢ ← aᵢ − log Σⱼ e^aⱼ: logits become log-probabilities of one of D values.</summary>
/// <remarks>Error below 1e-6 · max(1, |a|, |result|) against <see cref="Reference"/>; never takes the log of a rounded
/// probability. A row's results depend on that row alone. Allocates nothing.</remarks>
public static class LogSoftmax
{
    private const int SmallestRange = 16384;

    /// <summary>Every row of logits [B, D], in place. The padding stays what it was.</summary>
    public static void Compute(Matrix logits, WorkerTeam team)
    {
        if (logits.Columns > 0) team.Run(new Work(logits), logits.Rows, SmallestRange / logits.Columns);
    }

    /// <summary>The definition, in double: element d of a row.</summary>
    public static double Reference(ReadOnlySpan<float> logits, int d) => logits[d] - LogSumExp.Reference(logits);

    private readonly struct Work(Matrix logits) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int r = start; r < end; r++)
            {
                Span<float> row = logits.Row(r);
                TensorPrimitives.Subtract(row, LogSumExp.Compute(row), row);
            }
        }
    }
}
