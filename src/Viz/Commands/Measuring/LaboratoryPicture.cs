using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Laboratory;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Screens.Software;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands.Measuring;

/// <summary>The laboratory's panel as a PNG picture, 1920 × 1080.</summary>
internal static class LaboratoryPicture
{
    private const int Width = 1920;
    private const int Height = 1080;

    /// <summary>Draws a finished result: as many estimators as the panel has places for.</summary>
    public static void Write(Stream stream, FrozenWeights frozen, LaboratoryResult result, ComparisonBasis basis)
    {
        LaboratoryPanel panel = new(new Scene());
        panel.Show(frozen, result, basis);
        DrawList list = new();
        Canvas canvas = new(list, GlyphCache.Shared);
        Ui ui = new();
        canvas.Begin(Width, Height);
        canvas.Text("DreamViz", 24, 32, new(16, FontWeight.Semibold, Palette.Text));
        canvas.Rule(0, 51, Canvas.DesignWidth, 1, Palette.Rule);
        ui.BeginFrame(canvas, 0);
        panel.Draw(canvas, ui);
        ui.EndFrame();
        SoftwareScreen screen = new(Width, Height);
        screen.Draw(list);
        PngWriter.Write(stream, screen.Pixels, Width, Height);
    }
}
