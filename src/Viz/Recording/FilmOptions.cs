namespace DreamViz.Viz.Recording;

/// <summary>How much a film may lose to be small.</summary>
public enum FilmQuality
{
    /// <summary>A small file to try something out; x264's constant rate factor 28.</summary>
    Draft,

    /// <summary>No loss that is seen at normal speed; 18.</summary>
    Good,

    /// <summary>No loss that is seen in a still; 10.</summary>
    Best,
}

/// <summary>What a film is like.</summary>
public sealed record FilmOptions
{
    /// <summary>Where the film goes: a file, or a folder for single pictures.</summary>
    public required string Path { get; init; }

    /// <summary>Pixels in a row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Frames per second.</summary>
    public required int FramesPerSecond { get; init; }

    /// <summary>How much may be lost.</summary>
    public FilmQuality Quality { get; init; } = FilmQuality.Good;

    /// <summary>Whether a film of this name may be replaced.</summary>
    public bool Overwrite { get; init; }
}
