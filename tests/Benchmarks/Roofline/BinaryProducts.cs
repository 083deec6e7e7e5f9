using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Roofline;

/// <summary>The products of wake-sleep: one operand is bits. Every run takes another batch, as training does, so that nothing
/// learns the bits by heart.</summary>
internal static class BinaryProducts
{
    private const int Batches = 15;
    private const string Half = ", 50% ones";

    /// <summary>Those with the visible units, 17.5% ones: noise has no order to profit from, digits are what is trained on.
    /// </summary>
    public static IEnumerable<Product> DataLayer(int batch, int units)
    {
        (string Name, BitMatrix[] Batches)[] sources =
            [("noise", Split(BenchmarkData.Noise(), batch)), ("digits", Split(BenchmarkData.Digits(), batch))];
        foreach ((string name, BitMatrix[] batches) in sources)
        {
            yield return Forward(batches, units, $", 17.5% ones, {name}") with { Must = 3.2, Aim = 4 };
            yield return Gradient(batches, units, $", 17.5% ones, {name}") with { Must = 3.2, Aim = 4 };
        }
    }

    /// <summary>Those with latent units, half of them on.</summary>
    public static IEnumerable<Product> HalfDense()
    {
        yield return Forward(Random(100, 200), 784, Half) with { Must = 1.8, Aim = 3 };
        yield return Forward(Random(100, 200), 200, Half) with { Must = 1.8, Aim = 3 };
        yield return Gradient(Random(100, 200), 784, Half) with { Must = 1.8, Aim = 3 };
        yield return Gradient(Random(100, 200), 200, Half) with { Must = 1.8, Aim = 3 };
    }

    /// <summary>Small ones: the first preset's layers 64-48-24-12 and a batch of 20.</summary>
    public static IEnumerable<Product> Small()
    {
        yield return Forward(Random(20, 64), 48, Half);
        yield return Forward(Random(20, 48), 24, Half);
        yield return Gradient(Random(20, 48), 64, Half);
        yield return Gradient(Random(20, 24), 48, Half);
        yield return Forward(Random(20, 200), 784, Half);
        yield return Gradient(Random(20, 200), 784, Half);
        yield return Forward(Random(100, 199), 783, Half);
        yield return Gradient(Random(99, 201), 785, Half);
    }

    /// <summary>[B, K] bits · [K, D].</summary>
    private static Product Forward(BitMatrix[] batches, int units, string remark)
    {
        (int batch, int parents) = (batches[0].Rows, batches[0].Columns);
        Matrix weights = RandomInputs.Normal(parents, units, 0.05), logits = new(batch, units);
        float[] bias = new float[units];
        int turn = 0;
        return new Product(
            $"forward {batch}×{parents} · {parents}×{units}{remark}", 2.0 * batch * parents * units,
            () => BinaryAffine.Compute(batches[turn++ % batches.Length], weights, bias, logits, WorkerTeam.Single));
    }

    /// <summary>[B, K] bits, transposed, · [B, D].</summary>
    private static Product Gradient(BitMatrix[] batches, int units, string remark)
    {
        (int batch, int parents) = (batches[0].Rows, batches[0].Columns);
        Matrix errors = RandomInputs.Normal(batch, units, 0.3), gradient = new(parents, units);
        int turn = 0;
        return new Product(
            $"gradient {parents}×{batch} · {batch}×{units}{remark}", 2.0 * batch * parents * units,
            () => BinaryOuterProduct.Accumulate(batches[turn++ % batches.Length], errors, gradient, WorkerTeam.Single));
    }

    private static BitMatrix[] Random(int batch, int units) =>
        [.. Enumerable.Range(0, Batches).Select(number => RandomInputs.Bits(batch, units, 0.5, number))];

    private static BitMatrix[] Split(Engine.Data.Dataset data, int batch)
    {
        BitMatrix all = BenchmarkData.First(data, Batches * batch);
        return [.. Enumerable.Range(0, Batches).Select(number => Rows(all, number * batch, batch))];
    }

    private static BitMatrix Rows(BitMatrix all, int start, int count)
    {
        BitMatrix rows = new(count, all.Columns);
        for (int r = 0; r < count; r++) all.Row(start + r).CopyTo(rows.Row(r));
        return rows;
    }
}
