using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels;

/// <summary>The columns of the shelf, in design pixels; the outer ones align with the pictures of the stage.</summary>
internal static class ShelfGrid
{
    /// <summary>The whole band.</summary>
    public static readonly Box Band = new(0, 452, Canvas.DesignWidth, 188);

    /// <summary>Below the data.</summary>
    public static readonly Box Reconstruction = new(24, 452, 264, 188);

    /// <summary>Left of the axis.</summary>
    public static readonly Box Learning = new(312, 452, 316, 188);

    /// <summary>Right of the axis.</summary>
    public static readonly Box Settings = new(652, 452, 316, 188);

    /// <summary>Below the dream.</summary>
    public static readonly Box Dreams = new(992, 452, 264, 188);

    /// <summary>Writes a panel's title and what stands at its right.</summary>
    public static void DrawTitle(Canvas canvas, Box column, string title, string caption)
    {
        canvas.Text(title, column.X, column.Y + 22, TextStyles.Title);
        canvas.Text(caption, column.Right, column.Y + 22, TextStyles.Caption, TextAlign.Right);
    }
}
