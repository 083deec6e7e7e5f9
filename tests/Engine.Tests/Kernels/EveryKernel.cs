using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>One call of every kernel, on operands of one shape, with all results in one list.</summary>
internal sealed class EveryKernel
{
    private static readonly StreamKey Key = new(5, StreamPurpose.Wake);
    private readonly BitMatrix x, children, sampled = new(0, 0), ordered = new(0, 0), transposed = new(0, 0);
    private readonly Matrix hidden, weights, errors, logits = new(0, 0), y = new(0, 0), back = new(0, 0), deltas = new(0, 0);
    private readonly Matrix gradient, denseGradient, shares = new(0, 0), softpluses = new(0, 0);
    private readonly Matrix tangents = new(0, 0), leaks = new(0, 0), throughTangents = new(0, 0), throughLeaks = new(0, 0);
    private readonly Matrix free = new(0, 0), conditioned = new(0, 0), slopes = new(0, 0), soft = new(0, 0), softSlopes = new(0, 0);
    private readonly Matrix flipped = new(0, 0), noise = new(0, 0), siblings, given = new(0, 0), drawn = new(0, 0);
    private readonly Matrix slopedScores = new(0, 0), pulled = new(0, 0), expected = new(0, 0), scores = new(0, 0), signals = new(0, 0);
    private readonly Matrix signaled = new(0, 0), squared, rowWeights, columnBiases;
    private readonly Matrix residuals = new(0, 0), relaxedResiduals = new(0, 0), path = new(0, 0), paths = new(0, 0), updates = new(0, 0);
    private readonly Matrix updateSums = new(0, 0), differences = new(0, 0), weighed = new(0, 0);
    private readonly BitMatrix pairs;
    private readonly Matrix pairLogits, uniforms = new(0, 0), ofPairs = new(0, 0);
    private readonly double[] lengths;
    private readonly Matrix completed = new(0, 0), orderedSoft = new(0, 0), orderedSlopes = new(0, 0), throughOrder = new(0, 0), ofLogits = new(0, 0);
    private readonly float[] bias, scales, logProbabilities, priors, sums, logSums, relaxed, products, judged, ratios, pairWeights;

    public EveryKernel(int rows, int parents, int columns)
    {
        x = Some.Bits(rows, parents, 1, 0.3);
        children = Some.Bits(rows, columns, 2);
        hidden = Some.Matrix(rows, parents, 3);
        weights = Some.Matrix(parents, columns, 4, 0.3f);
        errors = Some.Matrix(rows, columns, 5);
        siblings = OrderedSamplingTests.Siblings(columns, 8, 0.3f);
        bias = Some.Floats(columns, 6);
        scales = Some.Floats(rows, 7);
        (squared, rowWeights, columnBiases) = (new Matrix(2, columns), Some.Matrix(3, rows, 9), Some.Matrix(1, columns, 10));
        (pairs, pairLogits) = (Some.Bits(2 * rows, columns, 11), Some.Matrix(2 * rows, columns, 12));
        pairWeights = Some.Floats(2 * rows, 13);
        lengths = [.. scales.Select(scale => (double)scale)];
        gradient = new Matrix(parents, columns);
        denseGradient = new Matrix(parents, columns);
        (logProbabilities, priors, sums, logSums) = (new float[rows], new float[rows], new float[columns], new float[rows]);
        (relaxed, products, judged, ratios) = (new float[rows], new float[rows], new float[rows], new float[rows]);
    }

    public void Run(WorkerTeam team)
    {
        BinaryAffine.Compute(x, weights, bias, logits, team);
        BernoulliSampling.Sample(logits, Key, sampled, team);
        drawn.CopyFrom(logits);
        OrderedSampling.Sample(drawn, siblings, Key, ordered, team);
        given.CopyFrom(logits);
        BinaryAffine.Accumulate(children, siblings, given, team);
        BernoulliLogProbability.Accumulate(children, logits, logProbabilities, team);
        BernoulliLogProbability.Accumulate(children, bias, priors, team);
        FlippedLogProbability.Compute(children, logits, x, weights, flipped, team);
        BernoulliError.Compute(children, logits, scales, deltas, team);
        BinaryOuterProduct.Accumulate(x, deltas, gradient, team);
        BernoulliError.Compute(children, bias, scales, deltas, team);
        ColumnSums.Accumulate(deltas, sums, team);
        DenseAffine.Compute(hidden, weights, bias, y, team);
        DenseOuterProduct.Accumulate(hidden, errors, denseGradient, team);
        DenseBackward.Compute(errors, weights, back, team);
        BitTranspose.Compute(x, transposed);
        RelaxedLogProbability.Accumulate(errors, logits, relaxed, team);
        LogisticNoise.Fill(logits.Rows, logits.Columns, Key, noise, team);
        ConditionedLogistic.Draw(children, logits, Key, Key with { Layer = 1 }, free, conditioned, slopes, team);
        SoftBits.Compute(logits, noise, 0.7, soft, softSlopes, team);
        completed.CopyFrom(logits);
        OrderedSoftBits.Compute(completed, siblings, noise, 0.7, orderedSoft, orderedSlopes, team);
        throughOrder.CopyFrom(errors);
        OrderedSoftBits.Differentiate(siblings, orderedSlopes, orderedSoft, throughOrder, ofLogits, team);
        for (int r = 0; r < logits.Rows; r++) products[r] = (float)(DotProduct.Compute(logits.Row(r), errors.Row(r)) + DoubleSum.Compute(errors.Row(r)));
        RunWeighedScores(team);
        RunElementWise();
    }

    /// <summary>The bits of every result.</summary>
    public List<ulong> Results()
    {
        List<ulong> results = [.. sampled.Words, .. ordered.Words, .. transposed.Words, .. pairs.Words];
        Matrix[] matrices =
        [
            logits, deltas, gradient, y, denseGradient, back, shares, softpluses, tangents, leaks, throughTangents, throughLeaks,
            noise, given, drawn, flipped, free, conditioned, slopes, soft, softSlopes, slopedScores, pulled, expected, scores, signals,
            signaled, squared, residuals, relaxedResiduals, path, paths, updates, updateSums, differences, weighed, completed, orderedSoft,
            orderedSlopes, throughOrder, ofLogits, uniforms, ofPairs,
        ];
        foreach (Matrix matrix in matrices) Add(matrix.Flat);
        foreach (float[] vector in new[] { logProbabilities, priors, sums, logSums, relaxed, products, judged, ratios }) Add(vector);
        return results;

        void Add(ReadOnlySpan<float> values)
        {
            foreach (float value in values) results.Add(BitConverter.SingleToUInt32Bits(value));
        }
    }

    private void RunWeighedScores(WorkerTeam team)
    {
        softpluses.CopyFrom(columnBiases);
        Softplus.Compute(columnBiases.Flat, softpluses.Flat);
        ScoreAndSlope.Compute(children, logits, scales, errors, scales, slopedScores, team);
        ScoreAndSlope.ComputeTowards(children, logits, scales, errors, scales, pulled, team);
        ExpectedLogRatio.Compute(logits, columnBiases, softpluses, expected, team);
        AntitheticBits.Draw(pairs, pairLogits, groupRows: 2, branch: 1, Key, uniforms, team);
        AntitheticBits.ComputeScores(pairs, pairLogits, groupRows: 2, branch: 1, pairWeights, ofPairs, team);
        BernoulliResidual.Compute(children, logits, residuals, judged, team);
        BernoulliResidual.Compute(soft, logits, relaxedResiduals, team);
        RelaxedLogRatio.Accumulate(soft, columnBiases, logits, ratios, team);
        path.CopyFrom(errors);
        LogRatioPath.Compute(path, columnBiases, logits, softSlopes, paths, team);
        updates.CopyFrom(paths);
        ControlledUpdate.Compute(residuals, scales, soft, softSlopes, updates, updateSums, team);
        MatrixSweeps.Subtract(soft, softSlopes, 0.3f, differences, team);
        MatrixSweeps.AddDifference(soft, softSlopes, errors, logits, differences, team);
        MatrixSweeps.Multiply(soft, softSlopes, scales, -1, weighed, team);
        DrawnLogRatio.Compute(children, logits, columnBiases, columnBiases, lengths, scores, signals, team);
        SignaledScores.Compute(scores, signals, scales, scales, signaled, team);
        SquaredScores.Accumulate(scores, signals, rowWeights, squared, team);
    }

    private void RunElementWise()
    {
        foreach (Matrix result in (ReadOnlySpan<Matrix>)[shares, softpluses, tangents, leaks])
            result.Reshape(logits.Rows, logits.Columns);
        Sigmoid.Compute(logits.Flat, shares.Flat);
        Softplus.Compute(logits.Flat, softpluses.Flat);
        HyperbolicTangent.Compute(logits.Flat, tangents.Flat);
        LeakyRelu.Compute(logits.Flat, leaks.Flat);
        throughTangents.CopyFrom(errors);
        throughLeaks.CopyFrom(errors);
        HyperbolicTangent.Backward(tangents.Flat, throughTangents.Flat);
        LeakyRelu.Backward(leaks.Flat, throughLeaks.Flat);
        for (int r = 0; r < logits.Rows; r++) logSums[r] = LogSumExp.Compute(logits.Row(r));
    }
}
