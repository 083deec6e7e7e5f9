using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Data;

/// <summary>Reads the real Fashion-MNIST where the environment variable DREAMVIZ_FASHION_MNIST names its folder.</summary>
public class PackagedDataTests
{
    [SkippableFact]
    public void Fashion_mnist_opens_as_it_was_published()
    {
        string? folder = Environment.GetEnvironmentVariable("DREAMVIZ_FASHION_MNIST");
        Skip.If(string.IsNullOrEmpty(folder), "DREAMVIZ_FASHION_MNIST names no folder");
        Dataset data = DataCatalog.Open(folder!, new DataOptions { Binarization = BinarizationKind.EveryEpoch });
        Assert.Equal((28, 28, 60_000, 10_000), (data.Width, data.Height, data.Training.Count, data.Test.Count));
        Assert.Equal(6000, data.Training.Labels!.Count(label => label == 9));
        double[] means = new double[784];
        data.Training.Means(means);
        Assert.Equal(0.2860, means.Average(), 0.0001);
        BitMatrix bits = new(0, 0);
        data.Training.Read([.. Enumerable.Range(0, 10_000)], 1, 0, bits);
        Assert.Equal(0.286, bits.CountOnes() / 7_840_000.0, 0.01);
    }
}
