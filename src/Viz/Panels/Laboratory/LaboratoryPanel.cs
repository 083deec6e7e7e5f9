using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Numerics;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>
/// The estimator laboratory: the weights as they were when it was opened, one picture, and up to six estimators that guess the
/// same gradient over and over. Training goes on behind it; the laboratory's weights stay.
/// </summary>
public sealed class LaboratoryPanel(Scene scene) : Panel(scene)
{
    private const float CardPitch = 208;

    private static readonly Box Tile = new(1216, 62, 40, 40);
    private static readonly string[] Bases = ["Same budget", "Same samples"];

    private static readonly string[] Questions = [.. new[] { "no answer", "one answer", "two answers", "three answers", "four answers", "five answers", "six answers" }
        .Select(answers => $"{answers} to one question: which way should recognition move?")];

    private readonly LaboratoryChoice choice = new();
    private readonly ErrorPlot errors = new();
    private readonly SignalTable signals = new();
    private readonly MenuItem[] menu = [.. EstimatorCatalog.All.Select(estimator => new MenuItem(estimator.Name, estimator.Summary))];
    private FrozenWeights? frozen;
    private LaboratoryBench? bench;
    private LaboratoryFigures? figures;
    private LaboratoryTexts texts = LaboratoryTexts.None;
    private ComparisonBasis basis = ComparisonBasis.SameSamples;

    /// <summary>Answers of every estimator.</summary>
    public int Estimates { get; init; } = new LaboratorySettings().Estimates;

    /// <inheritdoc/>
    public override void RunStarted() => Leave();

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        if (!Scene.LaboratoryOpen)
        {
            Leave();
            return;
        }

        if (frozen is null) Freeze();
        TakeResult();
        canvas.Fill(new(0, 52, Canvas.DesignWidth, 668), 0, Palette.Ground);
        DrawHead(canvas);
        for (int i = 0; i < choice.Keys.Count; i++) DrawCard(canvas, ui, i);
        DrawLegend(canvas, ui);
        errors.Draw(canvas, ui, figures, choice.Selected);
        if (bench is { Failure: null }) ReferenceProgress.Draw(canvas, figures?.Result);
        signals.Draw(canvas, ui, figures, choice.Selected, frozen?.Machine.LayerSizes ?? []);
        DrawFoot(canvas, ui);
    }

    /// <summary>Shows a finished result instead of measuring.</summary>
    internal void Show(FrozenWeights weights, LaboratoryResult result, ComparisonBasis measuredBasis)
    {
        (frozen, basis) = (weights, measuredBasis);
        choice.BeginWith([.. result.Measures.Select(measures => measures.Estimator.Key)]);
        figures = new LaboratoryFigures(result, choice.Keys);
        texts = LaboratoryTexts.Of(weights, result);
        Scene.LaboratoryOpen = true;
    }

    /// <inheritdoc/>
    protected internal override void OnDestroy() => Leave();

    private void Leave()
    {
        bench?.Stop();
        (bench, frozen, figures) = (null, null, null);
        texts = LaboratoryTexts.None;
    }

    private void Freeze()
    {
        if (Scene.Model is not { } model || Scene.Dataset is not { } data || Scene.Snapshot is not { } snapshot) return;
        BitMatrix batch = new(0, 0);
        int[] shown = [Math.Max(0, snapshot.Wake.Example)];
        data.Training.Read(shown, snapshot.Seed, 0, batch);
        int[] labels = LabelChoice.Given(data.Training, model.Shape.Classes, snapshot.Seed, Scene.Settings.LabeledExamples, shown);
        frozen = new FrozenWeights(model.Clone(), batch, data, Scene.Settings, snapshot.Seed, snapshot.Step, labels);
        if (choice.Keys.Count == 0) choice.Begin(model.Shape);
        Measure();
    }

    private void Measure()
    {
        bench?.Stop();
        figures = null;
        LaboratorySettings settings = new() { Estimates = Estimates, Basis = basis };
        bench = new LaboratoryBench(frozen!, choice.WithSamples(Scene.Settings.Samples), settings, Scene.Time.CaptureFrameRate > 0);
        texts = LaboratoryTexts.Before(frozen!);
    }

    private void TakeResult()
    {
        bench?.Advance();
        if (bench?.Failure is { } failure) texts = texts with { Count = failure };
        if (bench?.Result is not { } result || ReferenceEquals(result, figures?.Result)) return;
        figures = new LaboratoryFigures(result, choice.Keys);
        texts = LaboratoryTexts.Of(frozen!, result);
    }

    private void DrawHead(Canvas canvas)
    {
        canvas.Text("Estimator laboratory", 24, 87, new(20, FontWeight.Semibold, Palette.Text));
        canvas.Text(Questions[choice.Keys.Count], 226, 86, new(13, FontWeight.Regular, Palette.TertiaryText));
        if (frozen is null) return;
        canvas.Text(texts.Subject, Tile.X - 12, 78, TextStyles.Value, TextAlign.Right);
        canvas.Text(texts.Exactness, Tile.X - 12, 95, TextStyles.Caption, TextAlign.Right);
        PictureTile.DrawBits(canvas, Tile, frozen.Bits, frozen.Data.Width, margin: 0);
    }

    private void DrawCard(Canvas canvas, Ui ui, int i)
    {
        Box box = new(24 + i * CardPitch, 112, 192, 300);
        EstimatorCard? card = figures?.Cards[i];
        ChooseEstimator(ui, i, new(box.Right - 32, box.Y + 8, 24, 24));
        ControlId id = new("laboratory card", i);
        Interaction state = ui.Interact(id, box);
        if (state.Clicked) choice.Selected = i;
        bool isSelected = i == choice.Selected;
        canvas.Fill(box, 8, Palette.Control.Fade(state.Hovered ? 0.75f : 0.4f));
        canvas.Stroke(box, 8, isSelected ? 1.5f : 1, isSelected || state.Focused ? Palette.Focus : Palette.Rule);
        FittedName.Draw(canvas, ui, card?.Name ?? NameOf(choice.Keys[i]), box.X + 14, box.Y + 25, box.Width - 46, new(14, FontWeight.Regular, Palette.Text));
        Icons.Draw(canvas, Icon.Chevron, new(box.Right - 20, box.Y + 20), 9, Palette.TertiaryText.Fade(state.Hovered || isSelected ? 1 : 0.45f));
        if (ui.Pointer.Y < box.Y + 40 && ui.Pointer.X < box.Right - 32 && card is not null) ui.Tip(id, box with { Height = 34 }, state, card.Summary);
        else if (ui.Pointer.Y < box.Y + 205 && card?.Board is not null) ui.Tip(id, box with { Height = 205 }, state,
            "Each dot is one estimate of the gradient and the cross the exact one: the dots' spread is noise, the diamond's distance from the cross is bias.");
        if (card?.Missing is { } missing)
        {
            ui.Paragraphs.Draw(canvas, missing, box.X + 14, box.Y + 60, box.Width - 28, 17, TextStyles.Label);
            return;
        }

        DartboardDrawing.Draw(canvas, new(box.Center.X, box.Y + 118), card?.Board, figures?.RingUnit ?? 1);
        if (card is not null) DrawNumbers(canvas, ui, i, box, card);
    }

    private void ChooseEstimator(Ui ui, int i, Box box)
    {
        int chosen = Array.FindIndex(menu, item => item.Label == NameOf(choice.Keys[i]));
        if (!ui.PlainDropdown(new ControlId("laboratory estimator", i), box, menu, ref chosen, "Compare another estimator here", width: 300)) return;
        string key = EstimatorCatalog.All[chosen].Key;
        int before = choice.Keys.IndexOf(key);
        if (before >= 0) choice.Keys[before] = choice.Keys[i];
        choice.Keys[i] = key;
        choice.Selected = i;
        if (frozen is not null) Measure();
    }

    private static string NameOf(string key) => EstimatorCatalog.All.First(estimator => estimator.Key == key).Name;

    private static void DrawNumbers(Canvas canvas, Ui ui, int i, Box box, EstimatorCard card)
    {
        Rgba bias = card.IsBiased ? Palette.Estimate : Palette.Text;
        DrawNumber(canvas, ui, 4 * i, box, 224, "bias", card.Bias, new(12, FontWeight.Semibold, bias), card.BiasTip);
        DrawNumber(canvas, ui, 4 * i + 1, box, 245, "noise, sd", card.Noise, new(12, FontWeight.Semibold, Palette.Text),
            "How far a single answer typically lies from the mean of all, in lengths of the exact gradient.");
        DrawNumber(canvas, ui, 4 * i + 2, box, 266, "beyond the rings", card.Beyond, new(12, FontWeight.Regular, Palette.SecondaryText),
            "The share of the dots that fall beyond the last ring; they are drawn on its rim.");
        DrawNumber(canvas, ui, 4 * i + 3, box, 287, "cost", card.Cost, new(12, FontWeight.Regular, Palette.SecondaryText),
            "How often an answer evaluates how well an explanation fits the picture, log p(x, z).");
    }

    private static void DrawNumber(
        Canvas canvas, Ui ui, int index, Box card, float baseline, string name, string value, TextStyle style, string tip)
    {
        canvas.Text(name, card.X + 14, card.Y + baseline, TextStyles.Label);
        canvas.Text(value, card.Right - 14, card.Y + baseline, style, TextAlign.Right);
        Box row = new(card.X + 8, card.Y + baseline - 15, card.Width - 16, 21);
        ControlId id = new("laboratory number", index);
        ui.Tip(id, row, ui.Interact(id, row, enabled: false), tip);
    }

    private void DrawLegend(Canvas canvas, Ui ui)
    {
        ControlId id = new("laboratory rings");
        Box place = new(900, 420, 356, 20);
        if (figures is { Rings.Length: > 0 }) ui.Tip(id, place, ui.Interact(id, place, enabled: false),
            "All dartboards have one scale: a dot on the second ring errs by twice as many lengths of the exact gradient as one on the first.");
        DartboardDrawing.Cross(canvas, new(32, 430), 6);
        float x = 46 + canvas.Text("exact gradient", 46, 434, TextStyles.Label) + 28;
        DartboardDrawing.Diamond(canvas, new(x, 430), 4.5f);
        x += 14 + canvas.Text(texts.Mean, x + 14, 434, TextStyles.Label) + 35;
        canvas.Disc(new(x, 430), 2, Palette.Answer);
        canvas.Text(texts.Shown, x + 12, 434, TextStyles.Label);
        canvas.Text(figures?.Rings ?? "", 1256, 434, TextStyles.Caption, TextAlign.Right);
    }

    private void DrawFoot(Canvas canvas, Ui ui)
    {
        canvas.Rule(0, 672, Canvas.DesignWidth, 1, Palette.Rule);
        float x = 24 + canvas.Text(texts.Count, 24, 701, TextStyles.Title) + 16;
        canvas.Text(texts.Frozen, x, 701, TextStyles.Caption);
        if (ui.IconButton("laboratory freeze", new(730, 682, 28, 28), Icon.Reset, frozen is not null, tip: "Freeze the weights as they are now, and measure again"))
            (frozen, figures) = (null, null);
        int chosen = basis == ComparisonBasis.SameBudget ? 0 : 1;
        if (ui.Segmented("laboratory basis", new(770, 683, 230, 26), Bases, ref chosen,
            tip: "Same samples: an answer is one estimate. Same budget: each answer averages as many estimates as cost the same."))
            ChangeBasis(chosen == 0 ? ComparisonBasis.SameBudget : ComparisonBasis.SameSamples);
        DrawTrain(ui);
    }

    private void ChangeBasis(ComparisonBasis chosen)
    {
        basis = chosen;
        if (frozen is not null) Measure();
    }

    private void DrawTrain(Ui ui)
    {
        if (choice.Keys.Count == 0) return;
        string key = choice.Keys[choice.Selected];
        int samples = EstimatorLaboratory.SamplesFor(key, Math.Max(4, Scene.Settings.Samples));
        string label = texts.Train.Of((key, samples));
        bool enabled = figures?.Cards[choice.Selected].Missing is null;
        if (ui.Button("laboratory train", new(1022, 682, 234, 28), label, enabled, tip: "The run goes on with this estimator from its next step"))
            Scene.Commands.Change(Scene.Settings with { Estimator = key, Samples = samples });
    }
}
