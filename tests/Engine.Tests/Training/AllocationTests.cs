using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class AllocationTests
{
    [Fact]
    public void No_kernel_and_no_step_of_any_estimator_and_optimizer_allocates_on_any_thread()
    {
        string[] lines = OwnProcess.Output(["allocations"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 * (1 + Allocations.EveryRule().Count() * 2 + Enum.GetValues<LabelInference>().Length + Allocations.WithLabels.Length + Allocations.WithGaussianLatents.Length + Allocations.WithGaussianLatentsInStacks.Length), lines.Length);
        Assert.All(lines, line => Assert.StartsWith("0 ", line));
    }
}
