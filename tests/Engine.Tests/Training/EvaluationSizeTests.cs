using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class EvaluationSizeTests
{
    [Theory]
    [InlineData(32, 500, 300, 100)]
    [InlineData(148, 9_256, 300, 100)]
    [InlineData(1_184, 395_184, 300, 20)]
    [InlineData(1_684, 1_146_584, 300, 10)]
    [InlineData(10_000, 50_000_000, 20, 10)]
    [InlineData(1_000_000, 134_217_728, 10, 10)]
    public void Larger_machines_get_fewer_samples_then_fewer_examples(long units, long parameters, int examples, int samples) =>
        Assert.Equal(new EvaluationSize(examples, samples), EvaluationSize.For(units, parameters));

    [Fact]
    public void The_default_machine_is_judged_by_a_hundred_samples()
    {
        using TrainingLoop loop = new(SmallRuns.Trainer(), new TestClock());
        loop.Advance(0);
        Assert.Equal(100, loop.History.Evaluations.Single().Samples);
    }
}
