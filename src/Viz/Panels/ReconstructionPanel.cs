using DreamViz.Engine.Data;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>A training example and what the network makes of it: data x → p(x | h₁), h₁ ~ q, with log p(x | h₁) in nats.
/// At full speed one example stays long enough to be compared.</summary>
public sealed class ReconstructionPanel(Scene scene) : Panel(scene)
{
    private const double HoldSeconds = 0.5;

    private static readonly Box Data = new(24, 490, 120, 120);
    private static readonly Box Picture = new(168, 490, 120, 120);

    private readonly PictureTile tile = new();
    private readonly CachedText<float> nats = new(value => Numbers.Fixed(value, 1) + " nats");
    private byte[] bits = [];
    private float[] probabilities = [];
    private float[] occurring = [];
    private float logProbability;
    private long shownStep = -1;
    private double shownAt = double.NegativeInfinity;

    /// <inheritdoc/>
    public override void RunStarted() => (shownStep, shownAt) = (-1, double.NegativeInfinity);

    /// <inheritdoc/>
    public override void Observe(TrainingSnapshot snapshot)
    {
        PhaseSample wake = snapshot.Wake;
        if (wake.Step < 0 || wake.Step == shownStep || IsHeld) return;
        LayerSample layer = wake.Layers[0];
        bits = Copied(layer.Bits, bits);
        probabilities = Copied(layer.Probabilities, probabilities);
        (logProbability, shownStep, shownAt) = (layer.LogProbability, wake.Step, Scene.Time.Time);
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        bool empty = shownStep < 0, rests = !Scene.IsLit(StepPhases.Wake);
        ShelfGrid.DrawTitle(
            canvas, ShelfGrid.Reconstruction, "Reconstruction", empty || rests ? "waits for wake" : nats.Of(logProbability));
        float before = canvas.Opacity;
        if (rests) canvas.Opacity *= Ui.Disabled;
        DrawPictures(canvas, empty);
        canvas.Opacity = before;
        canvas.Text("data", Data.X, Data.Bottom + 16, TextStyles.Label);
        canvas.Text(Given, Picture.X, Data.Bottom + 16, TextStyles.Label);
    }

    private string Given => Scene.PixelsInOrder ? "p(pixel | h₁, before)"
        : Scene.Dataset is { } data && PictureTile.ShowsWords(data) ? "√p(word | h₁), h₁ ~ q"
        : Scene.Dataset?.Vocabulary is not null ? "p(word | h₁), h₁ ~ q"
        : Scene.Classes + Scene.GaussianUnits > 0 && Scene.LayerSizes.Count == 2 ? Scene.PictureGiven : "p(x | h₁), h₁ ~ q";

    private void DrawPictures(Canvas canvas, bool empty)
    {
        canvas.Fill(Data, 8, Palette.DayTile);
        canvas.Fill(Picture, 8, Palette.DayTile);
        Icons.Draw(canvas, Icon.Arrow, new(156.5f, Data.Center.Y), 15, Palette.Wake);
        if (empty || Scene.Dataset is not { } data || bits.Length != data.Units) return;
        if (WordList.Suits(data)) DrawOccurring(canvas, data);
        else PictureTile.DrawBits(canvas, Data, bits, data.Width);
        tile.Draw(canvas, Picture, 8, probabilities, data, ColorMap.Wake, Scene.ImageStyle);
    }

    /// <summary>The words that occur, those first that the reconstruction finds most probable.</summary>
    private void DrawOccurring(Canvas canvas, Dataset data)
    {
        if (occurring.Length != bits.Length) occurring = new float[bits.Length];
        for (int i = 0; i < bits.Length; i++) occurring[i] = bits[i] * probabilities[i];
        tile.Draw(canvas, Data, 8, occurring, data, ColorMap.Wake, Scene.ImageStyle);
    }

    private bool IsHeld => Scene.StepsPerSecond > 1 / HoldSeconds && Scene.Time.Time - shownAt < HoldSeconds;

    private static T[] Copied<T>(T[] from, T[] to)
    {
        if (to.Length != from.Length) to = new T[from.Length];
        from.CopyTo(to, 0);
        return to;
    }
}
