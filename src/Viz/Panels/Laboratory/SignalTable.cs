using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>Signal to noise of every estimator for every latent unit, and for all of λ: with a figure in each cell for up to
/// eight units, beyond that as brightness alone, the figure on hover.</summary>
internal sealed class SignalTable
{
    private const float NamesLeft = 668;
    private const float CellsLeft = 800;
    private const float CellsWidth = 382;
    private const float Right = 1256;
    private const float Top = 479;
    private const float Pitch = 27;
    private const float CellHeight = 22;
    private const int MostWithFigures = 8;

    private LaboratoryFigures? known;
    private string[][] texts = [];
    private string[] totals = [];

    /// <summary>Draws it.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="ui">For explanations.</param>
    /// <param name="figures">What was found; null before.</param>
    /// <param name="selected">The row that stands out.</param>
    /// <param name="layerSizes">[D, H₁, …, H_L] of what is measured.</param>
    public void Draw(Canvas canvas, Ui ui, LaboratoryFigures? figures, int selected, IReadOnlyList<int> layerSizes)
    {
        canvas.Text("Signal to noise, unit by unit", NamesLeft, 466, TextStyles.Title);
        canvas.Text("|mean| / sd of one estimate", Right, 466, TextStyles.Caption, TextAlign.Right);
        if (figures is null) return;
        if (!ReferenceEquals(known, figures)) Write(figures);
        for (int row = 0; row < figures.Cards.Count; row++) DrawRow(canvas, ui, figures, row, row == selected);
        DrawColumns(canvas, layerSizes);
    }


    private void Write(LaboratoryFigures figures)
    {
        known = figures;
        texts = [.. figures.Measured.Select(measures => measures is { UnitSignalToNoise.Count: <= MostWithFigures }
            ? measures.UnitSignalToNoise.Select(Figure).ToArray() : [])];
        totals = [.. figures.Measured.Select(measures => measures is null ? "–" : Figure(measures.SignalToNoise))];
    }

    private static string Figure(double value) => !double.IsFinite(value) ? "–" : Numbers.Fixed(value, value >= 10 ? 0 : value >= 9.995 ? 1 : 2);

    private void DrawRow(Canvas canvas, Ui ui, LaboratoryFigures figures, int row, bool isSelected)
    {
        float y = Top + row * Pitch;
        FontWeight weight = isSelected ? FontWeight.Semibold : FontWeight.Regular;
        FittedName.Draw(canvas, ui, figures.Cards[row].Name, NamesLeft, y + 15, CellsLeft - NamesLeft - 8, new(12, weight, isSelected ? Palette.Text : Palette.SecondaryText));
        canvas.Text(totals[row], Right, y + 15, new(12, FontWeight.Semibold, Palette.Text), TextAlign.Right);
        if (figures.Measured[row] is not { } measures) return;
        int units = measures.UnitSignalToNoise.Count;
        for (int unit = 0; unit < units; unit++)
        {
            Box cell = Cell(row, unit, units);
            double value = measures.UnitSignalToNoise[unit];
            float light = double.IsNaN(value) ? 0 : (float)Math.Clamp(value, 0, 1);
            canvas.Fill(cell, units <= 2 * MostWithFigures ? 4 : 0, Rgba.Mix(Palette.SignalDark, Palette.SignalLight, light));
            if (texts[row].Length > 0)
                canvas.Text(texts[row][unit], cell.Center.X, cell.Center.Y + 4, new(11, FontWeight.Regular, light > 0.55f ? Palette.Ground : Palette.Text), TextAlign.Center);
        }

        Explain(ui, figures, row, units, measures);
    }

    private static void Explain(Ui ui, LaboratoryFigures figures, int row, int units, EstimatorMeasures measures)
    {
        Box strip = new(CellsLeft, Top + row * Pitch, CellsWidth, CellHeight);
        ControlId id = new("laboratory signal", row);
        Interaction state = ui.Interact(id, strip, enabled: false);
        if (!state.Hovered) return;
        int unit = Math.Clamp((int)((ui.Pointer.X - CellsLeft) / (CellsWidth + 2) * units), 0, units - 1);
        ui.Tip(id, Cell(row, unit, units), state,
            $"{figures.Cards[row].Name}, latent unit {unit + 1}: the true gradient is {Figure(measures.UnitSignalToNoise[unit])} times as long as one estimate's noise. Above 1, a single estimate points about the right way.");
    }

    private static Box Cell(int row, int unit, int units)
    {
        float pitch = (CellsWidth + 2) / units, gap = units <= MostWithFigures ? 2 : pitch > 5 ? 1 : 0;
        return new(CellsLeft + unit * pitch, Top + row * Pitch, MathF.Max(0.5f, pitch - gap), CellHeight);
    }

    private static void DrawColumns(Canvas canvas, IReadOnlyList<int> layerSizes)
    {
        int units = 0, first = 0;
        for (int l = 1; l < layerSizes.Count; l++) units += layerSizes[l];
        if (units == 0) return;
        canvas.Text("all", Right, 656, TextStyles.Axis, TextAlign.Right);
        if (units <= MostWithFigures && layerSizes.Count == 2)
        {
            for (int unit = 0; unit < units; unit++)
                canvas.Text(UnitNames[unit], Cell(0, unit, units).Center.X, 656, TextStyles.Axis, TextAlign.Center);
            return;
        }

        for (int l = 1; l < layerSizes.Count; first += layerSizes[l++])
        {
            float from = Cell(0, first, units).X, to = Cell(0, first + layerSizes[l] - 1, units).Right;
            canvas.Rule(from, 643, to - from, 1, Palette.Rule);
            canvas.Text(Stage.LayerNames.Of(l), (from + to) / 2, 656, TextStyles.Axis, TextAlign.Center);
        }
    }

    private static readonly string[] UnitNames = [.. Enumerable.Range(1, MostWithFigures).Select(unit => $"z{unit}")];
}
