using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Diagnostics.Laboratory;

public class MeanTestTests
{
    [Theory, InlineData(3), InlineData(40)]
    public void Means_that_are_as_expected_give_no_more_small_p_values_than_said_and_not_many_fewer(int coordinates)
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(seed => PValue(coordinates, 60, shift: 0, (ulong)seed)).Order()];
        double excess = values.Select((p, i) => (i + 1) / 400.0 - p).Max();
        Assert.InRange(excess, -1, 1.86 / Math.Sqrt(400)); // Kolmogorov–Smirnov, one side, p > 0.001
        Assert.InRange(values.Count(p => p < 0.2), 32, 400);
    }

    [Theory, InlineData(3), InlineData(40)]
    public void A_planted_bias_is_found(int coordinates) =>
        Assert.All(Enumerable.Range(0, 20), seed => Assert.InRange(PValue(coordinates, 2000, shift: 0.25f, (ulong)seed), 0, 0.003));

    [Fact]
    public void One_coordinate_gives_the_two_sided_t_test()
    {
        MeanTest test = new(1, 1);
        foreach (float value in (float[])[1, 2, 3, 4]) test.Add([value]);
        Assert.Equal(0.0305, test.PValue([0]), 4); // t = 2.5 / (1.29099 / 2) = 3.873 with 3 degrees of freedom
    }

    [Fact]
    public void Without_noise_any_offset_beyond_rounding_is_a_bias()
    {
        MeanTest test = new(2, 1);
        for (int i = 0; i < 20; i++) test.Add([1, 2]);
        Assert.Equal(1, test.PValue([1, 2]));
        Assert.Equal(0, test.PValue([1.1f, 2]));
    }

    [Fact]
    public void What_lies_within_chance_is_no_bias_however_quiet_some_directions_are()
    {
        // One estimate in a thousand carries the mean of half the coordinates, each a different one: few of them are met.
        const int Coordinates = 64, Count = 2000;
        MeanTest test = new(Coordinates, 1);
        float[] vector = new float[Coordinates], uniform = new float[1];
        var stream = new RandomStream(new StreamKey(1, StreamPurpose.Data));
        for (int n = 0; n < Count; n++)
        {
            stream.FillNormal(vector, 0.01f);
            stream.FillUniform(uniform);
            int met = (int)(uniform[0] * 32_000);
            if (met < 32) vector[met] += 32_000;
            test.Add(vector);
        }

        float[] expected = [.. Enumerable.Range(0, Coordinates).Select(i => i < 32 ? 1f : 0f)];
        Assert.InRange(test.PValue(expected), 0.01, 1);
        Assert.InRange(test.PValue([.. expected.Select(e => e + 500)]), 0, 0.001);
    }

    [Fact]
    public void What_rounding_does_is_no_bias_however_little_noise_there_is()
    {
        MeanTest test = new(2, 1);
        for (int i = 0; i < 200; i++) test.Add([1.0003f + 1e-6f * (i % 3), 2 + 1e-6f * (i % 5)]);
        Assert.Equal(1, test.PValue([1, 2]));
        Assert.InRange(test.PValue([1.01f, 2]), 0, 1e-6);
    }

    private static double PValue(int coordinates, int count, float shift, ulong seed)
    {
        MeanTest test = new(coordinates, seed);
        float[] vector = new float[coordinates];
        var stream = new RandomStream(new StreamKey(seed, StreamPurpose.Data));
        for (int n = 0; n < count; n++)
        {
            stream.FillNormal(vector, 1);
            for (int i = 0; i < coordinates; i++) vector[i] = (1 + i % 3) * vector[i] + shift;
            test.Add(vector);
        }

        return test.PValue(new float[coordinates]);
    }
}
