using System.Numerics;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The words of a half: its name, what its picture is, its layers, who samples and who learns.</summary>
public static class LabelDrawing
{
    private const float HeaderBaseline = 87;
    private const float CaptionBaseline = 405;
    private const float Sampling = 424;
    private const float Learning = 442;
    private const float ShortestArrow = 240;

    /// <summary>Draws the name of a half with its icon on the outside and what it is towards the middle.</summary>
    public static void DrawHeader(Canvas canvas, HalfView half, string name, string subtitle)
    {
        bool left = half.Side == World.Wake;
        Rgba accent = half.Dimming < 1 ? Palette.SecondaryText : Rgba.Mix(Palette.TertiaryText, half.Accent, half.Awake);
        float iconX = left ? 36 : Canvas.DesignWidth - 36;
        Icons.Draw(canvas, half.IsDream ? Icon.Moon : Icon.Sun, new(iconX, 80), half.IsDream ? 22 : 24, half.Accent.Fade(half.Dimming < 1 ? 0.75f : half.Light));
        float x = left ? 58 : Canvas.DesignWidth - 59;
        TextAlign align = left ? TextAlign.Left : TextAlign.Right;
        float width = canvas.Text(name, x, HeaderBaseline, new(20, FontWeight.Semibold, accent), align) + 9;
        canvas.Text(subtitle, left ? x + width : x - width, HeaderBaseline, new(14, FontWeight.Regular, Palette.SecondaryText), align);
    }

    /// <summary>Draws what the picture is, below it.</summary>
    public static void DrawCaption(Canvas canvas, HalfView half, PicturePlace picture, string name, ReadOnlySpan<char> details)
    {
        float width = canvas.Text(name, picture.Tile.X, CaptionBaseline, new(13, FontWeight.Semibold, Bright(half)));
        canvas.Text(details, picture.Tile.X + width + 9, CaptionBaseline, new(12, FontWeight.Regular, Palette.SecondaryText));
    }

    /// <summary>Draws names and sizes of the layers of one half, except for the deepest.</summary>
    public static void DrawLayers(Canvas canvas, HalfView half, StageLayout layout)
    {
        Span<char> size = stackalloc char[12];
        for (int layer = 1; layer < layout.Depth; layer++)
        {
            layout.LayerSizes[layer].TryFormat(size, out int length);
            string name = LayerNames.Of(layer);
            float nameWidth = canvas.Measure(name, 14, FontWeight.Semibold);
            float width = nameWidth + 6 + canvas.Measure(size[..length], 13, FontWeight.Regular);
            float x = layout.Place(half.Side, layer).Center - width / 2;
            canvas.Text(name, x, CaptionBaseline, new(14, FontWeight.Semibold, Bright(half)));
            canvas.Text(size[..length], x + nameWidth + 6, CaptionBaseline, new(13, FontWeight.Regular, Palette.TertiaryText));
        }
    }

    /// <summary>Draws the one label of the deepest layer, across the seam.</summary>
    public static void DrawTop(Canvas canvas, StageLayout layout)
    {
        Span<char> size = stackalloc char[24];
        int length;
        if (layout.Classes == 0) layout.LayerSizes[layout.Depth].TryFormat(size, out length);
        else size.TryWrite($"{layout.Classes} + {layout.LayerSizes[layout.Depth] - layout.Classes}", out length);
        if (layout.GaussianUnits > 0)
        {
            size[length..].TryWrite($" + {layout.GaussianUnits}", out int more);
            length += more;
        }

        var style = new TextStyle(14, FontWeight.Semibold, Palette.Text);
        string name = LayerNames.Of(layout.Depth, layout.Classes > 0, layout.GaussianUnits > 0);
        canvas.Text(name, StageMetrics.Axis - 6, CaptionBaseline, style, TextAlign.Right);
        canvas.Text(size[..length], StageMetrics.Axis + 7, CaptionBaseline, new(13, FontWeight.Regular, Palette.TertiaryText));
    }

    /// <summary>Draws who samples in this half (solid) and, where something learns, who learns (dashed, against the
    /// flow).</summary>
    public static void DrawArrows(Canvas canvas, HalfView half, StageLayout layout, string samples, string? learns)
    {
        LayerPlace first = layout.Place(half.Side, 1), deepest = layout.Place(half.Side, layout.Depth);
        float left = MathF.Min(first.Left, deepest.Left), right = MathF.Max(first.Right, deepest.Right);
        if (half.Side == World.Wake) left = MathF.Min(left, right - ShortestArrow);
        else right = MathF.Max(right, left + ShortestArrow);
        DrawArrow(canvas, half, left, right, Sampling, samples, forwards: true);
        if (learns is not null) DrawArrow(canvas, half, left, right, Learning, learns, forwards: false);
    }

    private static void DrawArrow(Canvas canvas, HalfView half, float left, float right, float y, string text, bool forwards)
    {
        Rgba line = Rgba.Mix(Palette.TertiaryText.Fade(0.6f), half.Accent, half.Awake);
        float center = (left + right) / 2;
        float gap = canvas.Measure(text, 13, FontWeight.Regular) / 2 + 12;
        canvas.Text(text, center, y + 4.5f, new(13, FontWeight.Regular, Bright(half)), TextAlign.Center);
        float dash = forwards ? 0 : 3.5f;
        canvas.Line([new(left, y), new(center - gap, y)], 1.5f, line, dash);
        canvas.Line([new(center + gap, y), new(right, y)], 1.5f, line, dash);
        float tip = forwards ? right : left, back = forwards ? -6 : 6;
        canvas.Line([new(tip + back, y - 4.5f), new Vector2(tip, y), new(tip + back, y + 4.5f)], 1.5f, line);
    }

    private static Rgba Bright(HalfView half) => Rgba.Mix(Palette.SecondaryText, Palette.Text, half.Awake);
}
