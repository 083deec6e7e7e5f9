using DreamViz.Engine;
using DreamViz.Engine.Training;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands.Training;

/// <summary>A folder that holds one run: its checkpoint, its metrics and the preset that it came from.</summary>
public sealed class RunFolder
{
    /// <summary>The run's state, as safetensors.</summary>
    public const string CheckpointName = "checkpoint.safetensors";

    /// <summary>The bounds measured on the way.</summary>
    public const string MetricsName = "metrics.csv";

    /// <summary>Data, network and settings, as <c>--preset</c> reads them.</summary>
    public const string PresetName = "preset.json";

    private readonly string path;

    private RunFolder(string path) => this.path = path;

    /// <summary>The checkpoint's path.</summary>
    public string Checkpoint => Path.Combine(path, CheckpointName);

    /// <summary>The metrics' path.</summary>
    public string Metrics => Path.Combine(path, MetricsName);

    private string PresetFile => Path.Combine(path, PresetName);

    /// <summary>A folder for a new run, made where there is none, the preset in it: so that whatever stands in the way is
    /// found before any training.</summary>
    /// <exception cref="InvalidInputException">There is a run already and it must not be replaced, or the folder cannot be
    /// written to.</exception>
    public static RunFolder Create(string path, Preset preset, bool overwrite)
    {
        RunFolder folder = new(path);
        if (File.Exists(path)) throw new InvalidInputException($"--out {path}: expected a folder, found a file");
        string? taken = new[] { folder.Checkpoint, folder.Metrics, folder.PresetFile }.FirstOrDefault(Path.Exists);
        if (taken is not null && !overwrite)
            throw new InvalidInputException($"--out {path}: expected no run there, found {taken}; --overwrite replaces it");
        MakeFolder(path);
        DurableFile.Write(folder.PresetFile, overwrite, stream => stream.Write(PresetReader.Write(preset)));
        return folder;
    }

    /// <summary>The folder of an existing run, from its path or its checkpoint's.</summary>
    /// <exception cref="InvalidInputException">There is no such file or folder.</exception>
    public static (RunFolder Folder, string Checkpoint) Find(string folderOrFile)
    {
        if (Directory.Exists(folderOrFile))
        {
            RunFolder folder = new(folderOrFile);
            return File.Exists(folder.Checkpoint)
                ? (folder, folder.Checkpoint)
                : throw new InvalidInputException($"{folderOrFile}: expected {CheckpointName} in it, found none");
        }

        if (!File.Exists(folderOrFile)) throw new InvalidInputException($"{folderOrFile}: no such file or folder");
        string parent = Path.GetDirectoryName(folderOrFile) is { Length: > 0 } name ? name : ".";
        return (new RunFolder(parent), folderOrFile);
    }

    /// <summary>The preset of the run, or null where there is none.</summary>
    /// <exception cref="InvalidInputException">There is one, and it is damaged.</exception>
    public Preset? ReadPreset() => File.Exists(PresetFile) ? PresetReader.ReadFile(PresetFile) : null;

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"--out {path}: the folder cannot be made: {error.Message}", error);
        }
    }
}
