using System.Runtime.CompilerServices;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Screens.Software;

namespace DreamViz.Viz.Tests.Golden;

/// <summary>
/// Holds a frame against the picture of the same name beside this file. No channel of any pixel may differ by more than
/// <see cref="Tolerance"/> levels of 255, which leaves room for another rounding of floats on another machine and for
/// nothing that an eye sees. On failure expected, actual and difference lie under TestResults/Golden.
/// With DREAMVIZ_UPDATE_GOLDEN=1 the pictures are written anew instead.
/// </summary>
public static class GoldenImage
{
    public const int Tolerance = 3;

    public static void Check(string name, DrawList frame, int width, int height)
    {
        var screen = new SoftwareScreen(width, height);
        screen.Draw(frame);
        Check(name, new Picture(width, height, screen.Pixels.ToArray()));
    }

    public static void Check(string name, Picture actual)
    {
        string path = Path.Combine(Folder(), name + ".png");
        if (Environment.GetEnvironmentVariable("DREAMVIZ_UPDATE_GOLDEN") == "1")
        {
            Save(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"There is no golden image {path}; DREAMVIZ_UPDATE_GOLDEN=1 writes it.");
        Picture expected = PngReader.Read(path);
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        (int differing, int worst) = Compare(expected, actual);
        if (worst > Tolerance) Assert.Fail(Report(name, expected, actual, differing, worst));
    }

    /// <summary>How many pixels differ by more than the tolerance, and by how many levels the worst does.</summary>
    public static (int Differing, int Worst) Compare(Picture expected, Picture actual)
    {
        int differing = 0, worst = 0;
        for (int i = 0; i < expected.Rgba.Length; i += 4)
        {
            int difference = 0;
            for (int c = 0; c < 4; c++) difference = Math.Max(difference, Math.Abs(expected.Rgba[i + c] - actual.Rgba[i + c]));
            worst = Math.Max(worst, difference);
            if (difference > Tolerance) differing++;
        }

        return (differing, worst);
    }

    private static string Report(string name, Picture expected, Picture actual, int differing, int worst)
    {
        string results = Path.Combine(Path.GetDirectoryName(Folder())!, "TestResults", "Golden");
        Directory.CreateDirectory(results);
        Save(Path.Combine(results, name + ".expected.png"), expected);
        Save(Path.Combine(results, name + ".actual.png"), actual);
        Save(Path.Combine(results, name + ".difference.png"), Difference(expected, actual));
        return $"{name}: {differing} pixels differ by more than {Tolerance} levels, the worst by {worst}. "
            + $"See {results}/{name}.expected.png, .actual.png and .difference.png.";
    }

    // Differences eight times as bright, so that one level shows.
    private static Picture Difference(Picture expected, Picture actual)
    {
        var rgba = new byte[expected.Rgba.Length];
        for (int i = 0; i < rgba.Length; i++)
            rgba[i] = i % 4 == 3 ? (byte)255 : (byte)Math.Min(255, 8 * Math.Abs(expected.Rgba[i] - actual.Rgba[i]));
        return expected with { Rgba = rgba };
    }

    private static void Save(string path, Picture picture)
    {
        using FileStream file = File.Create(path);
        PngWriter.Write(file, picture.Rgba, picture.Width, picture.Height);
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
