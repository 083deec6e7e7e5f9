using DreamViz.Viz.Controls;
using DreamViz.Viz.Panels;

namespace DreamViz.Viz.Tests.Panels;

public sealed class ScaleTests
{
    [Theory, InlineData(0.5, "0.5 / s"), InlineData(10, "10 / s"), InlineData(1200, "1,200 / s")]
    public void A_speed_survives_the_slider_and_has_a_name(double rate, string name)
    {
        Assert.Equal(rate, SpeedScale.Rate(SpeedScale.Position(rate)), 6);
        Assert.Equal(name, SpeedScale.Name(rate));
    }

    [Fact]
    public void The_right_end_of_the_speed_slider_is_full_speed()
    {
        Assert.Equal(double.PositiveInfinity, SpeedScale.Rate(1));
        Assert.Equal(1, SpeedScale.Position(double.PositiveInfinity));
        Assert.Equal(0.5, SpeedScale.Rate(0));
    }

    [Fact]
    public void Going_faster_step_by_step_reaches_full_speed_and_back_the_slowest()
    {
        double rate = SpeedScale.Slowest;
        for (int i = 0; i < 30; i++)
        {
            double next = SpeedScale.Step(rate, 1);
            Assert.True(next > rate || double.IsPositiveInfinity(rate));
            rate = next;
        }

        Assert.Equal(double.PositiveInfinity, rate);
        for (int i = 0; i < 30; i++) rate = SpeedScale.Step(rate, -1);
        Assert.Equal(SpeedScale.Slowest, rate);
    }

    [Theory, InlineData(1, 50, true, true), InlineData(-3, 9, false, false), InlineData(1e-4, 2, true, false)]
    public void A_slider_gives_back_the_value_at_its_position(double minimum, double maximum, bool logarithmic, bool whole)
    {
        var scale = new SliderScale(minimum, maximum, logarithmic, whole);
        for (int i = 0; i <= 20; i++)
        {
            double value = scale.Value(i / 20.0);
            Assert.InRange(value, minimum, maximum);
            Assert.Equal(value, scale.Value(scale.Position(value)), 9);
        }
    }

    [Fact]
    public void Steps_of_a_whole_slider_never_get_stuck()
    {
        var scale = new SliderScale(1, 500, Logarithmic: true, Whole: true);
        double value = 1;
        for (int i = 0; i < 100; i++) value = scale.Step(value, 1);
        Assert.Equal(500, value);
        for (int i = 0; i < 100; i++) value = scale.Step(value, -1);
        Assert.Equal(1, value);
    }

    [Fact]
    public void Later_steps_stand_further_right_and_the_newest_before_the_end()
    {
        var axis = new StepAxis(175, 1081, 12_480);
        Assert.Equal(175, axis.X(0), 3);
        Assert.InRange(axis.X(1), 209, 212);
        for (long step = 1; step < 12_480; step *= 2) Assert.True(axis.X(step) > axis.X(step / 2));
        Assert.Equal(175 + 0.945f * 1081, axis.X(12_480), 1);
    }

    [Theory, InlineData(12.0, 4), InlineData(0.03, 4), InlineData(700.0, 5), InlineData(1.0, 1)]
    public void Ticks_are_round_and_few_but_not_too_few(double range, int most)
    {
        double distance = AxisTicks.Distance(range, most);
        Assert.InRange(range / distance, most / 2.6, most);
        double mantissa = distance / Math.Pow(10, Math.Floor(Math.Log10(distance) + 1e-9));
        Assert.Contains(Math.Round(mantissa, 6), (double[])[1, 2, 4, 5]);
    }

    [Theory]
    [InlineData(0.1428, "0.143"), InlineData(5.0, "5"), InlineData(0.00012, "1.2e−4"), InlineData(-12.34, "−12.3"), InlineData(0.0, "0")]
    public void Numbers_are_short(double value, string text) => Assert.Equal(text, Numbers.Short(value));
}
