using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;
using MathNet.Numerics.Distributions;

namespace DreamViz.Engine.Tests.Kernels;

public class CategoricalTests
{
    private static readonly (int Rows, int Words)[] Shapes = [(1, 1), (3, 2), (7, 15), (16, 16), (5, 17), (33, 63), (9, 129), (100, 301)];

    [Fact]
    public void Log_softmax_is_that_of_the_definition_and_its_shares_sum_to_one()
    {
        foreach ((int rows, int words) in Shapes)
        {
            Matrix logits = Some.MatrixWithDirtyPadding(rows, words, 1, 4), result = Copy(logits);
            LogSoftmax.Compute(result, WorkerTeam.Single);
            for (int r = 0; r < rows; r++)
            {
                for (int d = 0; d < words; d++)
                    Assert.Equal(LogSoftmax.Reference(logits.Row(r), d), result[r, d], 1e-6 * Math.Max(4 * Some.Largest, Math.Abs(result[r, d])));
                Assert.Equal(1, result.Row(r).ToArray().Sum(l => Math.Exp(l)), 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(3e38f)]
    public void Extreme_logits_stay_finite_where_the_result_is(float extreme)
    {
        Matrix logits = new(1, 3);
        (logits[0, 0], logits[0, 1], logits[0, 2]) = (extreme, 0, -extreme / 2);
        LogSoftmax.Compute(logits, WorkerTeam.Single);
        Assert.Equal(0, logits[0, 0]);
        Assert.Equal(-extreme, logits[0, 1]);
        (logits[0, 0], logits[0, 1], logits[0, 2]) = (extreme, extreme, extreme);
        LogSoftmax.Compute(logits, WorkerTeam.Single);
        Assert.Equal(-Math.Log(3), logits[0, 1], extreme > 1e5 ? 10 : 1e-3);
        Assert.True(float.IsFinite(logits[0, 2]));
    }

    [Fact]
    public void Log_probabilities_and_errors_are_those_of_the_definition()
    {
        foreach ((int rows, int words) in Shapes)
        {
            CountMatrix documents = Some.Documents(rows, words, 2);
            Matrix logs = Some.MatrixWithDirtyPadding(rows, words, 3), errors = new(0, 0);
            for (int r = 0; r < rows; r++) logs.PaddedRow(r)[words..].Clear();
            LogSoftmax.Compute(logs, WorkerTeam.Single);
            float[] weights = Some.Floats(rows, 4), sums = new float[rows];
            sums.AsSpan().Fill(1);
            CategoricalLogProbability.Accumulate(documents, logs, sums, WorkerTeam.Single);
            CategoricalError.Compute(documents, logs, weights, errors, WorkerTeam.Single);
            Some.HasZeroPadding(errors);
            for (int r = 0; r < rows; r++)
            {
                double expected = 1 + Enumerable.Range(0, words).Sum(d => Count(documents, r, d) * (double)logs[r, d]);
                Assert.Equal(expected, sums[r], 1e-6 * Math.Max(1, Math.Abs(expected)));
                for (int d = 0; d < words; d++)
                {
                    double scale = Math.Abs(weights[r]) * (Count(documents, r, d) + documents.Total(r) * Math.Exp(logs[r, d]));
                    Assert.Equal(CategoricalError.Reference(documents, r, logs.Row(r), weights[r], d), errors[r, d], 4e-7 * scale + 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Probabilities_of_all_documents_of_n_words_sum_to_one()
    {
        Matrix logs = Some.Matrix(1, 4, 5, 2);
        LogSoftmax.Compute(logs, WorkerTeam.Single);
        foreach (int n in new[] { 1, 2, 5 })
        {
            double sum = 0;
            for (int code = 0; code < Math.Pow(n + 1, 4); code++)
            {
                int[] counts = [.. Enumerable.Range(0, 4).Select(d => code / (int)Math.Pow(n + 1, d) % (n + 1))];
                if (counts.Sum() != n) continue;
                int[] words = [.. Enumerable.Range(0, 4).Where(d => counts[d] > 0)];
                double logOrders = Factorial(n) - counts.Sum(Factorial);
                sum += Math.Exp(logOrders + CategoricalLogProbability.Compute(words, [.. words.Select(d => counts[d])], logs.Row(0)));
            }

            Assert.Equal(1, sum, 1e-5);
        }

        static double Factorial(int n) => Enumerable.Range(1, n).Sum(i => Math.Log(i));
    }

    [Fact]
    public void Sampled_words_and_lengths_are_as_frequent_as_their_probabilities()
    {
        const int Rows = 4000;
        int[] lengths = [3, 3, 8, 1];
        Matrix logs = new(Rows, 37), sums = new(0, 0);
        for (int r = 0; r < Rows; r++) Some.Floats(37, 6).CopyTo(logs.Row(r));
        LogSoftmax.Compute(logs, WorkerTeam.Single);
        BitMatrix documents = new(0, 0);
        int[] room = [];
        CategoricalSampling.Sample(logs, lengths, new StreamKey(7, StreamPurpose.Sleep), documents, sums, ref room, WorkerTeam.Single);
        double[] found = new double[37], ofLength = new double[9];
        for (int r = 0; r < Rows; r++)
        {
            ofLength[documents.Counts!.Total(r)]++;
            for (int d = 0; d < 37; d++) found[d] += Count(documents.Counts, r, d);
        }

        double words = found.Sum();
        IsPlausible(found, [.. logs.Row(0).ToArray().Select(l => words * Math.Exp(l))]);
        IsPlausible([ofLength[1], ofLength[3], ofLength[8]], [Rows / 4.0, Rows / 2.0, Rows / 4.0]);
    }

    [Fact]
    public void A_word_without_probability_is_never_drawn_and_a_certain_one_always()
    {
        float[] sums = new float[5];
        CategoricalSampling.Accumulate([float.NegativeInfinity, -1, float.NegativeInfinity, -1, -200], sums);
        foreach (float u in new[] { 0, 0.25f, 0.4999999f }) Assert.Equal(1, CategoricalSampling.Invert(sums, u));
        foreach (float u in new[] { 0.5f, 0.75f, 1 - 1f / (1 << 24) }) Assert.Equal(3, CategoricalSampling.Invert(sums, u));
    }

    [Fact]
    public void Counts_enter_a_network_and_its_gradient_as_the_definition_says()
    {
        foreach ((int rows, int words) in Shapes)
        {
            int units = 1 + words % 40;
            CountMatrix documents = Some.Documents(rows, words, 8);
            Matrix weights = Some.Matrix(words, units, 9), errors = Some.MatrixWithDirtyPadding(rows, units, 10), y = new(0, 0), gradient = new(words, units);
            float[] bias = Some.Floats(units, 11);
            CountAffine.Compute(documents, weights, bias, y, WorkerTeam.Single);
            CountOuterProduct.Accumulate(documents, errors, gradient, WorkerTeam.Single);
            Some.HasZeroPadding(gradient);
            for (int h = 0; h < units; h++)
            {
                for (int r = 0; r < rows; r++) Assert.Equal(CountAffine.Reference(documents, r, weights, bias, h), y[r, h], 1e-5 * (words + 1));
                for (int v = 0; v < words; v++) Assert.Equal(CountOuterProduct.Reference(documents, errors, v, h), gradient[v, h], 1e-5 * (rows + 1));
            }
        }
    }

    [Fact]
    public void Documents_do_not_depend_on_the_number_of_threads()
    {
        List<double> alone = Everything(WorkerTeam.Single);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using WorkerTeam team = new(threads);
            Assert.Equal(alone, Everything(team));
        }
    }

    /// <summary>One call of every kernel for documents, with all results in one list.</summary>
    private static List<double> Everything(WorkerTeam team)
    {
        CountMatrix documents = Some.Documents(130, 301, 1);
        Matrix logs = Some.Matrix(130, 301, 2), errors = new(0, 0), y = new(0, 0), gradient = new(301, 50), sums = new(0, 0);
        LogSoftmax.Compute(logs, team);
        float[] logProbabilities = new float[130];
        CategoricalLogProbability.Accumulate(documents, logs, logProbabilities, team);
        CategoricalError.Compute(documents, logs, Some.Floats(130, 3), errors, team);
        CountAffine.Compute(documents, Some.Matrix(301, 50, 4), Some.Floats(50, 5), y, team);
        CountOuterProduct.Accumulate(documents, y, gradient, team);
        BitMatrix drawn = new(0, 0);
        int[] room = [];
        CategoricalSampling.Sample(logs, [5, 80], new StreamKey(1, StreamPurpose.Sleep), drawn, sums, ref room, team);
        List<double> results = [];
        foreach (Matrix matrix in new[] { logs, errors, y, gradient })
            foreach (float value in matrix.Flat) results.Add(value);
        foreach (float value in logProbabilities) results.Add(value);
        for (int r = 0; r < drawn.Rows; r++)
        {
            foreach (int word in drawn.Counts!.Words(r)) results.Add(word);
            foreach (int count in drawn.Counts.Counts(r)) results.Add(count);
        }

        return results;
    }

    private static void IsPlausible(double[] found, double[] expected)
    {
        double statistic = found.Zip(expected, (f, e) => (f - e) * (f - e) / e).Sum();
        Assert.InRange(ChiSquared.CDF(found.Length - 1, statistic), 0.0001, 0.9999);
    }

    private static int Count(CountMatrix documents, int row, int word)
    {
        int place = documents.Words(row).IndexOf(word);
        return place < 0 ? 0 : documents.Counts(row)[place];
    }

    private static Matrix Copy(Matrix matrix)
    {
        Matrix copy = new(0, 0);
        copy.CopyFrom(matrix);
        return copy;
    }
}
