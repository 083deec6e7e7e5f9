namespace DreamViz.Engine.Tests.Training;

/// <summary>All kernels, and runs with every optimizer, with and without hidden layers, two of them of 2,000 steps, in processes that do
/// without some of the hardware's instructions.</summary>
public class FingerprintTests
{
    private static readonly Lazy<string> WithAllInstructions = new(() => Fingerprints.Read().Hashes);

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public void Kernels_and_long_runs_give_the_same_bits_on_lesser_machines(string switchedOff, int widestVector)
    {
        (int widest, string hashes) = Fingerprints.Read(switchedOff);
        Assert.InRange(widest, 0, widestVector);
        Assert.Equal(WithAllInstructions.Value, hashes);
    }
}
