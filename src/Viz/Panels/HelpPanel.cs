using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>The page of shortcuts, above everything.</summary>
public sealed class HelpPanel(Scene scene) : Panel(scene)
{
    private const float RowHeight = 25;

    private static readonly Box Whole = new(-1e5f, -1e5f, 2e5f, 2e5f);
    private static readonly Box Page = new(230, 92, 820, 492);
    private static readonly float[] Columns = [262, 658];

    private bool isOpen;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        bool wasOpen = isOpen;
        isOpen = Scene.HelpOpen;
        if (!isOpen) return;
        ui.Layer = UiLayer.Help;
        ui.Block(Whole);
        canvas.Fill(new(-4000, -4000, 9280, 8720), 0, Palette.Ground.Fade(0.72f));
        Card.Draw(canvas, Page, 12);
        canvas.Text("Shortcuts", Columns[0], Page.Y + 42, new(20, FontWeight.Semibold, Palette.Text));
        bool close = ui.IconButton("close help", new(Page.Right - 44, Page.Y + 16, 28, 28), Icon.Close, Palette.SecondaryText, tip: "Close (Escape)");
        DrawSubject(canvas, 0, Columns[0], Page.Y + 78);
        DrawSubject(canvas, 1, Columns[1], Page.Y + 78);
        DrawSubject(canvas, 2, Columns[0], Page.Y + 78 + 11.2f * RowHeight);
        bool outside = wasOpen && ui.Pressed && !Page.Contains(ui.PressPoint.X, ui.PressPoint.Y);
        if (close || outside) Scene.HelpOpen = false;
        ui.Layer = UiLayer.Base;
    }

    private static void DrawSubject(Canvas canvas, int subject, float x, float top)
    {
        (string name, IReadOnlyList<Shortcut> items) = Shortcuts.All[subject];
        canvas.Text(name, x, top, TextStyles.Caption);
        for (int i = 0; i < items.Count; i++)
        {
            float baseline = top + (i + 1) * RowHeight;
            canvas.Text(items[i].Keys, x, baseline, new(13, FontWeight.Semibold, Palette.Text));
            canvas.Text(items[i].Meaning, x + 92, baseline, new(13, FontWeight.Regular, Palette.SecondaryText));
        }
    }
}
