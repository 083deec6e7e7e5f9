using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class EveryKernelTests
{
    [Theory]
    [InlineData(100, 784, 200)]
    [InlineData(100, 200, 784)]
    [InlineData(129, 65, 301)]
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

    [Theory]
    [InlineData(100, 200, 90, 14731301559762724408UL)]
    [InlineData(20, 24, 12, 7571017643518208205UL)]
    [InlineData(3, 70, 33, 1068071723776170605UL)]
    public void Gives_the_same_bits_on_every_machine(int rows, int parents, int columns, ulong recorded)
    {
        EveryKernel kernels = new(rows, parents, columns);
        kernels.Run(WorkerTeam.Single);
        ulong hash = 14695981039346656037;
        foreach (ulong result in kernels.Results()) hash = unchecked((hash ^ result) * 1099511628211);
        Assert.Equal(recorded, hash);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Allocates_nothing_in_steady_use(int threads)
    {
        using WorkerTeam team = new(threads);
        EveryKernel large = new(100, 300, 200), small = new(20, 24, 12);
        for (int i = 0; i < 3; i++)
        {
            large.Run(team);
            small.Run(team);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
        {
            large.Run(team);
            small.Run(team);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
