using DreamViz.Engine.Data;

namespace DreamViz.Viz.Simulation;

/// <summary>What an explorer starts with.</summary>
public sealed record ExplorerOptions
{
    /// <summary>The first run.</summary>
    public required Preset Preset { get; init; }

    /// <summary>Its data, when already open; else the preset's own.</summary>
    public Dataset? Data { get; init; }

    /// <summary>The seed of every run until the user takes another.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that train; one leaves a core for the picture.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What the menu offers besides <see cref="Preset"/>.</summary>
    public IReadOnlyList<Preset> Presets { get; init; } = PresetCatalog.All;

    /// <summary>Frames per second of a film: training then has no thread of its own but takes
    /// <see cref="StepsPerFrame"/> steps before each frame, and each frame advances by exactly 1 / CaptureFrameRate s.
    /// 0 for a live picture.</summary>
    public int CaptureFrameRate { get; init; }

    /// <summary>Steps before each frame of a film; fractions add up over frames.</summary>
    public double StepsPerFrame { get; init; } = 1;

    /// <summary>Whether bar, shelf and timeline are hidden at first.</summary>
    public bool HidePanels { get; init; }

    /// <summary>Whether training begins at once.</summary>
    public bool StartPlaying { get; init; } = true;
}
