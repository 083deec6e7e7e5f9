using System.Numerics.Tensors;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Diagnostics.Laboratory;

public class GradientSketchTests
{
    [Fact]
    public void Short_gradients_are_kept_as_they_are()
    {
        GradientSketch sketch = new(3, 1);
        float[] kept = new float[sketch.Places];
        sketch.Apply([1, -2, 3], kept);
        Assert.Equal([1, -2, 3], kept);
    }

    [Fact]
    public void Long_ones_keep_their_inner_products_on_average()
    {
        const int P = 4000;
        float[] a = Normal(1, P), b = [.. Normal(2, P).Zip(a, (x, y) => 0.5f * x + y)];
        double exact = TensorPrimitives.Dot<float>(a, b), sum = 0;
        for (ulong seed = 0; seed < 40; seed++) sum += Product(seed);
        Assert.InRange(sum / 40 / exact, 0.95, 1.05);
        Assert.InRange(Product(1) / exact, 0.7, 1.3);

        double Product(ulong seed)
        {
            GradientSketch sketch = new(P, seed);
            float[] x = new float[sketch.Places], y = new float[sketch.Places];
            sketch.Apply(a, x);
            sketch.Apply(b, y);
            Assert.Equal(GradientSketch.MaximumPlaces, sketch.Places);
            return TensorPrimitives.Dot<float>(x, y);
        }
    }

    private static float[] Normal(ulong seed, int count)
    {
        float[] values = new float[count];
        new RandomStream(new StreamKey(seed, StreamPurpose.Data)).FillNormal(values, 1);
        return values;
    }
}
