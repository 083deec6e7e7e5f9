using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class EveryKernelTests
{
    [Theory]
    [InlineData(100, 784, 200)]
    [InlineData(100, 200, 784)]
    [InlineData(129, 65, 301)]
    [InlineData(500, 131, 67)]
    [InlineData(1, 300, 700)]
    [InlineData(20, 24, 12)]
    public void Gives_the_same_bits_for_any_number_of_threads(int rows, int parents, int columns)
    {
        EveryKernel alone = new(rows, parents, columns);
        alone.Run(WorkerTeam.Single);
        List<ulong> expected = alone.Results();
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using WorkerTeam team = new(threads);
            EveryKernel shared = new(rows, parents, columns);
            shared.Run(team);
            Assert.Equal(expected, shared.Results());
        }
    }
}
