using DreamViz.Viz.Recording;

namespace DreamViz.Viz.Tests.EndToEnd;

/// <summary>How far two pictures of RGBA bytes are apart.</summary>
internal static class PictureDifference
{
    /// <summary>The mean absolute difference of a channel, the share of pixels with a channel off by more than a level, and
    /// the largest difference.</summary>
    public static (double Mean, double Share, int Most) Measure(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> found, int level)
    {
        Assert.Equal(expected.Length, found.Length);
        long sum = 0, off = 0;
        int most = 0;
        for (int i = 0; i < expected.Length; i += 4)
        {
            int worst = 0;
            for (int c = 0; c < 3; c++)
            {
                int difference = Math.Abs(expected[i + c] - found[i + c]);
                sum += difference;
                worst = Math.Max(worst, difference);
            }

            most = Math.Max(most, worst);
            if (worst > level) off++;
        }

        int pixels = expected.Length / 4;
        return (sum / (3.0 * pixels), off / (double)pixels, most);
    }

    /// <summary>Writes both and their difference, four times as strong, one below the other, and returns the file's name.</summary>
    public static string Save(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> found, int width, int height, string name)
    {
        byte[] all = new byte[3 * expected.Length];
        expected.CopyTo(all);
        found.CopyTo(all.AsSpan(expected.Length));
        for (int i = 0; i < expected.Length; i++)
            all[2 * expected.Length + i] = (byte)(i % 4 == 3 ? 255 : Math.Min(255, 4 * Math.Abs(expected[i] - found[i])));
        string path = Path.Combine(AppContext.BaseDirectory, $"difference {name}.png");
        using FileStream file = File.Create(path);
        PngWriter.Write(file, all, width, 3 * height);
        return path;
    }
}
