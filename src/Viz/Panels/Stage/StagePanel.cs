using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The mirror: the wake world on the left, the dream world on the right, the deepest layer's code at the seam. While
/// units are held, the free dream on the left and the clamped one on the right.</summary>
public sealed class StagePanel(Scene scene) : Panel(scene)
{
    private readonly PictureDrawing pictures = new();
    private readonly WorldCaptions captions = new();
    private Run? run;
    private int modelVersion = -1;

    /// <inheritdoc/>
    public override void RunStarted()
    {
        run = Scene.LayerSizes.Count > 1 && Scene.Dataset is { } data ? new(Scene.LayerSizes, data.Width, data.Height) : null;
        modelVersion = -1;
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
        if (Scene.Model is { } machine && Scene.ModelVersion != modelVersion)
        {
            modelVersion = Scene.ModelVersion;
            run.Recognition.Observe(machine);
            run.Generation.Observe(machine);
        }

        run.Recognition.Update();
        run.Generation.Update();
        run.Rhythm.Update(seconds, Scene.ReducedMotion, run.Wake, run.Sleep);
        run.Seam.Update(seconds);
        Scene.LitPhases = run.Rhythm.Lit;
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        if (run is null) return;
        DrawHalf(canvas, run, run.Wake);
        DrawHalf(canvas, run, run.Sleep);
        run.Seam.Draw(canvas, run.Layout, run.Wake, run.Sleep);
        LabelDrawing.DrawTop(canvas, run.Layout);
        captions.Draw(canvas, Scene, run.Layout, run.Wake, run.Sleep);
        DrawEncoding(canvas, run);
    }

    private double Rate() => !Scene.IsPlaying ? 0
        : Scene.StepsPerSecond > 0 ? Math.Min(Scene.TargetRate, Scene.StepsPerSecond)
        : Scene.TargetRate;

    private void DrawHalf(Canvas canvas, Run shown, HalfView half)
    {
        PicturePlace picture = shown.Layout.PictureOf(half.Side);
        GroundDrawing.Draw(canvas, half, picture);
        EdgeDrawing.Draw(canvas, half, shown.Layout);
        pictures.Draw(canvas, half, picture, Scene.ImageStyle);
        if (!Scene.ReducedMotion) EdgeDrawing.DrawPulses(canvas, half, shown.Layout);
        CellDrawing.Draw(canvas, half, shown.Layout);
        LabelDrawing.DrawLayers(canvas, half, shown.Layout);
    }

    private static void DrawEncoding(Canvas canvas, Run shown)
    {
        FlipEncoding encoding = shown.Rhythm.Encoding;
        WorldDisplay wake = shown.Wake.World!;
        if (encoding == FlipEncoding.EveryFlip)
        {
            StageNumbers.Draw(canvas, shown.Wake, shown.Layout);
            StageNumbers.Draw(canvas, shown.Sleep, shown.Layout);
        }
        else if (encoding == FlipEncoding.Mean)
        {
            LegendDrawing.Draw(canvas, shown.Layout, wake.ShownSamples, shown.Seam.IsProfile);
        }

        Span<char> text = stackalloc char[80];
        int length;
        if (encoding == FlipEncoding.EveryFlip) text.TryWrite($"slow motion · every flip shown", out length);
        else if (encoding == FlipEncoding.NewestSample) text.TryWrite($"one sample a frame", out length);
        else text.TryWrite($"1 of {wake.ShownSamples:N0} samples shown · {wake.Rate} updates / s", out length);
        CaptionChip.Draw(canvas, text[..length]);
    }

    /// <summary>Everything that is made anew for each run.</summary>
    private sealed class Run
    {
        public Run(IReadOnlyList<int> sizes, int width, int height)
        {
            Layout = new(sizes, width, height);
            Recognition = new(World.Wake, sizes, Layout.ShowsNodes);
            Generation = new(World.Dream, sizes, Layout.ShowsNodes);
            Wake = View(new(World.Wake, sizes), Recognition, Palette.Day);
            Sleep = View(new(World.Dream, sizes), Generation, Palette.Night);
            Rhythm = new(Wake.World!, Sleep.World!);
            Seam = new(sizes[^1]);
        }

        public StageLayout Layout { get; }

        public Connections Recognition { get; }

        public Connections Generation { get; }

        public HalfView Wake { get; }

        public HalfView Sleep { get; }

        public StageRhythm Rhythm { get; }

        public SeamDrawing Seam { get; }

        private static HalfView View(WorldDisplay world, Connections connections, Rgba ground) => new()
        {
            Side = world.World,
            IsDream = world.World == World.Dream,
            Ground = ground,
            Layers = world.Layers,
            Connections = connections,
            World = world,
        };
    }
}
