using System.Reflection;
using DreamViz.Engine;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Simulation;

/// <summary>The presets that come with the program, and presets in the user's files.</summary>
public static class PresetCatalog
{
    private static readonly string[] Keys =
    [
        "dreaming-digits", "classic-wake-sleep", "draw-a-seven", "darn-digits", "wardrobe", "mnist", "where-wake-sleep-fails",
        "topic-bars", "tiny", "style-dials",
    ];

    /// <summary>The presets of the menu, in its order, the default first.</summary>
    public static IReadOnlyList<Preset> All { get; } = [.. Keys.Select(ReadEmbedded)];

    /// <summary>The preset that runs when none is asked for.</summary>
    public static Preset Default => All[0];

    /// <summary>The preset with this key, or in this <c>.json</c> file.</summary>
    /// <exception cref="InvalidInputException">There is no such preset, or the file is bad.</exception>
    public static Preset Find(string keyOrPath)
    {
        Preset? preset = All.FirstOrDefault(preset => preset.Key == keyOrPath);
        if (preset is not null) return preset;
        if (keyOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return PresetReader.ReadFile(keyOrPath);
        throw new InvalidInputException(
            $"preset '{keyOrPath}': expected {string.Join(", ", Keys)}, or a .json file; found none of them");
    }

    /// <summary>What runs on data for which there is no preset: settings that suit pictures of any size.</summary>
    /// <param name="source">A name of the data catalog, or a path.</param>
    public static Preset ForData(string source) => new()
    {
        Version = Preset.CurrentVersion,
        Key = "custom",
        Name = "Your data",
        Watch = "Watch the dreams on the right grow like your data on the left.",
        Data = new PresetData { Source = source },
        Model = new ModelSettings { LatentLayers = [100, 50, 20] },
        Training = new TrainingSettings
        {
            Estimator = "reweighted-wake-sleep",
            Samples = 5,
            RecognitionLearning = RecognitionLearning.Wake,
            GenerativeRate = 0.15,
            RecognitionRate = 0.15,
            RateDecaySteps = 5000,
        },
    };

    private static Preset ReadEmbedded(string key)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"presets/{key}.json")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return PresetReader.Parse(bytes, $"{key}.json");
    }
}
