namespace DreamViz.Viz.Recording;

/// <summary>
/// A film through ffmpeg: written as Matroska in clusters of at most half a second, flushed, so that whatever kills the
/// program, what was written plays (as <c>name.part.mkv</c>); on a clean end renamed, or copied without loss into MP4.
/// </summary>
internal sealed class MovieFilm : IFilmWriter
{
    private readonly FilmOptions options;
    private readonly Ffmpeg ffmpeg;
    private readonly bool remux;
    private readonly string part;
    private readonly FfmpegProcess process;

    public MovieFilm(FilmOptions options, Ffmpeg ffmpeg, bool remux)
    {
        FilmPath.CheckEven(options);
        part = FilmPath.Part(options.Path, ".mkv");
        FilmPath.Check(options, part);
        (this.options, this.ffmpeg, this.remux) = (options, ffmpeg, remux);
        process = ffmpeg.Start(
        [
            .. FfmpegArguments.RawInput(options),
            .. FfmpegArguments.Encode(ffmpeg, options.Quality, "yuv420p"),
            .. FfmpegArguments.CrashSafeMatroska, "file:" + part,
        ]);
    }

    public void Add(ReadOnlySpan<byte> rgba)
    {
        try
        {
            process.Write(rgba);
        }
        catch (RecordingException failure)
        {
            throw Kept(failure);
        }
    }

    public void Finish()
    {
        try
        {
            process.Complete();
            if (remux) Remux();
            else FilmPath.Guard(options.Path, () => File.Move(part, options.Path, options.Overwrite));
        }
        catch (RecordingException failure)
        {
            throw Kept(failure);
        }
    }

    public void Dispose() => process.Dispose();

    private void Remux()
    {
        string copy = FilmPath.Part(options.Path, ".mp4");
        ffmpeg.Run(["-i", "file:" + part, "-c", "copy", "-movflags", "+faststart", "-f", "mp4", "file:" + copy]);
        FilmPath.Guard(options.Path, () =>
        {
            File.Move(copy, options.Path, options.Overwrite);
            File.Delete(part);
        });
    }

    private RecordingException Kept(RecordingException failure) => File.Exists(part)
        ? new($"{failure.Message}; what was written is kept in {part}", failure)
        : failure;
}
