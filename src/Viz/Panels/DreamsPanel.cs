using DreamViz.Engine.Data;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>The newest dreams, unselected: p(x | h₁) of each, the newest first. At full speed a dream joins every half
/// second, so that each can be seen.</summary>
public sealed class DreamsPanel(Scene scene) : Panel(scene)
{
    private const int Columns = 6;
    private const int Capacity = 3 * Columns;
    private const float Side = 40;
    private const float Top = 488;
    private const int Lines = 7;
    private const float LinePitch = 19;
    private const double HoldSeconds = 0.5;

    private readonly PictureTile tile = new();
    private readonly WordList words = new();
    private readonly float[][] dreams = new float[Capacity][];
    private int count;
    private int newest;
    private long newestStep = -1;
    private double newestAt = double.NegativeInfinity;

    /// <inheritdoc/>
    public override void RunStarted() => (count, newest, newestStep, newestAt) = (0, 0, -1, double.NegativeInfinity);

    /// <inheritdoc/>
    public override void Observe(TrainingSnapshot snapshot)
    {
        PhaseSample dream = snapshot.Dream;
        bool held = Scene.StepsPerSecond > 1 / HoldSeconds && Scene.Time.Time - newestAt < HoldSeconds && count >= Capacity;
        if (dream.Step < 0 || dream.Step == newestStep || held) return;
        newest = (newest + Capacity - 1) % Capacity;
        count = Math.Min(count + 1, Capacity);
        (newestStep, newestAt) = (dream.Step, Scene.Time.Time);
        float[] probabilities = dream.Layers[0].Probabilities;
        if (dreams[newest]?.Length != probabilities.Length) dreams[newest] = new float[probabilities.Length];
        probabilities.CopyTo(dreams[newest], 0);
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        ShelfGrid.DrawTitle(canvas, ShelfGrid.Dreams, "Dreams", "newest first");
        if (Scene.Dataset is { } data && WordList.Suits(data)) DrawLines(canvas, data);
        else for (int i = 0; i < Capacity; i++) DrawDream(canvas, i);
    }

    /// <summary>Documents: a line of words each.</summary>
    private void DrawLines(Canvas canvas, Dataset data)
    {
        Box column = ShelfGrid.Dreams;
        for (int i = 0; i < Math.Min(count, Lines); i++)
        {
            var line = new Box(column.X, Top + i * LinePitch, column.Width, LinePitch - 3);
            canvas.Fill(line, 3, Palette.NightTile);
            float[] dream = dreams[(newest + i) % Capacity];
            if (dream.Length == data.Units)
                words.DrawLine(canvas, line.X + 6, line.Right - 4, line.Y + 11, data.Vocabulary!, dream, Palette.DreamDot, 11);
        }
    }

    private void DrawDream(Canvas canvas, int i)
    {
        float pitch = (ShelfGrid.Dreams.Width - Side) / (Columns - 1);
        Box box = new(ShelfGrid.Dreams.X + i % Columns * pitch, Top + i / Columns * 45, Side, Side);
        canvas.Fill(box, 4, Palette.NightTile);
        if (i >= count || Scene.Dataset is not { } data) return;
        float[] dream = dreams[(newest + i) % Capacity];
        if (dream.Length == data.Units) tile.Draw(canvas, box, 4, dream, data, ColorMap.Dream, Scene.ImageStyle);
    }
}
