using System.Numerics.Tensors;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
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
    private const int Lines = 7;
    private const float LinePitch = 19;

    private readonly PictureTile tile = new();
    private readonly WordList words = new();
    private byte[] difference = [];
    private float[] changes = [];
    private byte[] padded = [];

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        if (Scene.Experiment is not { Version: > 0 } experiment || Scene.Dataset is not { } data) return;
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Reconstruction, "Free", "no clamp");
        DrawPicture(canvas, ShelfGrid.Reconstruction.X, 0, experiment.Free.Probabilities(0, 0), data, "one sample");
        DrawPicture(canvas, ShelfGrid.Reconstruction.X, 1, experiment.FreeMean, data, "mean of 32");
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Learning, "Do", "ancestors keep their draw");
        DrawPicture(canvas, ShelfGrid.Learning.X, 0, experiment.Held.Probabilities(0, 0), data, "one sample");
        DrawPicture(canvas, ShelfGrid.Learning.X, 1, experiment.HeldMean, data, "mean of 32");
        DrawDifference(canvas, experiment, data);
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Settings, WordList.Suits(data) ? "Dreams, free" : "32 dreams, free", "same noise, place by place");
        DrawGallery(canvas, ShelfGrid.Settings, experiment, clamped: false, data);
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Dreams, WordList.Suits(data) ? "Dreams, Do" : "32 dreams, Do", "");
        DrawSigns(canvas, ShelfGrid.Dreams, data);
        DrawGallery(canvas, ShelfGrid.Dreams, experiment, clamped: true, data);
    }

    private void DrawPicture(Canvas canvas, float left, int place, ReadOnlySpan<float> probabilities, Dataset data, string name)
    {
        var box = new Box(left + place * Pitch, Top, Side, Side);
        tile.Draw(canvas, box, 8, probabilities, data, ColorMap.Dream, Scene.ImageStyle);
        canvas.Text(name, box.X, box.Bottom + 16, TextStyles.Label);
    }

    /// <summary>Mean under the clamps minus free mean, full color at a difference of 0.4, of words at 0.4 of the largest free mean.
    /// </summary>
    private void DrawDifference(Canvas canvas, ToggleExperiment experiment, Dataset data)
    {
        ReadOnlySpan<float> free = experiment.FreeMean, held = experiment.HeldMean;
        float strength = 127 / 0.4f / (data.Vocabulary is null ? 1 : WordBrightness.Largest(free));
        var box = new Box(ShelfGrid.Learning.X + 2 * Pitch, Top, Side, Side);
        canvas.Text("minus free", box.X, box.Bottom + 16, TextStyles.Label);
        if (WordList.Suits(data))
        {
            DrawWordDifference(canvas, box, free, held, data);
            return;
        }

        int side = PicturePlace.PaddedSideOf(data.Width, data.Height);
        if (difference.Length != free.Length) difference = new byte[free.Length];
        if (padded.Length != side * side) padded = new byte[side * side];
        for (int i = 0; i < free.Length; i++) difference[i] = (byte)Math.Clamp(128 + strength * (held[i] - free[i]), 0, 255);
        PicturePlace.Pad(difference, data.Width, data.Height, padded, empty: 128);
        canvas.Image(box, 8, side, padded, ColorMap.Difference, PictureTile.SamplingOf(Scene.ImageStyle, data.Width, data.Height));
    }

    private void DrawWordDifference(Canvas canvas, Box box, ReadOnlySpan<float> free, ReadOnlySpan<float> held, Dataset data)
    {
        if (changes.Length != free.Length) changes = new float[free.Length];
        TensorPrimitives.Subtract(held, free, changes);
        canvas.Fill(box, 8, Palette.NightTile);
        words.DrawSigned(canvas, box, data.Vocabulary!, changes, 11, raised: 4);
    }

    private static void DrawSigns(Canvas canvas, Box column, Dataset data)
    {
        float width = canvas.Text(data.Vocabulary is null ? "+ more ink" : "+ more often", column.Right, column.Y + 22, TextStyles.Caption with { Color = Palette.Plus }, TextAlign.Right);
        canvas.Text("− less", column.Right - width - 10, column.Y + 22, TextStyles.Caption with { Color = Palette.Minus }, TextAlign.Right);
    }

    private void DrawGallery(Canvas canvas, Box column, ToggleExperiment experiment, bool clamped, Dataset data)
    {
        if (WordList.Suits(data))
        {
            DrawLines(canvas, column, clamped ? experiment.Held : experiment.Free, data);
            return;
        }

        float pitch = (column.Width - GallerySide) / (GalleryColumns - 1);
        for (int n = 0; n < ToggleExperiment.Dreams; n++)
        {
            var box = new Box(column.X + n % GalleryColumns * pitch, Top + n / GalleryColumns * GalleryPitch, GallerySide, GallerySide);
            tile.Draw(canvas, box, 3, (clamped ? experiment.Held : experiment.Free).Probabilities(n, 0), data, ColorMap.Dream, Scene.ImageStyle);
        }
    }

    /// <summary>Documents: the first dreams, a line of words each.</summary>
    private void DrawLines(Canvas canvas, Box column, DreamProbe dreams, Dataset data)
    {
        for (int n = 0; n < Lines; n++)
        {
            var line = new Box(column.X, Top + n * LinePitch, column.Width, LinePitch - 3);
            canvas.Fill(line, 3, Palette.NightTile);
            words.DrawLine(canvas, line.X + 6, line.Right - 4, line.Y + 11, data.Vocabulary!, dreams.Probabilities(n, 0), Palette.DreamDot, 11);
        }
    }
}
