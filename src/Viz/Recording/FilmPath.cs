using DreamViz.Engine;

namespace DreamViz.Viz.Recording;

/// <summary>The names of a film: its own and, until it is complete, one with <c>.part</c>.</summary>
internal static class FilmPath
{
    /// <summary>film.mp4 → film.part and an ending.</summary>
    public static string Part(string path, string extension)
    {
        string full = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(full)!, Path.GetFileNameWithoutExtension(full) + ".part" + extension);
    }

    /// <summary>Refuses a film that would overwrite something unasked, or whose folder is missing.</summary>
    /// <exception cref="InvalidInputException">It would.</exception>
    public static void Check(FilmOptions options, string part)
    {
        string full = Path.GetFullPath(options.Path);
        if (Path.GetDirectoryName(full) is not { } folder || !Directory.Exists(folder))
            throw new InvalidInputException($"{options.Path}: expected a folder that exists, found none at {Path.GetDirectoryName(full)}");
        if (options.Overwrite) return;
        if (Path.Exists(full)) throw new InvalidInputException($"{options.Path}: expected no such file or folder, or --overwrite; found one");
        if (Path.Exists(part))
            throw new InvalidInputException($"{part}: expected none, or --overwrite; found what is left of a film that was cut off");
    }

    /// <summary>Refuses sizes that 4:2:0 video cannot have.</summary>
    /// <exception cref="InvalidInputException">Width or height is odd.</exception>
    public static void CheckEven(FilmOptions options)
    {
        if ((options.Width | options.Height) % 2 != 0)
            throw new InvalidInputException($"--size: expected even numbers for video, found {options.Width}x{options.Height}");
    }

    /// <summary>Runs something that touches the disk.</summary>
    /// <exception cref="RecordingException">The disk failed.</exception>
    public static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{path}: cannot be written: {failure.Message}", failure);
        }
    }
}
