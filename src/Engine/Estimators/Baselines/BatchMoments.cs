namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>Learning signals of one batch, f of explanations of documents of N words; N = 1 for other examples.</summary>
/// <param name="Mean">m, the mean of f / N, in nats.</param>
/// <param name="Variance">The mean of (f − N·m)², in squared nats.</param>
/// <param name="SquareLength">The mean of N².</param>
internal readonly record struct BatchMoments(double Mean, double Variance, double SquareLength)
{
    /// <summary>Moments of rows b·K + k, which weigh e_b each.</summary>
    /// <param name="rows">[B·K] f, in nats.</param>
    /// <param name="lengths">[B·K] N; empty where all are 1.</param>
    /// <param name="exampleWeights">[B] e.</param>
    public static BatchMoments Of(ReadOnlySpan<double> rows, ReadOnlySpan<double> lengths, ReadOnlySpan<float> exampleWeights)
    {
        int samples = Math.Max(1, rows.Length / Math.Max(1, exampleWeights.Length));
        double total = 0, sum = 0, squareLength = 0, squares = 0;
        for (int r = 0; r < rows.Length; r++)
        {
            double e = exampleWeights[r / samples], length = lengths.IsEmpty ? 1 : lengths[r];
            total += e;
            sum += e * rows[r] / length;
            squareLength += e * length * length;
        }

        if (total == 0) return new BatchMoments(0, 0, 1);
        double mean = sum / total;
        for (int r = 0; r < rows.Length; r++)
        {
            double difference = rows[r] - mean * (lengths.IsEmpty ? 1 : lengths[r]);
            squares += exampleWeights[r / samples] * difference * difference;
        }

        return new BatchMoments(mean, squares / total, squareLength / total);
    }

    /// <summary>Mean square and variance of rows b·K + k, which weigh e_b each.</summary>
    /// <param name="rows">[B·K] nats.</param>
    /// <param name="exampleWeights">[B] e.</param>
    public static SignalSize Size(ReadOnlySpan<double> rows, ReadOnlySpan<float> exampleWeights)
    {
        BatchMoments moments = Of(rows, [], exampleWeights);
        return SignalSize.Of(moments.Mean, moments.Variance);
    }
}
