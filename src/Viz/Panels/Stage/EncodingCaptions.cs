using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>Says how samples are shown: the chip on the axis, and above the layers the stages of slow motion or the legend of
/// full speed.</summary>
internal static class EncodingCaptions
{
    public static void Draw(Canvas canvas, Scene scene, StageRun run)
    {
        WorldDisplay wake = run.Wake.World!, dream = run.Sleep.World!;
        if (wake.Step < 0 && dream.Step < 0)
        {
            CaptionChip.Draw(canvas, scene.IsPlaying ? "nothing learned yet" : "nothing learned yet: press Space");
            return;
        }

        switch (run.Rhythm.Encoding)
        {
            case FlipEncoding.EveryFlip:
                StageNumbers.Draw(canvas, run.Wake, run.Layout);
                StageNumbers.Draw(canvas, run.Sleep, run.Layout);
                CaptionChip.Draw(canvas, "slow motion · every flip shown");
                break;
            case FlipEncoding.NewestSample:
                CaptionChip.Draw(canvas, "one sample a frame");
                break;
            default:
                LegendDrawing.Draw(canvas, run.Layout, wake.ShownSamples, run.Seam.IsProfile);
                DrawWindow(canvas, wake);
                break;
        }
    }

    private static void DrawWindow(Canvas canvas, WorldDisplay wake)
    {
        Span<char> text = stackalloc char[80];
        text.TryWrite($"1 of {wake.ShownSamples:N0} samples shown · {wake.Rate} updates / s", out int length);
        CaptionChip.Draw(canvas, text[..length]);
    }
}
