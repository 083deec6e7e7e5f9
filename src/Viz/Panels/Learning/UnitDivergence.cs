using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Learning;

/// <summary>How much every latent unit says about pictures: its share of KL(q(z | x) ‖ p(z)), averaged over half a second of
/// batches, the largest first, one row a layer; real-valued units in a row of their own, below.</summary>
internal sealed class UnitDivergence : LearningView
{
    private const double Active = 0.01;
    private const double AveragingSeconds = 0.5;
    private const float Left = 344, Width = 190, Gap = 8;
    private const float HighestRow = 44, LowestRow = 20;

    private readonly CachedText<(int Row, int Unit, int Centinats)> tip;
    private readonly CachedText<int> total = new(tenths => $"{Numbers.Fixed(tenths / 10.0, 1)} nats");
    private float[][] mean = [];
    private float[][] sorted = [];
    private int[][] order = [];
    private string[] activity = [];
    private int[] activeCounts = [];
    private double sum;
    private int layers;
    private long shownStep = -1;
    private double shownAt;

    /// <param name="scene">What panels share.</param>
    public UnitDivergence(Scene scene)
        : base(scene) => tip = new(Describe);

    /// <inheritdoc/>
    public override string Title => "Units";

    /// <inheritdoc/>
    public override string Explanation =>
        "How many nats every latent unit says about a picture: its divergence from the prior; a unit at 0 is unused";

    /// <inheritdoc/>
    public override string Caption => total.Of((int)Math.Round(10 * sum));

    /// <inheritdoc/>
    public override bool IsOffered => shownStep >= 0;

    /// <inheritdoc/>
    public override void RunStarted() => shownStep = -1;

    /// <inheritdoc/>
    public override void Observe(TrainingSnapshot snapshot)
    {
        if (snapshot.Wake.Step < 0 || snapshot.Wake.Step == shownStep) return;
        WakeDiagnostics newest = snapshot.Diagnostics;
        bool anew = shownStep < 0;
        if (anew) MakeRoom(newest);
        float share = anew ? 1 : (float)(1 - Math.Exp(-(Scene.Time.Time - shownAt) / AveragingSeconds));
        sum = 0;
        for (int l = 0; l < layers; l++) Average(l, newest.UnitDivergence[l], share);
        if (mean.Length > layers) Average(layers, newest.GaussianDivergence, share);

        (shownStep, shownAt) = (snapshot.Wake.Step, Scene.Time.Time);
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        int rows = Math.Min(mean.Length, (int)(Area.Height / LowestRow));
        float pitch = MathF.Min(HighestRow, Area.Height / rows), largest = 0.05f;
        foreach (float[] layer in sorted) largest = MathF.Max(largest, layer[^1]);
        for (int l = 0; l < rows; l++) DrawLayer(canvas, ui, l, new(Left, Area.Y + l * pitch, Width, pitch - Gap), largest);
    }

    private string Describe((int Row, int Unit, int Centinats) unit)
    {
        int classes = unit.Row == layers - 1 ? Scene.Classes : 0;
        string name = unit.Row == layers ? $"g unit {unit.Unit + 1}"
            : unit.Unit < classes ? $"label {unit.Unit}"
            : $"{LayerNames.Of(unit.Row + 1)} unit {unit.Unit - classes + 1}";
        string divergence = unit.Row == layers ? "q(g | x) is from N(0, 1)" : unit.Unit < classes ? "q(y | x) is from p(y)" : "q(z | x) is from p(z)";
        return $"{name} says {Numbers.Fixed(unit.Centinats / 100.0, 2)} nats about a picture: how far {divergence}, on average";
    }

    private void MakeRoom(WakeDiagnostics newest)
    {
        layers = newest.UnitDivergence.Length;
        int[] units = [.. newest.UnitDivergence.Select(layer => layer.Length), .. newest.GaussianDivergence.Length > 0 ? [newest.GaussianDivergence.Length] : Array.Empty<int>()];
        mean = [.. units.Select(count => new float[count])];
        sorted = [.. units.Select(count => new float[count])];
        order = [.. units.Select(count => new int[count])];
        activity = new string[units.Length];
        activeCounts = [.. units.Select(_ => -1)];
    }

    private void Average(int row, float[] newest, float share)
    {
        for (int i = 0; i < newest.Length; i++) mean[row][i] += share * (newest[i] - mean[row][i]);
        Sort(row);
    }

    private string NameOf(int row) => row == layers ? "g" : LayerNames.Of(row + 1, row == layers - 1 && Scene.Classes > 0, gaussian: false);

    private void Sort(int layer)
    {
        float[] values = sorted[layer];
        int active = 0;
        for (int i = 0; i < values.Length; i++)
        {
            (values[i], order[layer][i]) = (mean[layer][i], i);
            sum += values[i];
            if (values[i] >= Active) active++;
        }

        Array.Sort(values, order[layer]);
        if (active == activeCounts[layer]) return;
        activeCounts[layer] = active;
        activity[layer] = $"{active} of {values.Length}";
    }

    private void DrawLayer(Canvas canvas, Ui ui, int layer, Box box, float largest)
    {
        float[] values = sorted[layer];
        int bars = Math.Min(values.Length, (int)Width);
        float pitch = box.Width / bars, gap = pitch >= 3 ? 1 : 0;
        canvas.Text(NameOf(layer), Area.X, box.Bottom, TextStyles.Label);
        canvas.Rule(box.X, box.Bottom, box.Width, 1, Palette.Rule);
        for (int bar = 0; bar < bars; bar++)
        {
            float value = values[Ranked(bar, bars, values.Length)], height = MathF.Max(0, value) / largest * box.Height;
            if (height < 0.5f) continue;
            canvas.Fill(new(box.X + bar * pitch, box.Bottom - height, pitch - gap, height), 0, value < Active ? Palette.OffOutline : Palette.Wake);
        }

        canvas.Text(activity[layer], Area.Right, box.Bottom, TextStyles.Value, TextAlign.Right);
        Box counts = new(box.Right + 4, box.Y, Area.Right - box.Right - 4, box.Height + 4);
        Explain(ui, new ControlId("active units", layer), counts, "Units that say more than 0.01 nats about a picture, of all in this layer");
        ExplainUnit(ui, layer, box, (int)((ui.Pointer.X - box.X) / pitch), bars);
    }

    private void ExplainUnit(Ui ui, int layer, Box box, int bar, int bars)
    {
        ControlId id = new("unit divergence", layer);
        Interaction state = ui.Interact(id, box, enabled: false);
        if (!state.Hovered) return;
        int rank = Ranked(Math.Clamp(bar, 0, bars - 1), bars, sorted[layer].Length);
        ui.Tip(id, box, state, tip.Of((layer, order[layer][rank], (int)Math.Round(100 * sorted[layer][rank]))));
    }

    /// <summary>The place among the values, sorted upward, of the largest that a bar stands for.</summary>
    private static int Ranked(int bar, int bars, int units) => units - 1 - (int)((long)bar * units / bars);
}
