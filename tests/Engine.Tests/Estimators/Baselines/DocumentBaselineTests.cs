using DreamViz.Engine.Estimators.Baselines;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;

namespace DreamViz.Engine.Tests.Estimators.Baselines;

public class DocumentBaselineTests
{
    private const int Words = 7, Width = 5, Repeats = 2;

    private static readonly float[] Logits = Some.Floats(Words, 3);
    private static readonly int[][] Counts = [[1, 0, 2, 0, 0, 0, 1], [0, 0, 0, 30, 0, 4, 0], [0, 1, 0, 0, 0, 0, 0]];

    private readonly DocumentBaseline network = new("baseline.0", Logits, Width, new StreamKey(1, StreamPurpose.Baseline));

    [Fact]
    public void It_starts_at_the_log_probability_of_independent_words()
    {
        double normalizer = Math.Log(Logits.Sum(a => Math.Exp(a)));
        double[] expected = [.. Counts.Select(x => x.Select((c, w) => c * (Logits[w] - normalizer)).Sum())];
        double[] predictions = Predict();
        for (int r = 0; r < predictions.Length; r++) Assert.Equal(expected[r / Repeats], predictions[r], 1e-4);
    }

    [Fact]
    public void A_document_twice_as_long_with_the_same_shares_has_twice_the_prediction()
    {
        Randomize();
        Assert.Equal(2 * Predict([1, 0, 2, 0, 0, 0, 1])[0], Predict([2, 0, 4, 0, 0, 0, 2])[0], 1e-4);
    }

    [Fact]
    public void It_predicts_by_its_definition_the_same_for_every_sample_of_an_example()
    {
        Randomize();
        double[] predictions = Predict();
        for (int r = 0; r < predictions.Length; r++) Assert.Equal(Reference(r / Repeats), predictions[r], 1e-4);
    }

    [Fact]
    public void Every_parameter_climbs_the_central_difference_of_the_errors_per_word()
    {
        Randomize();
        float[] errors = [.. Enumerable.Range(0, Counts.Length * Repeats).Select(r => 0.3f * r - 1)];
        Predict();
        network.AccumulateGradient(errors, WorkerTeam.Single);
        SmallNetwork.HasGradientOf(network.Parameters, () => Enumerable.Range(0, errors.Length)
            .Sum(r => errors[r] * Reference(r / Repeats) / Math.Pow(Counts[r / Repeats].Sum(), 2)));
    }

    private double Reference(int document)
    {
        Matrix[] values = [.. network.Parameters.Select(parameter => parameter.Value)];
        (Matrix weights, Matrix biases, Matrix output, Matrix linear) = (values[0], values[1], values[2], values[3]);
        double length = Counts[document].Sum();
        double Shares(Matrix matrix, int column) => Enumerable.Range(0, Words).Sum(w => Counts[document][w] / length * matrix[w, column]);
        return length * (Shares(linear, 0)
            + Enumerable.Range(0, Width).Sum(j => output[0, j] * Math.Tanh(biases[0, j] + Shares(weights, j))));
    }

    private double[] Predict(params int[][] documents)
    {
        if (documents.Length == 0) documents = Counts;
        var predictions = new double[documents.Length * Repeats];
        network.Predict(Bags(documents), predictions, WorkerTeam.Single);
        return predictions;
    }

    private static BitMatrix Bags(int[][] documents)
    {
        BitMatrix bits = new(0, Words);
        bits.BeginDocuments(Words);
        foreach (int[] document in documents)
        {
            int[] present = [.. Enumerable.Range(0, Words).Where(w => document[w] > 0)];
            bits.AppendDocument(present, [.. present.Select(w => document[w])]);
        }

        return bits;
    }

    private void Randomize() => SmallNetwork.Randomize(network.Parameters);
}
