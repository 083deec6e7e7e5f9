using System.Diagnostics;
using System.Globalization;
using DreamViz.Viz.Recording;

namespace DreamViz.Viz.Tests.Recording;

/// <summary>Films to write and ffprobe to read them with.</summary>
internal static class Films
{
    public const int Width = 64;
    public const int Height = 48;

    /// <summary>ffmpeg; the test is skipped where it is missing, and fails where everything must be there.</summary>
    public static Ffmpeg Ffmpeg()
    {
        Ffmpeg? ffmpeg = Viz.Recording.Ffmpeg.Find();
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.True(ffmpeg is not null, "CI needs ffmpeg.");
        Skip.If(ffmpeg is null, "ffmpeg is not installed.");
        return ffmpeg!;
    }

    public static FilmOptions Options(string path, int framesPerSecond = 25) =>
        new() { Path = path, Width = Width, Height = Height, FramesPerSecond = framesPerSecond };

    /// <summary>A frame with a bar whose place is its number.</summary>
    public static byte[] Frame(int number)
    {
        var rgba = new byte[Width * Height * 4];
        for (int i = 0; i < Width * Height; i++)
        {
            bool bar = i % Width / 4 == number % (Width / 4);
            rgba.AsSpan(i * 4, 4).Fill(bar ? (byte)230 : (byte)20);
            rgba[i * 4 + 3] = 255;
        }

        return rgba;
    }

    public static void Write(IFilmWriter film, int frames)
    {
        for (int i = 0; i < frames; i++) film.Add(Frame(i));
    }

    /// <summary>What ffprobe says of the first video stream, every frame decoded and counted.</summary>
    public static (string Codec, int Width, int Height, int Frames) Probe(string path)
    {
        string[] found = Output("ffprobe", "-v", "error", "-select_streams", "v:0", "-count_frames", "-show_entries",
            "stream=codec_name,width,height,nb_read_frames", "-of", "csv=p=0", path).Trim().Split(',');
        int[] numbers = [.. found[1..].Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return (found[0], numbers[0], numbers[1], numbers[2]);
    }

    public static double Seconds(string path) => double.Parse(
        Output("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path), CultureInfo.InvariantCulture);

    /// <summary>The places of the bar in every decoded frame.</summary>
    public static int[] Bars(string path)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        using var pixels = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(pixels);
        byte[] all = pixels.ToArray();
        return [.. Enumerable.Range(0, all.Length / (Width * Height)).Select(frame =>
            Enumerable.Range(0, Width / 4).MaxBy(bar => all[frame * Width * Height + Height / 2 * Width + bar * 4 + 2]))];
    }

    private static string Output(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
