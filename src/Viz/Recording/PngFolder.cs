using System.Globalization;

namespace DreamViz.Viz.Recording;

/// <summary>A film as single pictures in a folder: frame-000001.png, frame-000002.png, …</summary>
internal sealed class PngFolder : IFilmWriter
{
    private readonly FilmOptions options;
    private readonly string part;
    private int frames;

    public PngFolder(FilmOptions options)
    {
        part = FilmPath.Part(options.Path, "");
        FilmPath.Check(options, part);
        this.options = options;
        FilmPath.Guard(part, () =>
        {
            Directory.CreateDirectory(part);
            DeleteFrames(part);
        });
    }

    public void Add(ReadOnlySpan<byte> rgba)
    {
        string path = Path.Combine(part, string.Create(CultureInfo.InvariantCulture, $"frame-{++frames:D6}.png"));
        try
        {
            using FileStream file = File.Create(path);
            PngWriter.Write(file, rgba, options.Width, options.Height);
        }
        catch (IOException failure)
        {
            throw new RecordingException($"{path}: cannot be written: {failure.Message}; the frames before it are kept", failure);
        }
    }

    // A folder that is there keeps whatever else lies in it.
    public void Finish() => FilmPath.Guard(options.Path, () =>
    {
        if (!Directory.Exists(options.Path))
        {
            Directory.Move(part, options.Path);
            return;
        }

        DeleteFrames(options.Path);
        foreach (string file in Directory.EnumerateFiles(part)) File.Move(file, Path.Combine(options.Path, Path.GetFileName(file)));
        Directory.Delete(part);
    });

    public void Dispose()
    {
    }

    private static void DeleteFrames(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "frame-??????.png")) File.Delete(file);
    }
}
