using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class EvaluationScheduleTests
{
    [Fact]
    public void Begins_densely_and_thins_out_logarithmically()
    {
        long[] steps = [.. Steps().TakeWhile(s => s <= 100_000)];
        Assert.Equal([0, 1, 2, 3, 5, 7, 10, 12, 13, 15, 18, 21], steps.Take(12));
        Assert.Equal(16, steps.Count(s => s is > 10 and <= 100));
        Assert.Equal(16, steps.Count(s => s is > 1000 and <= 10_000));
        Assert.Contains(100_000, steps);
    }

    [Fact]
    public void Never_leaves_a_gap_longer_than_it_says()
    {
        long previous = 0;
        foreach (long step in Steps().TakeWhile(s => s <= 3_000_000))
        {
            Assert.InRange(step - previous, step == 0 ? 0 : 1, EvaluationSchedule.LargestGap);
            previous = step;
        }
    }

    [Fact]
    public void Depends_on_the_step_alone()
    {
        long[] steps = [.. Steps().TakeWhile(s => s <= 10_000)];
        for (long step = -1; step < 5000; step++)
            Assert.Equal(steps.First(s => s > step), EvaluationSchedule.Next(step));
    }

    private static IEnumerable<long> Steps()
    {
        for (long step = EvaluationSchedule.Next(-1); ; step = EvaluationSchedule.Next(step)) yield return step;
    }
}
