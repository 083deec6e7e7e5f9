using System.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>What this phase of this step does, line by line, with the log-probability of every layer in nats; in slow motion
/// in place of the live settings.</summary>
/// <param name="scene">What panels share.</param>
/// <param name="stage">Where the step is shown.</param>
public sealed class PhaseShelfPanel(Scene scene, StagePanel stage) : Panel(scene)
{
    private const float First = 497.5f;
    private const float LastMiddle = 605.5f;
    private const float WidestPitch = 27;

    private static readonly Box Column = ShelfGrid.Settings;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        bool wake = Scene.LitPhases == StepPhases.Wake;
        if (stage.WorldOf(wake ? World.Wake : World.Dream) is not { } world) return;
        Span<char> step = stackalloc char[32];
        step.TryWrite($"step {Math.Max(0, world.Step):N0}", out int length);
        ShelfGrid.DrawTitle(canvas, Column, wake ? "This wake step" : "This sleep step", "");
        canvas.Text(step[..length], Column.Right, Column.Y + 22, TextStyles.Caption, TextAlign.Right);
        int layers = world.Flow.Stages, now = world.Step < 0 ? -1 : world.Flow.Running ? world.Flow.Stage : layers;
        float pitch = MathF.Min(WidestPitch, (LastMiddle - First) / layers);
        for (int line = 0; line <= layers; line++) DrawLine(canvas, world, line, now, First + line * pitch, pitch);
    }

    private void DrawLine(Canvas canvas, WorldDisplay world, int line, int now, float y, float pitch)
    {
        bool documents = Scene.Dataset?.Vocabulary is not null;
        bool active = line == now, waits = line > now, wake = world.World == World.Wake;
        Rgba accent = wake ? Palette.Wake : Palette.Dream;
        if (active) canvas.Fill(new(Column.X - 8, y - 13, Column.Width + 16, MathF.Min(26, pitch)), 4, accent.Fade(0.16f));
        StageNumbers.DrawNumber(canvas, new Vector2(Column.X + 9, y), line + 1, waits ? Palette.TertiaryText : accent, active, waits);
        Span<char> text = stackalloc char[60];
        int length = Describe(world, line, documents, text);
        var style = new TextStyle(12, active ? FontWeight.Semibold : FontWeight.Regular, waits ? Palette.TertiaryText : Palette.Text);
        canvas.Text(text[..length], Column.X + 30, y + 4.5f, style);
        DrawState(canvas, world, line, now, y + 4.5f, accent);
    }

    private static void DrawState(Canvas canvas, WorldDisplay world, int line, int now, float baseline, Rgba accent)
    {
        var style = new TextStyle(12, FontWeight.Regular, Palette.SecondaryText);
        if (line == now)
        {
            canvas.Text("now", Column.Right, baseline, style with { Weight = FontWeight.Semibold, Color = accent }, TextAlign.Right);
            return;
        }

        if (line > now)
        {
            if (line == now + 1)
                canvas.Text("next", Column.Right, baseline, style with { Color = Palette.TertiaryText }, TextAlign.Right);
            return;
        }

        bool drawn = line < world.Flow.Stages && (world.World == World.Dream || line > 0);
        if (!drawn) return;
        Span<char> nats = stackalloc char[24];
        float value = world.LogProbability(world.LayerOfStage(line));
        nats.TryWrite($"{(value < -0.05f ? "−" : "")}{MathF.Abs(value):F1} nats", out int length);
        canvas.Text(nats[..length], Column.Right, baseline, style, TextAlign.Right);
    }

    private static int Describe(WorldDisplay world, int line, bool documents, Span<char> text)
    {
        int length, deepest = world.Flow.Stages - 1;
        bool wake = world.World == World.Wake;
        int layer = line <= deepest ? world.LayerOfStage(line) : 0;
        if (line > deepest) text.TryWrite($"{(wake ? "generative network learns from it" : "recognition learns from it")}", out length);
        else if (wake && line == 0) text.TryWrite($"{(documents ? "document" : "image")} {world.Example + 1:N0} arrives", out length);
        else if (wake) text.TryWrite($"{LayerNames.Of(layer)} given {LayerNames.Of(layer - 1)}", out length);
        else if (line == 0) text.TryWrite($"draw {LayerNames.Of(layer)} from the prior", out length);
        else text.TryWrite($"{(layer == 0 ? documents ? "words" : "picture" : LayerNames.Of(layer))} given {LayerNames.Of(layer + 1)}", out length);
        return length;
    }
}
