using System.Globalization;

namespace DreamViz.Viz.Recording;

/// <summary>An animated GIF through ffmpeg: filmed first, nearly without loss, then given the 256 colours that suit it
/// best.</summary>
/// <remarks>Frames of a GIF last whole hundredths of a second, and browsers slow those below two down: the rate is the one
/// of 100 / 2, 100 / 3, … that is nearest below or at the film's.</remarks>
internal sealed class GifFilm : IFilmWriter
{
    private readonly FilmOptions options;
    private readonly Ffmpeg ffmpeg;
    private readonly string part;
    private readonly FfmpegProcess process;

    public GifFilm(FilmOptions options, Ffmpeg ffmpeg)
    {
        FilmPath.CheckEven(options);
        part = FilmPath.Part(options.Path, ".mkv");
        FilmPath.Check(options, part);
        (this.options, this.ffmpeg) = (options, ffmpeg);
        process = ffmpeg.Start(
        [
            .. FfmpegArguments.RawInput(options),
            .. FfmpegArguments.Encode(ffmpeg, FilmQuality.Best, "yuv444p"),
            .. FfmpegArguments.CrashSafeMatroska, "file:" + part,
        ]);
    }

    /// <summary>Hundredths of a second that a frame lasts.</summary>
    public static int Delay(int framesPerSecond) => Math.Max(2, (int)Math.Ceiling(100.0 / framesPerSecond));

    public void Add(ReadOnlySpan<byte> rgba) => process.Write(rgba);

    public void Finish()
    {
        process.Complete();
        string gif = FilmPath.Part(options.Path, ".gif");
        string rate = string.Create(CultureInfo.InvariantCulture, $"100/{Delay(options.FramesPerSecond)}");
        ffmpeg.Run(
        [
            "-i", "file:" + part,
            "-vf", $"fps={rate},split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle",
            "-f", "gif", "file:" + gif,
        ]);
        FilmPath.Guard(options.Path, () =>
        {
            File.Move(gif, options.Path, options.Overwrite);
            File.Delete(part);
        });
    }

    public void Dispose() => process.Dispose();
}
