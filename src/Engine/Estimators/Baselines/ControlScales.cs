using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>For every unit of a layer a = E[N f s²] / E[N² s²], the scale of the control variate N·s that leaves f·s − a·N·s the least
/// variance where E[s | N] = 0, N the words of documents and 1 elsewhere; both means forgotten exponentially, the first batch taken as
/// it is.</summary>
internal sealed class ControlScales(int units)
{
    // Of units that never leave one state nothing can be learned.
    private const float LeastSquare = 1e-12f;

    private readonly Matrix sums = new(2, units), rows = new(0, 0);
    private double total;

    /// <summary>[2, units] E[N f s²] in nats and E[N² s²], of past batches.</summary>
    public Matrix State { get; } = new(2, units);

    /// <summary>[1, units] a as it was taken last, in nats, of documents per word; 0 before the first batch.</summary>
    public Matrix Scales { get; } = new(1, units);

    /// <summary>Takes a, from now on, from <see cref="State"/>.</summary>
    public void Begin()
    {
        Span<float> products = State.Row(0), squares = State.Row(1), scales = Scales.Row(0);
        for (int i = 0; i < scales.Length; i++) scales[i] = squares[i] > LeastSquare ? products[i] / squares[i] : 0;
    }

    /// <summary>Notes the newest batch, rows b·K + k, which weigh e_b each.</summary>
    /// <param name="shared">[B·K] the part of f that all units share.</param>
    /// <param name="signals">[B·K, units] each unit's own part, less N a.</param>
    /// <param name="scores">[B·K, units] s.</param>
    /// <param name="exampleWeights">[B] e.</param>
    /// <param name="lengths">[B·K] N.</param>
    /// <param name="team">Who computes.</param>
    public void Observe(ReadOnlySpan<double> shared, Matrix signals, Matrix scores, ReadOnlySpan<float> exampleWeights,
        ReadOnlySpan<double> lengths, WorkerTeam team)
    {
        rows.Reshape(3, shared.Length);
        Span<float> weights = rows.Row(0), common = rows.Row(1), words = rows.Row(2);
        int samples = shared.Length / Math.Max(1, exampleWeights.Length);
        for (int r = 0; r < shared.Length; r++)
        {
            float e = exampleWeights[r / samples];
            total += e;
            (weights[r], common[r], words[r]) = ((float)(e * lengths[r]), (float)shared[r], (float)lengths[r]);
        }

        SquaredScores.Accumulate(scores, signals, rows, sums, team);
    }

    /// <summary>mean ← decay · mean + (1 − decay) · (the batch's mean), and forgets the batch.</summary>
    public void Adapt(double decay)
    {
        Span<float> products = State.Row(0), squares = State.Row(1), scales = Scales.Row(0), newProducts = sums.Row(0), newSquares = sums.Row(1);
        for (int i = 0; i < units && total > 0; i++)
        {
            double square = newSquares[i] / total, product = newProducts[i] / total + scales[i] * square;
            products[i] = (float)(decay * products[i] + (1 - decay) * product);
            squares[i] = (float)(decay * squares[i] + (1 - decay) * square);
        }

        sums.Clear();
        total = 0;
    }
}
