using DreamViz.Engine.Kernels;

namespace DreamViz.Engine.Tests.Kernels;

public class ElementWiseTests
{
    private delegate void Kernel(ReadOnlySpan<float> x, Span<float> y);

    [Fact]
    public void Sigmoid_is_within_1e_7_of_double_and_within_4e_7_of_its_own_size() =>
        AssertClose(Sigmoid.Compute, Sigmoid.Reference, _ => 1e-7, 4e-7);

    [Fact]
    public void Softplus_is_within_1e_7_of_double_or_of_its_own_size() =>
        AssertClose(Softplus.Compute, Softplus.Reference, x => 1e-7 * Math.Max(1, Softplus.Reference(x)));

    [Fact]
    public void Tanh_is_within_1e_7_of_double() =>
        AssertClose(HyperbolicTangent.Compute, HyperbolicTangent.Reference, _ => 1e-7);

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
    public void Zeros_keep_their_sign_where_the_function_does()
    {
        Assert.Equal([0.5f, 0.5f], Apply(Sigmoid.Compute, [0, -0f]));
        Assert.Equal([false, true], Apply(HyperbolicTangent.Compute, [0, -0f]).Select(float.IsNegative));
        Assert.Equal([false, true], Apply(LeakyRelu.Compute, [0, -0f]).Select(float.IsNegative));
    }

    [Fact]
    public void Nothing_hides_a_nan_in_any_place_of_any_length()
    {
        for (int length = 1; length < 130; length++)
        {
            for (int place = 0; place < length; place++)
            {
                float[] x = Some.Floats(length, 1);
                x[place] = float.NaN;
                Assert.Equal(float.NaN, LogSumExp.Compute(x));
                foreach (Kernel kernel in All)
                {
                    float[] y = Apply(kernel, x);
                    Assert.True(float.IsNaN(y[place]) && y.Count(float.IsNaN) == 1);
                }
            }
        }
    }

    [Fact]
    public void A_result_does_not_depend_on_length_or_place_and_may_overwrite_its_argument()
    {
        float[] x = [.. ExtremeLogits.All, .. Some.Floats(160, 1, 5)];
        foreach (Kernel kernel in All)
        {
            float[] whole = Apply(kernel, x);
            foreach (int offset in Unaligned.Offsets)
            {
                for (int length = 0; length < 130; length++)
                {
                    int start = (length + offset) % 64;
                    Span<float> part = Unaligned.Copy(x.AsSpan(start, length), offset), apart = Unaligned.Copy(part, 63 - offset);
                    kernel(part, apart);
                    kernel(part, part);
                    Assert.True(part.SequenceEqual(whole.AsSpan(start, length)) && apart.SequenceEqual(part));
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_written_past_the_arguments_length()
    {
        foreach (Kernel kernel in All)
        {
            for (int length = 0; length < 130; length++)
            {
                float[] y = [.. Enumerable.Repeat(7f, length + 40)];
                kernel(new float[length], y);
                Assert.False(y.AsSpan(length).ContainsAnyExcept(7));
            }
        }
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused()
    {
        foreach (Kernel kernel in All) Assert.Throws<ArgumentException>(() => kernel(new float[3], new float[2]));
    }

    [Fact]
    public void Backward_multiplies_by_the_slope_at_the_output_for_every_length()
    {
        for (int length = 0; length < 130; length++)
        {
            float[] a = Some.Floats(length, 1, 2), errors = Some.Floats(length, 2);
            float[] tanh = Apply(HyperbolicTangent.Compute, a), leaky = Apply(LeakyRelu.Compute, a);
            Span<float> throughTanh = Unaligned.Copy(errors, 4), throughLeaky = Unaligned.Copy(errors, 7);
            HyperbolicTangent.Backward(tanh, throughTanh);
            LeakyRelu.Backward(leaky, throughLeaky);
            Close.Span(i => errors[i] * (1 - (double)tanh[i] * tanh[i]), throughTanh, i => 2e-7 * Math.Abs(errors[i]));
            Close.Span(i => errors[i] * (a[i] > 0 ? 1 : 0.01), throughLeaky, i => 1e-7 * Math.Abs(errors[i]));
        }
    }

    [Fact]
    public void Backward_refuses_lengths_that_differ()
    {
        Assert.Throws<ArgumentException>(() => HyperbolicTangent.Backward(new float[3], new float[2]));
        Assert.Throws<ArgumentException>(() => LeakyRelu.Backward(new float[2], new float[3]));
    }

    [Fact]
    public void Log_sum_exp_agrees_with_the_reference_for_every_length_and_spread()
    {
        foreach (float spread in new[] { 0.01f, 1, 30, 300 })
        {
            for (int length = 1; length < 130; length++)
            {
                float[] x = Some.Floats(length, (ulong)length, spread);
                double expected = LogSumExp.Reference(x);
                Assert.Equal(expected, LogSumExp.Compute(x), 4e-7 * Math.Max(1, Math.Abs(expected)));
                foreach (int offset in Unaligned.Offsets) Assert.Equal(LogSumExp.Compute(x), LogSumExp.Compute(Unaligned.Copy(x, offset)));
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

    [Fact]
    public void Log_sum_exp_of_pairs_of_extreme_terms_agrees_with_the_reference()
    {
        foreach (float a in ExtremeLogits.All)
        {
            foreach (float b in ExtremeLogits.All)
            {
                double expected = LogSumExp.Reference([a, b, a]);
                Close.Span(_ => expected, [LogSumExp.Compute([a, b, a])], _ => 4e-7 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    private static Kernel[] All => [Sigmoid.Compute, Softplus.Compute, HyperbolicTangent.Compute, LeakyRelu.Compute];

    private static float[] Apply(Kernel kernel, float[] x)
    {
        float[] y = new float[x.Length];
        kernel(x, y);
        return y;
    }

    // A fine grid, every exponent of both signs, and the extremes.
    private static void AssertClose(
        Kernel kernel, Func<double, double> reference, Func<double, double> bound, double? relativeBound = null)
    {
        List<float> x = [];
        for (int i = -100_000; i <= 100_000; i++) x.Add(i / 1024f);
        for (int e = -140; e <= 120; e++) x.AddRange([MathF.ScaleB(1.3f, e), -MathF.ScaleB(1.7f, e)]);
        x.AddRange(ExtremeLogits.All.Where(float.IsFinite));
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
