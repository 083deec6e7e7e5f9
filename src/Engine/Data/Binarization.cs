using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>Turns grey values into bits.</summary>
internal static class Binarization
{
    /// <summary>Examples of the pictures as the options ask. Pictures that are black and white already stay as they are.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="options">Kind, threshold and seed of fixed draws.</param>
    /// <param name="part">0 training, 1 validation, 2 test: keeps their fixed draws apart.</param>
    public static Examples Apply(GrayImages images, DataOptions options, int part)
    {
        if (options.Binarization == BinarizationKind.Threshold || images.IsBinary())
            return Threshold(images, options.Threshold);
        return options.Binarization == BinarizationKind.EveryEpoch && part == 0
            ? new DrawnExamples(images)
            : DrawOnce(images, options.Seed, part);
    }

    /// <summary>bitᵢ = [uᵢ &lt; valueᵢ / maximum] with uᵢ uniform in [0, 1): on with probability intensity.</summary>
    /// <param name="values">[D] grey values.</param>
    /// <param name="maximum">The value of full intensity.</param>
    /// <param name="random">Advanced by ⌈D / 8⌉ draws.</param>
    /// <param name="destination">[⌈D / 64⌉] words, all zero before.</param>
    public static void Draw(ReadOnlySpan<byte> values, int maximum, ref RandomStream random, Span<ulong> destination)
    {
        Vector256<float> scale = Vector256.Create((float)maximum);
        Span<byte> tail = stackalloc byte[8];
        for (int i = 0; i < values.Length; i += 8)
        {
            scoped ReadOnlySpan<byte> lanes = values[i..];
            if (lanes.Length < 8)
            {
                tail.Clear();
                lanes.CopyTo(tail);
                lanes = tail;
            }

            Vector256<uint> on = Vector256.LessThan(random.NextUniform(), Widen(lanes) / scale).AsUInt32();
            destination[i >> 6] |= (ulong)on.ExtractMostSignificantBits() << (i & 63);
        }
    }

    private static BitExamples Threshold(GrayImages images, double threshold)
    {
        double least = threshold * images.Maximum;
        BitMatrix bits = new(images.Count, images.Units);
        for (int n = 0; n < images.Count; n++)
        {
            ReadOnlySpan<byte> values = images.Row(n);
            Span<ulong> row = bits.Row(n);
            for (int i = 0; i < values.Length; i++)
                if (values[i] >= least) row[i >> 6] |= 1UL << (i & 63);
        }

        return new BitExamples(bits, images.Labels);
    }

    private static BitExamples DrawOnce(GrayImages images, ulong seed, int part)
    {
        BitMatrix bits = new(images.Count, images.Units);
        for (int n = 0; n < images.Count; n++)
        {
            // Step −1 is no epoch, so fixed draws share no numbers with fresh ones.
            RandomStream random = new(new StreamKey(seed, StreamPurpose.Binarization, Step: -1, Layer: part, Block: n));
            Draw(images.Row(n), images.Maximum, ref random, bits.Row(n));
        }

        return new BitExamples(bits, images.Labels);
    }

    private static Vector256<float> Widen(ReadOnlySpan<byte> lanes)
    {
        Vector128<ushort> shorts = Vector128.WidenLower(Vector64.Create(lanes).ToVector128());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)).AsInt32());
    }
}
