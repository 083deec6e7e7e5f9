using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Simulation;

/// <summary>A run that is worth watching: data, network and learning, with one sentence on what to watch for.</summary>
public sealed record Preset
{
    /// <summary>The version of the format that this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the format, <see cref="CurrentVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>What <c>--preset</c> calls it, such as "dreaming-digits".</summary>
    public required string Key { get; init; }

    /// <summary>What the menu calls it, such as "Dreaming digits".</summary>
    public required string Name { get; init; }

    /// <summary>One sentence on what to watch for.</summary>
    public required string Watch { get; init; }

    /// <summary>What the run learns from.</summary>
    public required PresetData Data { get; init; }

    /// <summary>The network.</summary>
    public required ModelSettings Model { get; init; }

    /// <summary>How it learns.</summary>
    public required TrainingSettings Training { get; init; }
}

/// <summary>The data of a preset.</summary>
public sealed record PresetData
{
    /// <summary>A name of the <see cref="DataCatalog"/> or a path; null where the user must say where the files are.</summary>
    public string? Source { get; init; }

    /// <summary>Which files the user needs, and where to get them; for presets without a source.</summary>
    public string Needs { get; init; } = "";

    /// <summary>How grey values become bits and what is held out.</summary>
    public DataOptions Options { get; init; } = new();

    /// <summary>Opens the user's data, or else the preset's own.</summary>
    /// <param name="preset">The preset's key, for the message.</param>
    /// <param name="source">The user's choice, or null.</param>
    /// <exception cref="InvalidInputException">There is no data to open, or it is bad.</exception>
    public Dataset Open(string preset, string? source = null) =>
        DataCatalog.Open(source ?? Source ?? throw new InvalidInputException(HowToGet(preset)), Options);

    /// <summary>One line on how to point the program at the data; empty where the preset has its own.</summary>
    public string HowToGet(string preset) =>
        Source is null ? $"preset '{preset}' needs your own files: --preset {preset} --data FOLDER ({Needs})" : "";
}
