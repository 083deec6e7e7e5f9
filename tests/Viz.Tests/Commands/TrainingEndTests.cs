using DreamViz.Viz.Commands.Training;

namespace DreamViz.Viz.Tests.Commands;

public class TrainingEndTests
{
    [Fact]
    public void The_time_left_is_what_the_steps_take_at_this_rate()
    {
        TrainingEnd end = new(1000, null);
        Assert.Equal(8, end.Left(200, 2, 100));
        Assert.Null(end.Left(200, 2, 0));
    }

    [Fact]
    public void The_first_second_tells_nothing()
    {
        Assert.Null(new TrainingEnd(1000, null).Left(1, 0.2, 6));
        Assert.Equal(19.8, new TrainingEnd(1000, 20).Left(1, 0.2, 6));
    }

    [Fact]
    public void The_nearer_end_counts() => Assert.Equal(3, new TrainingEnd(1000, 5).Left(200, 2, 100));
}
