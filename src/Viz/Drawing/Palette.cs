namespace DreamViz.Viz.Drawing;

/// <summary>Every colour by its role. Panels name roles, never colours.</summary>
/// <remarks>Wake and dream are far apart for the three colour deficiencies but alike in luminance, so they always differ in
/// shape too: wake square, dream round.</remarks>
public static class Palette
{
    /// <summary>Behind everything.</summary>
    public static readonly Rgba Ground = Rgba.FromRgb(0x0E1117);

    /// <summary>Ground of the wake world.</summary>
    public static readonly Rgba Day = Rgba.FromRgb(0x1B1813);

    /// <summary>Ground of the dream world.</summary>
    public static readonly Rgba Night = Rgba.FromRgb(0x0D1C2C);

    /// <summary>Ground of image tiles in the wake world.</summary>
    public static readonly Rgba DayTile = Rgba.FromRgb(0x14120F);

    /// <summary>Ground of image tiles in the dream world, and value 0 of <see cref="ColorMap.Dream"/>.</summary>
    public static readonly Rgba NightTile = Rgba.FromRgb(0x0B1420);

    /// <summary>A pixel of the data that is off.</summary>
    public static readonly Rgba EmptyPixel = Rgba.FromRgb(0x201D19);

    /// <summary>Ground of the half that shows the dream nobody touched.</summary>
    public static readonly Rgba FreeNight = Rgba.FromRgb(0x0E1620);

    /// <summary>Text that must be read first.</summary>
    public static readonly Rgba Text = Rgba.FromRgb(0xE6EDF3);

    /// <summary>Supporting text.</summary>
    public static readonly Rgba SecondaryText = Rgba.FromRgb(0xA3B0BD);

    /// <summary>Captions and axes.</summary>
    public static readonly Rgba TertiaryText = Rgba.FromRgb(0x8391A0);

    /// <summary>Wake phase, data, recognition flow.</summary>
    public static readonly Rgba Wake = Rgba.FromRgb(0xF0A202);

    /// <summary>Sleep phase, dreams, generative flow.</summary>
    public static readonly Rgba Dream = Rgba.FromRgb(0x56B4E9);

    /// <summary>The dot of a wake unit that is on in the newest sample.</summary>
    public static readonly Rgba WakeDot = Rgba.FromRgb(0xFFE9BF);

    /// <summary>The dot of a dream unit that is on in the newest sample.</summary>
    public static readonly Rgba DreamDot = Rgba.FromRgb(0xDDF1FF);

    /// <summary>A unit that is off.</summary>
    public static readonly Rgba OffCell = Rgba.FromRgb(0x1D2A42);

    /// <summary>The outline of a unit that is off.</summary>
    public static readonly Rgba OffOutline = Rgba.FromRgb(0x4A6390);

    /// <summary>Positive weights and differences.</summary>
    public static readonly Rgba Plus = Rgba.FromRgb(0xF4EBD0);

    /// <summary>Negative weights and differences.</summary>
    public static readonly Rgba Minus = Rgba.FromRgb(0x9B7BEA);

    /// <summary>In the laboratory, one answer of an estimator.</summary>
    public static readonly Rgba Answer = Rgba.FromRgb(0x9CC3E0);

    /// <summary>In the laboratory, the mean of answers, and bias.</summary>
    public static readonly Rgba Estimate = Rgba.FromRgb(0xF08CB8);

    /// <summary>In the laboratory, no signal.</summary>
    public static readonly Rgba SignalDark = Rgba.FromRgb(0x16202C);

    /// <summary>In the laboratory, as much signal as noise, or more.</summary>
    public static readonly Rgba SignalLight = Rgba.FromRgb(0xCDE2F2);

    /// <summary>Clamps, focus and hover.</summary>
    public static readonly Rgba Focus = Rgba.FromRgb(0xFFFFFF);

    /// <summary>Controls at rest.</summary>
    public static readonly Rgba Control = Rgba.FromRgb(0x161D27);

    /// <summary>Lines around controls and between bands.</summary>
    public static readonly Rgba Rule = Rgba.FromRgb(0x232C39);

    /// <summary>Controls under the pointer.</summary>
    public static readonly Rgba ControlHover = Rgba.FromRgb(0x1F2935);

    /// <summary>Controls pressed or selected.</summary>
    public static readonly Rgba ControlActive = Rgba.FromRgb(0x3A4656);

    /// <summary>The part of a slider's track beyond its knob.</summary>
    public static readonly Rgba Track = Rgba.FromRgb(0x2C3746);

    /// <summary>The part of a slider's track up to its knob.</summary>
    public static readonly Rgba TrackFill = Rgba.FromRgb(0x9FB0C2);

    /// <summary>A switch that is on.</summary>
    public static readonly Rgba SwitchOn = Rgba.FromRgb(0x3F5B80);

    /// <summary>Ground of the timeline.</summary>
    public static readonly Rgba Timeline = Rgba.FromRgb(0x0B0E13);

    /// <summary>Recording, and errors.</summary>
    public static readonly Rgba Alert = Rgba.FromRgb(0xFF8A73);

    /// <summary>Warnings.</summary>
    public static readonly Rgba Warning = Rgba.FromRgb(0xF5E642);
}
