using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>The shelf while units are held: one free dream and the mean of 32, the same under do(), what the clamps changed, and
/// all 32 dreams of both, pairwise under the same noise.</summary>
public sealed class ClampShelfPanel(Scene scene) : Panel(scene)
{
    private const float Top = 488;
    private const float Side = 96;
    private const float Pitch = 110;
    private const int GalleryColumns = 8;
    private const float GalleryPitch = 33;
    private const float GallerySide = 30;

    private readonly PictureTile tile = new();
    private byte[] difference = [];
    private byte[] padded = [];

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        if (Scene.Experiment is not { Version: > 0 } experiment || Scene.Dataset is not { } data) return;
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Reconstruction, "Free", "no clamp");
        DrawPicture(canvas, ShelfGrid.Reconstruction.X, 0, experiment.Free.Probabilities(0, 0), data.Width, "one sample");
        DrawPicture(canvas, ShelfGrid.Reconstruction.X, 1, experiment.FreeMean, data.Width, "mean of 32");
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Learning, "Do", "ancestors keep their draw");
        DrawPicture(canvas, ShelfGrid.Learning.X, 0, experiment.Held.Probabilities(0, 0), data.Width, "one sample");
        DrawPicture(canvas, ShelfGrid.Learning.X, 1, experiment.HeldMean, data.Width, "mean of 32");
        DrawDifference(canvas, experiment, data.Width, data.Height);
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Settings, "32 dreams, free", "same noise, place by place");
        DrawGallery(canvas, ShelfGrid.Settings, experiment, clamped: false, data.Width);
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Dreams, "32 dreams, Do", "");
        DrawSigns(canvas, ShelfGrid.Dreams);
        DrawGallery(canvas, ShelfGrid.Dreams, experiment, clamped: true, data.Width);
    }

    private void DrawPicture(Canvas canvas, float left, int place, ReadOnlySpan<float> probabilities, int width, string name)
    {
        var box = new Box(left + place * Pitch, Top, Side, Side);
        tile.Draw(canvas, box, 8, probabilities, width, ColorMap.Dream, Scene.ImageStyle);
        canvas.Text(name, box.X, box.Bottom + 16, TextStyles.Label);
    }

    /// <summary>Mean under the clamps minus free mean, full color at a difference of 0.4.</summary>
    private void DrawDifference(Canvas canvas, ToggleExperiment experiment, int width, int height)
    {
        const float Strength = 127 / 0.4f;
        ReadOnlySpan<float> free = experiment.FreeMean, held = experiment.HeldMean;
        int side = PicturePlace.PaddedSideOf(width, height);
        if (difference.Length != free.Length) difference = new byte[free.Length];
        if (padded.Length != side * side) padded = new byte[side * side];
        for (int i = 0; i < free.Length; i++) difference[i] = (byte)Math.Clamp(128 + Strength * (held[i] - free[i]), 0, 255);
        PicturePlace.Pad(difference, width, height, padded, empty: 128);
        var box = new Box(ShelfGrid.Learning.X + 2 * Pitch, Top, Side, Side);
        canvas.Image(box, 8, side, padded, ColorMap.Difference, Scene.ImageStyle == ImageStyle.Smooth ? Sampling.Smooth : Sampling.Nearest);
        canvas.Text("minus free", box.X, box.Bottom + 16, TextStyles.Label);
    }

    private static void DrawSigns(Canvas canvas, Box column)
    {
        float width = canvas.Text("+ more ink", column.Right, column.Y + 22, TextStyles.Caption with { Color = Palette.Plus }, TextAlign.Right);
        canvas.Text("− less", column.Right - width - 10, column.Y + 22, TextStyles.Caption with { Color = Palette.Minus }, TextAlign.Right);
    }

    private void DrawGallery(Canvas canvas, Box column, ToggleExperiment experiment, bool clamped, int width)
    {
        float pitch = (column.Width - GallerySide) / (GalleryColumns - 1);
        for (int n = 0; n < ToggleExperiment.Dreams; n++)
        {
            var box = new Box(column.X + n % GalleryColumns * pitch, Top + n / GalleryColumns * GalleryPitch, GallerySide, GallerySide);
            tile.Draw(canvas, box, 3, (clamped ? experiment.Held : experiment.Free).Probabilities(n, 0), width, ColorMap.Dream, Scene.ImageStyle);
        }
    }
}
