using System.Numerics;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The words of the mirror while units are held, and the button that releases them.</summary>
internal sealed class ExperimentCaptions
{
    private const float Middle = 430;

    private readonly CachedText<int> release = new(held => held == 1 ? "Release it" : $"Release all {held:N0}");
    private readonly CachedText<int> followed = new(units => units == 1 ? "1 unit followed" : $"{units:N0} units followed");

    /// <summary>Draws names, captions, legend and button.</summary>
    public void Draw(Canvas canvas, Ui ui, Scene scene, StageLayout layout, ExperimentViews views)
    {
        DrawNames(canvas, scene, layout, views);
        CaptionChip.Draw(canvas, "same frozen noise on both sides");
        canvas.Text(layout.GaussianUnits > 0 ? "click a unit: free, on, off · turn a dial" : "click a unit: free, on, off", StageMetrics.Axis, 108, new(11, FontWeight.Regular, Palette.SecondaryText), TextAlign.Center);
        DrawRelease(canvas, ui, scene, MathF.Min(354, layout.Place(World.Wake, 1).Left));
        DrawLegend(canvas, scene, StageMetrics.Axis + StageMetrics.HalfSeam);
    }

    /// <summary>Draws names and captions of the pictures only.</summary>
    public static void DrawNames(Canvas canvas, Scene scene, StageLayout layout, ExperimentViews views)
    {
        LabelDrawing.DrawHeader(canvas, views.Left, "Free", "the dream you did not touch");
        LabelDrawing.DrawHeader(canvas, views.Right, "Clamped", "the dream answers");
        string details = layout.DreamPicture.Words is not null ? "most probable words given h₁" : scene.PixelsInOrder ? "p(pixel | h₁, those before)" : scene.PictureGiven;
        LabelDrawing.DrawCaption(canvas, views.Left, layout.WakePicture, "one sample", details);
        LabelDrawing.DrawCaption(canvas, views.Right, layout.DreamPicture, "one sample", details);
    }

    private void DrawRelease(Canvas canvas, Ui ui, Scene scene, float x)
    {
        if (ui.Button("release", new(x, Middle - 14, 112, 28), release.Of(scene.Selection.HeldUnits), tip: "Let the network draw every unit again"))
            scene.Selection.ReleaseAll();
        canvas.Text("clamps do not train", x + 124, Middle + 4.5f, new(12, FontWeight.Regular, Palette.SecondaryText));
    }

    private void DrawLegend(Canvas canvas, Scene scene, float x)
    {
        var style = new TextStyle(13, FontWeight.Regular, Palette.Text);
        var center = new Vector2(x + 9, Middle);
        canvas.Disc(center, 6, Palette.Dream);
        canvas.Ring(center, 8.5f, 2, Palette.Focus);
        x += 24 + canvas.Text("on", x + 24, Middle + 4.5f, style) + 16;
        center.X = x + 9;
        canvas.Disc(center, 6, Palette.OffCell);
        canvas.Ring(center, 8.5f, 2, Palette.Focus);
        canvas.Line([center + new Vector2(-3.5f, -3.5f), center + new Vector2(3.5f, 3.5f)], 1.5f, Palette.Focus);
        canvas.Line([center + new Vector2(-3.5f, 3.5f), center + new Vector2(3.5f, -3.5f)], 1.5f, Palette.Focus);
        x += 24 + canvas.Text("off", x + 24, Middle + 4.5f, style) + 16;
        center.X = x + 9;
        canvas.Disc(center, 7.5f, Palette.Dream);
        canvas.Disc(center, 3, Palette.Ground);
        canvas.Text(followed.Of(scene.Experiment?.FollowedUnits ?? 0), x + 22, Middle + 4.5f, style);
    }
}
