using DreamViz.Engine;

namespace DreamViz.Viz.Recording;

/// <summary>A kind of film.</summary>
/// <param name="Key">What users call it.</param>
/// <param name="Extension">How its files end; nothing for a folder.</param>
/// <param name="NeedsFfmpeg">Whether it is written through ffmpeg.</param>
/// <param name="Create">Begins a film; ffmpeg is null where not needed.</param>
public sealed record FilmFormat(string Key, string Extension, bool NeedsFfmpeg, Func<FilmOptions, Ffmpeg?, IFilmWriter> Create)
{
    /// <summary>The longest film that becomes one APNG file where ffmpeg is missing; longer ones become single pictures.</summary>
    public const int MostAnimatedFrames = 1200;

    /// <summary>Every format.</summary>
    public static IReadOnlyList<FilmFormat> All { get; } =
    [
        new("mp4", ".mp4", true, (options, ffmpeg) => new MovieFilm(options, ffmpeg!, remux: true)),
        new("mkv", ".mkv", true, (options, ffmpeg) => new MovieFilm(options, ffmpeg!, remux: false)),
        new("gif", ".gif", true, (options, ffmpeg) => new GifFilm(options, ffmpeg!)),
        new("apng", ".png", false, (options, _) => new ApngFilm(options)),
        new("png", "", false, (options, _) => new PngFolder(options)),
    ];

    /// <summary>Refuses a film that this format cannot hold, or that would overwrite something unasked.</summary>
    /// <exception cref="InvalidInputException">It would.</exception>
    public void Check(FilmOptions options)
    {
        if (NeedsFfmpeg) FilmPath.CheckEven(options);
        FilmPath.Check(options, FilmPath.Part(options.Path, NeedsFfmpeg ? ".mkv" : Extension));
    }

    /// <summary>The format and name that were asked for: by key, or by the name's ending; a name without one gets it.</summary>
    /// <param name="key">What <c>--format</c> says, or null.</param>
    /// <param name="path">What <c>--out</c> says.</param>
    /// <exception cref="InvalidInputException">They contradict each other, or name no format.</exception>
    public static (FilmFormat Format, string Path) Choose(string? key, string path)
    {
        if (key is null) return (ForPath(path), path);
        FilmFormat format = Find(key);
        string extension = System.IO.Path.GetExtension(path);
        if (extension.Length == 0) return (format, path + format.Extension);
        if (format.Extension.Length > 0 && ForPath(path) != format)
            throw new InvalidInputException($"--out: expected a name that ends in {format.Extension} for --format {key}, found '{path}'");
        return (format, path);
    }

    /// <summary>The format of this key.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static FilmFormat Find(string key) => All.FirstOrDefault(format => format.Key == key)
        ?? throw new InvalidInputException($"--format: expected {string.Join(" or ", All.Select(format => format.Key))}, found '{key}'");

    /// <summary>The format that a file's name asks for: by its ending, single pictures where it has none.</summary>
    /// <exception cref="InvalidInputException">The ending belongs to no format.</exception>
    public static FilmFormat ForPath(string path)
    {
        string extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".apng") extension = ".png";
        return All.FirstOrDefault(format => format.Extension == extension) ?? throw new InvalidInputException(
            $"--out: expected a name that ends in .mp4, .mkv, .gif, .png or in nothing (a folder), found '{path}'");
    }

    /// <summary>What can be written here in place of this format, and under which name: itself where ffmpeg is there.</summary>
    /// <param name="path">Where the film was to go.</param>
    /// <param name="frames">How long it is.</param>
    /// <param name="ffmpeg">ffmpeg, if there is one.</param>
    /// <param name="reason">One line for the user where something else is written, else null.</param>
    public (FilmFormat Format, string Path) Available(string path, long frames, Ffmpeg? ffmpeg, out string? reason)
    {
        reason = null;
        if (!NeedsFfmpeg || ffmpeg is not null) return (this, path);
        FilmFormat other = Find(frames <= MostAnimatedFrames ? "apng" : "png");
        string otherPath = System.IO.Path.ChangeExtension(path, other.Extension.Length > 0 ? other.Extension : null);
        string what = other.Extension.Length > 0 ? "as APNG (larger, same frames)" : "as a folder of PNG pictures (too long for APNG)";
        reason = $"ffmpeg is not installed: recording {what} to {otherPath}";
        return (other, otherPath);
    }
}
