using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The mirror: the wake world on the left, the dream world on the right, the deepest layer's code at the seam. While
/// units are held, the free dream on the left and the clamped one on the right.</summary>
public sealed class StagePanel(Scene scene) : Panel(scene)
{
    private const ulong NoiseSeed = 1;
    private const double SettleSeconds = 0.3;

    private readonly PictureDrawing pictures = new();
    private readonly WorldCaptions captions = new();
    private readonly ExperimentCaptions experimentCaptions = new();
    private StageInput input = new();
    private readonly HoverDrawing hover = new();
    private readonly GaussianHover dialHover = new();
    private readonly FilmCamera camera = new();
    private readonly FilmCaptions film = new();
    private StageRun? run;
    private double pausedSeconds;

    private bool Experiments => Scene.Selection.HeldUnits > 0 && Scene.Experiment is { Version: > 0 };

    /// <summary>What one world shows now; null before the first run stands.</summary>
    public WorldDisplay? WorldOf(World world) => (world == World.Wake ? run?.Wake : run?.Sleep)?.World;

    /// <inheritdoc/>
    public override void RunStarted()
    {
        bool stands = Scene.LayerSizes.Count > 1 && Scene.Dataset is not null;
        run = stands ? new(Scene.LayerSizes, Scene.Dataset!, Scene.Classes, Scene.GaussianUnits) : null;
        Scene.Experiment = stands ? new(Scene.LayerSizes, NoiseSeed, Scene.GaussianUnits) : null;
        input = new();
        pausedSeconds = 0;
    }

    /// <inheritdoc/>
    public override void Observe(TrainingSnapshot snapshot)
    {
        if (run is null) return;
        run.Rhythm.Observe(snapshot, Rate());
        run.Seam.Observe(snapshot.RecognitionTopMean, snapshot.PriorMean);
    }

    /// <inheritdoc/>
    protected internal override void Update()
    {
        if (run is null) return;
        float seconds = (float)Scene.Time.DeltaTime;
        pausedSeconds = Scene.IsPlaying ? 0 : pausedSeconds + seconds;
        run.Follow(Scene.Model, Scene.ModelVersion);
        run.Rhythm.Update(seconds, Scene.ReducedMotion, run.Wake, run.Sleep);
        run.Seam.Update(seconds);
        (Scene.LitPhases, Scene.ShowsPhases) = (run.Rhythm.Lit, run.Rhythm.Alternates);
        camera.Update(seconds, Experiments ? StepPhases.Both : run.Rhythm.Lit);
        if (Scene.Model is null || Scene.Experiment is not { } experiment) return;
        experiment.Update(Scene.Model, Scene.ModelVersion, Scene.Selection, seconds);
        run.Experiment.Update(experiment, Scene.Selection, seconds, Scene.ReducedMotion);
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        if (run is null) return;
        bool experiments = Experiments;
        (HalfView Left, HalfView Right) views = experiments ? (run.Experiment.Left, run.Experiment.Right) : (run.Wake, run.Sleep);
        UnitId? hovered = Scene.Selection.Hovered;
        StageView view = Scene.PanelsHidden ? camera.View : StageView.Whole;
        canvas.BeginView(view.At, view.Zoom);
        DrawHalf(canvas, run, views.Left, view.Band, hovered);
        DrawHalf(canvas, run, views.Right, view.Band, hovered);
        run.Seam.Draw(canvas, run.Layout, views.Left, views.Right, view.Band);
        LabelDrawing.DrawTop(canvas, run.Layout);
        DrawWords(canvas, ui, run, experiments);
        input.Handle(ui, view, run.Layout, Scene.Selection, views);
        DrawPointer(canvas, run, views, hovered);
        canvas.EndView();
        if (Scene.PanelsHidden) film.Draw(canvas, Scene, run, captions.Learning(Scene.Settings), experiments);
    }

    private void DrawWords(Canvas canvas, Ui ui, StageRun shown, bool experiments)
    {
        if (Scene.PanelsHidden && experiments) ExperimentCaptions.DrawNames(canvas, Scene, shown.Layout, shown.Experiment);
        else if (Scene.PanelsHidden) WorldCaptions.DrawNames(canvas, Scene, shown.Layout, shown.Wake, shown.Sleep);
        else if (experiments) experimentCaptions.Draw(canvas, ui, Scene, shown.Layout, shown.Experiment);
        else
        {
            captions.Draw(canvas, Scene, shown.Layout, shown.Wake, shown.Sleep);
            EncodingCaptions.Draw(canvas, Scene, shown);
        }
    }

    /// <summary>Steps per second as far as they are known; 0 for steps taken one by one. Just after a pause the rate before
    /// it, so that the last samples of a fast run are not taken for single steps.</summary>
    private double Rate()
    {
        bool single = !Scene.IsPlaying && pausedSeconds > SettleSeconds;
        return single ? 0
            : Scene.StepsPerSecond > 0 ? Math.Min(Scene.TargetRate, Scene.StepsPerSecond)
            : Scene.TargetRate;
    }

    private void DrawHalf(Canvas canvas, StageRun shown, HalfView half, Box band, UnitId? hovered)
    {
        PicturePlace picture = shown.Layout.PictureOf(half.Side);
        GroundDrawing.Draw(canvas, half, picture, band);
        EdgeDrawing.Draw(canvas, half, shown.Layout);
        if (hovered is { } unit && input.HoveredWorld == half.Side) hover.DrawUnder(canvas, half, shown.Layout, unit);
        pictures.Draw(canvas, half, picture, Scene.ImageStyle, Scene.Time.Time);
        if (!Scene.ReducedMotion) EdgeDrawing.DrawPulses(canvas, half, shown.Layout);
        if (shown.Nodes is { } nodes) nodes.Draw(canvas, half, shown.Layout);
        else CellDrawing.Draw(canvas, half, shown.Layout);
        OrderDrawing.Draw(canvas, half, shown.Layout);
        LabelCells.Draw(canvas, half, shown.Layout);
        GaussianDrawing.Draw(canvas, half, shown.Layout, Scene.Selection);
        LabelDrawing.DrawLayers(canvas, half, shown.Layout);
    }

    private void DrawPointer(Canvas canvas, StageRun shown, (HalfView Left, HalfView Right) views, UnitId? hovered)
    {
        if (hovered is { } unit)
        {
            bool left = input.HoveredWorld == World.Wake;
            hover.DrawOver(canvas, Scene, left ? views.Left : views.Right, left ? views.Right : views.Left, shown.Layout, unit);
        }

        if (Scene.Selection.HoveredGaussian is { } dial)
        {
            bool left = input.HoveredWorld == World.Wake;
            dialHover.Draw(canvas, Scene, left ? views.Left : views.Right, left ? views.Right : views.Left, shown.Layout, dial);
        }

        if (input.Dragged is not { } box) return;
        canvas.Fill(box, 2, Palette.Focus.Fade(0.06f));
        canvas.Stroke(box, 2, 1, Palette.Focus.Fade(0.7f));
    }
}
