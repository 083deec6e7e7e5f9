using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>Step and speed, and one dream with frozen noise at each checkpoint over the logarithm of the step: what changes
/// from picture to picture is learning, not chance.</summary>
public sealed class TimelinePanel(Scene scene) : Panel(scene)
{
    private const float Top = 640;
    private const float Side = 36;
    private const float WordsWidth = 84;
    private const float TrackY = 693.5f;
    private const float TrackLeft = 175;
    private const float TrackRight = 1256;

    private readonly PictureTile tile = new();
    private readonly CachedText<long> step = new(value => "step " + Numbers.Grouped(value));
    private readonly CachedText<(long Steps, long Frames, bool Plays)> rates = new(value => value.Plays
        ? $"{StepsName(value.Steps)} · {value.Frames} fps"
        : $"paused · {value.Frames} fps");
    private readonly string[] tickNames = [.. Enumerable.Range(0, 13).Select(power => Numbers.Grouped((long)Math.Pow(10, power)))];

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        long now = Scene.Snapshot?.Step ?? 0;
        var axis = new StepAxis(TrackLeft, TrackRight - TrackLeft, now);
        canvas.Fill(new(0, Top, Canvas.DesignWidth, 80), 0, Palette.Timeline);
        canvas.Rule(0, Top, Canvas.DesignWidth, 1, Palette.Rule);
        DrawFigures(canvas, now);
        DrawDreams(canvas, axis);
        DrawTrack(canvas, axis);
        if (Scene.IsPlaying) DrawLive(canvas);
    }

    private static string StepsName(long tenths) =>
        (tenths < 100 ? Numbers.Fixed(tenths / 10.0, 1) : Numbers.Grouped(tenths / 10)) + " steps/s";

    private static void DrawLive(Canvas canvas)
    {
        canvas.Disc(new(1222, 661), 3.5f, Palette.Text);
        canvas.Text("Live", 1256, 665, TextStyles.Value, TextAlign.Right);
    }

    private void DrawFigures(Canvas canvas, long now)
    {
        canvas.Text(step.Of(now), 24, 663, TextStyles.Title);
        long tenths = (long)Math.Round(Math.Min(Scene.StepsPerSecond, 1e12) * 10);
        if (tenths >= 100) tenths = tenths / 10 * 10;
        canvas.Text(rates.Of((tenths, (long)Math.Round(Scene.FramesPerSecond), Scene.IsPlaying)), 24, 681, TextStyles.Label);
        canvas.Text("one dream, frozen noise", 24, 709, TextStyles.Axis);
    }

    private void DrawDreams(Canvas canvas, StepAxis axis)
    {
        if (Scene.Dataset is not { } data) return;
        IReadOnlyList<TimelineDream> dreams = Scene.History.Dreams;
        float free = float.NegativeInfinity, width = WordList.Suits(data) ? WordsWidth : Side;
        float lastX = dreams.Count > 0 ? Place(axis, dreams[^1], width) : 0;
        for (int i = 0; i < dreams.Count; i++)
        {
            float x = Place(axis, dreams[i], width);
            bool isLast = i == dreams.Count - 1;
            if (!isLast && (x < free || x > lastX - width - 4) || dreams[i].Probabilities.Length != data.Units) continue;
            Box box = new(x, 648, width, Side);
            tile.Draw(canvas, box, 4, dreams[i].Probabilities, data, ColorMap.Dream, Scene.ImageStyle);
            free = x + width + 4;
        }
    }

    private static float Place(StepAxis axis, TimelineDream dream, float width) =>
        Math.Clamp(axis.X(dream.Step) - width / 2, axis.Left, axis.Right - Side - width);

    private void DrawTrack(Canvas canvas, StepAxis axis)
    {
        float knob = axis.X(axis.Now);
        Ui.DrawTrack(canvas, axis.Left, axis.Right, knob, TrackY);
        long tick = 1;
        for (int power = 0; power < tickNames.Length && axis.X(tick) < axis.Right - 20; power++, tick *= 10)
        {
            canvas.Rule(axis.X(tick), TrackY + 5, 1, 3, Palette.TertiaryText);
            canvas.Text(tickNames[power], axis.X(tick), 713, TextStyles.Axis, TextAlign.Center);
        }

        canvas.Disc(new(knob, TrackY), 7, Palette.Text);
        canvas.Disc(new(knob, TrackY), 3, Palette.Timeline);
    }
}
