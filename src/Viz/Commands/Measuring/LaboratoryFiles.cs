using DreamViz.Engine;

namespace DreamViz.Viz.Commands.Measuring;

/// <summary>Where <c>laboratory</c> writes, held against what is there before anything is measured.</summary>
internal sealed record LaboratoryFiles
{
    /// <exception cref="InvalidInputException">There is such a file and it must not be replaced, or its folder is missing.</exception>
    public LaboratoryFiles(string? json, string? picture, bool overwrite)
    {
        (Json, Picture, Overwrite) = (json, picture, overwrite);
        Check("--json", json);
        Check("--picture", picture);
        if (picture is not null && !picture.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new InvalidInputException($"--picture: expected a name that ends in .png, found '{picture}'");
    }

    /// <summary>All figures, or null.</summary>
    public string? Json { get; }

    /// <summary>The panel, or null.</summary>
    public string? Picture { get; }

    /// <summary>Whether files there may be replaced.</summary>
    public bool Overwrite { get; }

    private void Check(string option, string? path)
    {
        if (path is null) return;
        if (Directory.Exists(path)) throw new InvalidInputException($"{option} {path}: expected a file, found a folder");
        if (File.Exists(path) && !Overwrite)
            throw new InvalidInputException($"{option} {path}: expected no file there, found one; --overwrite replaces it");
        string? folder = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(folder) && !Directory.Exists(folder))
            throw new InvalidInputException($"{option} {path}: expected a folder {folder}, found none");
    }
}
