using System.Globalization;

namespace DreamViz.Viz.Recording;

/// <summary>How ffmpeg is asked for films.</summary>
internal static class FfmpegArguments
{
    /// <summary>Clusters of at most 500 ms, each written out as soon as it is complete.</summary>
    public static IReadOnlyList<string> CrashSafeMatroska { get; } =
        ["-f", "matroska", "-flush_packets", "1", "-cluster_time_limit", "500"];

    /// <summary>Raw frames from the pipe.</summary>
    public static IReadOnlyList<string> RawInput(FilmOptions options) =>
    [
        "-f", "rawvideo", "-pix_fmt", "rgba", "-s", $"{options.Width}x{options.Height}",
        "-r", options.FramesPerSecond.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0", "-an",
    ];

    /// <summary>The best encoder at hand, without frames held back, in the colors of HD video.</summary>
    /// <exception cref="RecordingException">This ffmpeg has no encoder for films.</exception>
    public static IReadOnlyList<string> Encode(Ffmpeg ffmpeg, FilmQuality quality, string pixels)
    {
        string encoder = ffmpeg.Encoder
            ?? throw new RecordingException($"{ffmpeg.Path}: has none of the encoders libx264, libopenh264 and mpeg4; try --format apng");
        return
        [
            "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", encoder == "libx264" ? pixels : "yuv420p",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            "-g", "30", "-c:v", encoder, .. Quality(encoder, quality),
        ];
    }

    private static IReadOnlyList<string> Quality(string encoder, FilmQuality quality) => encoder switch
    {
        "libx264" => ["-preset", "veryfast", "-tune", "zerolatency", "-crf", Pick(quality, "28", "18", "10")],
        "libopenh264" => ["-b:v", Pick(quality, "2M", "8M", "24M")],
        _ => ["-q:v", Pick(quality, "9", "3", "1")],
    };

    private static string Pick(FilmQuality quality, string draft, string good, string best) => quality switch
    {
        FilmQuality.Draft => draft,
        FilmQuality.Good => good,
        _ => best,
    };
}
