using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What a film says below the stage: one sentence, how it is shown, and where the run stands.</summary>
internal sealed class FilmCaptions
{
    private const float Sentence = 610;
    private const float Footer = 696;
    private const float Left = 72;

    private string network = "";
    private IReadOnlyList<int>? sizes;

    /// <summary>Draws the words on the whole picture.</summary>
    public void Draw(Canvas canvas, Scene scene, StageRun run, RecognitionShares learning, bool experiments)
    {
        (string sentence, string second) = experiments
            ? ("The same dream twice: free, and with units held.", "Same frozen noise on both sides.")
            : Say(run.Rhythm.Lit, learning);
        canvas.Text(sentence, StageMetrics.Axis, Sentence, new(20, FontWeight.Regular, Palette.Text), TextAlign.Center);
        var style = new TextStyle(16, FontWeight.Regular, Palette.SecondaryText);
        if (second.Length > 0) canvas.Text(second, StageMetrics.Axis, Sentence + 32, style, TextAlign.Center);
        else DrawWindow(canvas, run, style);
        DrawFooter(canvas, scene, run);
    }

    private static (string Sentence, string Second) Say(StepPhases lit, RecognitionShares learning) => lit switch
    {
        StepPhases.Wake => ("Awake, the network explains a picture it is shown.",
            learning.Wake > 0 ? "From this explanation, both networks learn." : "From this explanation, the generative network learns."),
        StepPhases.Sleep => ("Asleep, the network dreams a picture of its own.",
            learning.Sleep > 0 ? "From this dream, recognition learns." : "Nothing learns from this dream: recognition learns awake."),
        _ => ("Awake it explains pictures, asleep it dreams its own.", ""),
    };

    private static void DrawWindow(Canvas canvas, StageRun run, TextStyle style)
    {
        WorldDisplay wake = run.Wake.World!;
        if (wake.Encoding != FlipEncoding.Mean || wake.ShownSamples == 0) return;
        Span<char> text = stackalloc char[80];
        text.TryWrite($"1 of {wake.ShownSamples:N0} samples shown · {wake.Rate} updates / s", out int length);
        canvas.Text(text[..length], StageMetrics.Axis, Sentence + 32, style, TextAlign.Center);
    }

    private void DrawFooter(Canvas canvas, Scene scene, StageRun run)
    {
        float right = Canvas.DesignWidth - Left;
        canvas.Rule(Left, Footer - 24, right - Left, 1, Palette.Text.Fade(0.16f));
        var style = new TextStyle(13, FontWeight.Regular, Palette.SecondaryText);
        Span<char> step = stackalloc char[32];
        step.TryWrite($"step {scene.Snapshot?.Step ?? 0:N0}", out int length);
        canvas.Text(step[..length], Left, Footer, style);
        if (sizes != scene.LayerSizes) (sizes, network) = (scene.LayerSizes, string.Join("-", scene.LayerSizes));
        string pace = run.Rhythm.Encoding == FlipEncoding.EveryFlip ? " · slow motion" : "";
        float x = right - canvas.Measure(pace, 13, FontWeight.Regular);
        canvas.Text(pace, x, Footer, style);
        x -= canvas.Text(network, x, Footer, style, TextAlign.Right);
        canvas.Text(" · ", x, Footer, style, TextAlign.Right);
        canvas.Text(scene.PresetName, x - canvas.Measure(" · ", 13, FontWeight.Regular), Footer, style, TextAlign.Right);
    }
}
