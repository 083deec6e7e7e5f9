using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels;

/// <summary>The few text styles of panels, by role.</summary>
internal static class TextStyles
{
    /// <summary>What a panel shows.</summary>
    public static readonly TextStyle Title = new(14, FontWeight.Semibold, Palette.Text);

    /// <summary>What stands beside a title, or below a picture.</summary>
    public static readonly TextStyle Caption = new(12, FontWeight.Regular, Palette.TertiaryText);

    /// <summary>The name of a control.</summary>
    public static readonly TextStyle Label = new(12, FontWeight.Regular, Palette.SecondaryText);

    /// <summary>A value.</summary>
    public static readonly TextStyle Value = new(12, FontWeight.Regular, Palette.Text);

    /// <summary>A value that matters most.</summary>
    public static readonly TextStyle StrongValue = new(13, FontWeight.Semibold, Palette.Text);

    /// <summary>Axes.</summary>
    public static readonly TextStyle Axis = new(11, FontWeight.Regular, Palette.TertiaryText);
}
