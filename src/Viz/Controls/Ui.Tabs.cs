using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Controls;

/// <content>Titles that are tabs.</content>
public sealed partial class Ui
{
    private const float TabGap = 14;
    private const float TabReach = 28;

    /// <summary>Titles in a row, one of which is chosen and stands out; true when the user chose another. The arrow keys choose
    /// where it has the focus.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="x">Left end of the first title.</param>
    /// <param name="baseline">Baseline of the titles.</param>
    /// <param name="titles">What can be chosen, and what explains it.</param>
    /// <param name="selected">The chosen one, changed in place.</param>
    public bool Tabs(string id, float x, float baseline, IReadOnlyList<(string Title, string Tip)> titles, ref int selected)
    {
        int before = selected;
        for (int i = 0; i < titles.Count; i++)
        {
            bool chosen = i == selected;
            FontWeight weight = chosen ? FontWeight.Semibold : FontWeight.Regular;
            float width = canvas.Measure(titles[i].Title, 14, weight);
            Box box = new(x - TabGap / 2, baseline - TabReach + 9, width + TabGap, TabReach);
            ControlId tab = new(id, i);
            Interaction state = Interact(tab, box, focusable: chosen);
            Tip(tab, box, state, titles[i].Tip);
            if (state.Clicked) selected = i;
            if (state.Focused && chosen) selected = Math.Clamp(selected + ArrowStep(), 0, titles.Count - 1);
            Rgba color = chosen ? Palette.Text : state.Hovered ? Palette.SecondaryText : Palette.TertiaryText;
            canvas.Text(titles[i].Title, x, baseline, new(14, weight, color));
            if (titles.Count > 1 && chosen) canvas.Rule(x, baseline + 6, width, 2, Palette.TrackFill);
            if (state.Focused) FocusRing(box.Grow(-2), Radius);
            x += width + TabGap;
        }

        return selected != before;
    }

    private int ArrowStep() => input.Take(Key.Left) ? -1 : input.Take(Key.Right) ? 1 : 0;
}
