using DreamViz.Engine.Objectives;

namespace DreamViz.Engine.Tests.Objectives;

public class RunningLogSumTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(-5000.0)]
    [InlineData(5000.0)]
    public void The_order_of_size_does_not_matter(double offset)
    {
        foreach (double[] order in new double[][] { [1, 2, 5], [5, 2, 1], [2, 5, 1] })
        {
            var sum = new RunningLogSum();
            foreach (double value in order) sum.Add(offset + Math.Log(value));
            Assert.Equal(offset + Math.Log(8), sum.Value, 1e-10);
        }
    }

    [Fact]
    public void Nothing_sums_to_minus_infinity_and_the_impossible_adds_nothing()
    {
        var sum = new RunningLogSum();
        Assert.Equal(double.NegativeInfinity, sum.Value);
        sum.Add(double.NegativeInfinity);
        Assert.Equal(double.NegativeInfinity, sum.Value);
        sum.Add(3);
        sum.Add(double.NegativeInfinity);
        Assert.Equal(3, sum.Value);
    }

    [Fact]
    public void What_is_no_number_is_not_hidden()
    {
        var sum = new RunningLogSum();
        sum.Add(1);
        sum.Add(double.NaN);
        sum.Add(2);
        Assert.True(double.IsNaN(sum.Value));
    }
}
