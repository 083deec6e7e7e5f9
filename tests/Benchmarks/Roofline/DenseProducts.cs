using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Roofline;

/// <summary>The products behind deterministic hidden layers: both operands are floats, so the peak is their limit.</summary>
internal static class DenseProducts
{
    /// <summary>Forward, gradient and backward, into latent units and into the visible ones.</summary>
    public static IEnumerable<Product> All()
    {
        foreach (int units in (int[])[200, 784])
        {
            yield return Affine(100, 200, units);
            yield return Outer(100, 200, units);
            yield return Backward(100, 200, units);
        }
    }

    private static Product Affine(int batch, int hidden, int units)
    {
        Matrix x = RandomInputs.Normal(batch, hidden, 0.5), weights = RandomInputs.Normal(hidden, units, 0.05, 1);
        Matrix y = new(batch, units);
        float[] bias = new float[units];
        return new Product(
            $"dense forward {batch}×{hidden} · {hidden}×{units}", 2.0 * batch * hidden * units,
            () => DenseAffine.Compute(x, weights, bias, y, WorkerTeam.Single));
    }

    private static Product Outer(int batch, int hidden, int units)
    {
        Matrix x = RandomInputs.Normal(batch, hidden, 0.5), errors = RandomInputs.Normal(batch, units, 0.3, 1);
        Matrix gradient = new(hidden, units);
        return new Product(
            $"dense gradient {hidden}×{batch} · {batch}×{units}", 2.0 * batch * hidden * units,
            () => DenseOuterProduct.Accumulate(x, errors, gradient, WorkerTeam.Single));
    }

    private static Product Backward(int batch, int hidden, int units)
    {
        Matrix errors = RandomInputs.Normal(batch, units, 0.3), weights = RandomInputs.Normal(hidden, units, 0.05, 1);
        Matrix result = new(batch, hidden);
        return new Product(
            $"dense backward {batch}×{units} · {units}×{hidden}", 2.0 * batch * hidden * units,
            () => DenseBackward.Compute(errors, weights, result, WorkerTeam.Single));
    }
}
