using DreamViz.Engine.Kernels;

namespace DreamViz.Engine.Tests.Kernels;

public class ElementWiseTests
{
    private delegate void Kernel(ReadOnlySpan<float> x, Span<float> y);

    [Fact]
    public void Sigmoid_is_within_1e_7_of_double_and_within_4e_7_of_its_own_size() =>
        AssertClose(Sigmoid.Compute, Sigmoid.Reference, _ => 1e-7, 4e-7);

    [Fact]
    public void Softplus_is_within_2e_7_times_the_logit() =>
        AssertClose(Softplus.Compute, Softplus.Reference, x => 2e-7 * Math.Max(1, Math.Abs(x)));

    [Fact]
    public void Tanh_is_within_2e_7() =>
        AssertClose(HyperbolicTangent.Compute, HyperbolicTangent.Reference, _ => 2e-7);

    [Fact]
    public void Leaky_relu_is_exact_but_for_rounding() =>
        AssertClose(LeakyRelu.Compute, LeakyRelu.Reference, x => Math.Max(1e-7 * Math.Abs(x), float.Epsilon));

    [Fact]
    public void Saturated_and_infinite_logits_have_their_limits()
    {
        float infinity = float.PositiveInfinity;
        float[] x = [-infinity, -1e4f, 1e4f, infinity];
        Assert.Equal([0, 0, 1, 1], Apply(Sigmoid.Compute, x));
        Assert.Equal([0, 0, 1e4f, infinity], Apply(Softplus.Compute, x));
        Assert.Equal([-1, -1, 1, 1], Apply(HyperbolicTangent.Compute, x));
        Assert.Equal([-infinity, -1e2f, 1e4f, infinity], Apply(LeakyRelu.Compute, x));
    }

    [Fact]
    public void Nothing_hides_a_nan()
    {
        foreach (Kernel kernel in All) Assert.Equal([float.NaN], Apply(kernel, [float.NaN]));
        Assert.Equal(float.NaN, LogSumExp.Compute([1, float.NaN, 2]));
    }

    [Fact]
    public void A_result_does_not_depend_on_length_or_place_and_may_overwrite_its_argument()
    {
        float[] x = Some.Floats(40, 1, 5);
        foreach (Kernel kernel in All)
        {
            float[] whole = Apply(kernel, x);
            for (int start = 0; start < 9; start++)
            {
                for (int length = 0; length <= 31; length++)
                {
                    float[] part = x[start..(start + length)];
                    kernel(part, part);
                    Assert.Equal(whole[start..(start + length)], part);
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_written_past_the_arguments_length()
    {
        foreach (Kernel kernel in All)
        {
            float[] y = [7, 7, 7, 7, 7, 7];
            kernel([1, 2, 3], y);
            Assert.Equal([7, 7, 7], y[3..]);
        }
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused()
    {
        foreach (Kernel kernel in All) Assert.Throws<ArgumentException>(() => kernel(new float[3], new float[2]));
    }

    [Fact]
    public void Backward_factors_are_the_slopes_at_the_outputs()
    {
        float[] a = Some.Floats(37, 1, 2), tanh = Apply(HyperbolicTangent.Compute, a), leaky = Apply(LeakyRelu.Compute, a);
        float[] errors = Some.Floats(37, 2), throughTanh = [.. errors], throughLeaky = [.. errors];
        HyperbolicTangent.Backward(tanh, throughTanh);
        LeakyRelu.Backward(leaky, throughLeaky);
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(errors[i] * Slope(HyperbolicTangent.Reference, a[i]), throughTanh[i], 1e-6);
            Assert.Equal(errors[i] * Slope(LeakyRelu.Reference, a[i]), throughLeaky[i], 1e-6);
        }
    }

    [Fact]
    public void Log_sum_exp_agrees_with_the_reference_for_every_length_and_spread()
    {
        foreach (float spread in new[] { 0.01f, 1, 30, 300 })
        {
            for (int length = 1; length <= 129; length++)
            {
                float[] x = Some.Floats(length, (ulong)length, spread);
                double expected = LogSumExp.Reference(x);
                Assert.Equal(expected, LogSumExp.Compute(x), 4e-7 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Log_sum_exp_has_its_limits()
    {
        float infinity = float.PositiveInfinity;
        Assert.Equal(-infinity, LogSumExp.Compute([]));
        Assert.Equal(-infinity, LogSumExp.Compute([-infinity, -infinity]));
        Assert.Equal(infinity, LogSumExp.Compute([1, infinity, -infinity]));
        Assert.Equal(-1e4f, LogSumExp.Compute([-infinity, -1e4f]));
        Assert.Equal(1e30f, LogSumExp.Compute([1e30f, -1e30f]));
    }

    private static Kernel[] All => [Sigmoid.Compute, Softplus.Compute, HyperbolicTangent.Compute, LeakyRelu.Compute];

    private static float[] Apply(Kernel kernel, float[] x)
    {
        float[] y = new float[x.Length];
        kernel(x, y);
        return y;
    }

    private static double Slope(Func<double, double> function, double x) => (function(x + 1e-6) - function(x - 1e-6)) / 2e-6;

    // A fine grid, and every exponent of both signs.
    private static void AssertClose(
        Kernel kernel, Func<double, double> reference, Func<double, double> bound, double? relativeBound = null)
    {
        List<float> x = [];
        for (int i = -100_000; i <= 100_000; i++) x.Add(i / 1024f);
        for (int e = -140; e <= 120; e++) x.AddRange([MathF.ScaleB(1.3f, e), -MathF.ScaleB(1.7f, e)]);
        float[] y = Apply(kernel, [.. x]);
        for (int i = 0; i < y.Length; i++)
        {
            double expected = reference(x[i]), error = Math.Abs(y[i] - expected);
            if (!(error <= bound(x[i]))) Assert.Fail($"at {x[i]}: {y[i]}, expected {expected}");
            if (relativeBound * Math.Abs(expected) < error && x[i] >= -87)
                Assert.Fail($"at {x[i]}: {y[i]}, expected {expected}");
        }
    }
}
