using DreamViz.Engine.Kernels;

namespace DreamViz.Engine.Tests.Kernels;

public class DoubleSumTests
{
    [Fact]
    public void Is_the_reference_at_every_length()
    {
        for (int length = 0; length <= 129; length++)
        {
            float[] x = Some.Floats(length, 1, 3);
            Assert.Equal(DoubleSum.Reference(x), DoubleSum.Compute(x), 1e-13 * length);
        }
    }

    [Fact]
    public void Small_terms_beside_large_ones_are_not_lost() =>
        Assert.Equal(40, DoubleSum.Compute([1e8f, .. Enumerable.Repeat(1f, 40), -1e8f]));
}
