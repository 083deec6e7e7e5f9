using DreamViz.Engine.Diagnostics.Laboratory;

namespace DreamViz.Engine.Tests.Diagnostics.Laboratory;

public class BlockErrorsTests
{
    [Fact]
    public void Blocks_of_each_power_of_two_are_averaged()
    {
        BlockErrors errors = new([1, 0]);
        foreach (float x in (float[])[2, 0, 2, 4, 9]) errors.Add([x, 0]);
        AveragedError[] expected =
        [
            new(1, Math.Sqrt((1 + 1 + 1 + 9 + 64) / 5.0)), // each minus 1
            new(2, Math.Sqrt((0 + 4) / 2.0)), // (2 + 0) / 2 and (2 + 4) / 2, minus 1
            new(4, 1), // 8 / 4 − 1
        ];
        Assert.Equal(expected, errors.All);
    }
}
