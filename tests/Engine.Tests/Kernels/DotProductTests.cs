using DreamViz.Engine.Kernels;

namespace DreamViz.Engine.Tests.Kernels;

public class DotProductTests
{
    [Fact]
    public void Is_the_reference_at_every_length()
    {
        for (int length = 0; length <= 129; length++)
        {
            float[] x = Some.Floats(length, 1, 3), y = Some.Floats(length, 2);
            Assert.Equal(DotProduct.Reference(x, y), DotProduct.Compute(x, y), 1e-13 * length);
        }
    }

    [Fact]
    public void Small_terms_beside_large_ones_are_not_lost()
    {
        float[] x = [1e8f, .. Enumerable.Repeat(1f, 40), -1e8f], ones = [.. Enumerable.Repeat(1f, 42)];
        Assert.Equal(40, DotProduct.Compute(x, ones));
    }

    [Fact]
    public void Refuses_lengths_that_differ() =>
        Assert.Throws<ArgumentException>(() => DotProduct.Compute(new float[3], new float[4]));
}
