using System.Numerics;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Panels.Stage;

/// <summary>A stage with a small untrained network of strong random weights, driven frame by frame.</summary>
internal sealed class StageFixture
{
    public const double FrameSeconds = 1 / 60.0;

    private readonly Canvas canvas;
    private readonly Ui ui = new();

    public StageFixture(params int[] latents)
        : this(DataCatalog.Open("bars:8:0.125"), AutoregressiveParts.None, latents) { }

    public StageFixture(AutoregressiveParts autoregressive, params int[] latents)
        : this(DataCatalog.Open("bars:8:0.125"), autoregressive, latents) { }

    public StageFixture(Dataset data, params int[] latents)
        : this(data, AutoregressiveParts.None, latents) { }

    private StageFixture(Dataset data, AutoregressiveParts autoregressive, int[] latents)
    {
        var settings = new ModelSettings { LatentLayers = latents, WeightDeviation = 2, VisibleBias = 0, Autoregressive = autoregressive };
        Machine = new HelmholtzMachine([], settings, data.Units, 3);
        Sizes = Machine.LayerSizes;
        Scene = new()
        {
            Dataset = data,
            LayerSizes = Sizes,
            Model = Machine,
            ModelVersion = 1,
            IsPlaying = true,
            Selection = new(Sizes),
        };
        Stage = new(Scene);
        Stage.RunStarted();
        Layout = new(Sizes, data.Width, data.Height);
        canvas = new(List, GlyphCache.Shared);
    }

    public IReadOnlyList<int> Sizes { get; }

    public HelmholtzMachine Machine { get; }

    public Scene Scene { get; }

    public StagePanel Stage { get; }

    public StageLayout Layout { get; }

    public DrawList List { get; } = new();

    /// <summary>Hands in a snapshot in which a quarter of all units are on.</summary>
    public void Observe(double rate, int wakeSamples = 1, int dreamSamples = 1)
    {
        (Scene.TargetRate, Scene.StepsPerSecond) = (rate, rate);
        var snapshot = new TrainingSnapshot(Sizes) { Step = 1 };
        Fill(snapshot.Wake, wakeSamples);
        Fill(snapshot.Dream, dreamSamples);
        snapshot.Wake.Example = 0;
        for (int i = 0; i < snapshot.PriorMean.Length; i++)
            (snapshot.RecognitionTopMean[i], snapshot.PriorMean[i]) = (i / (float)Sizes[^1], 1 - i / (float)Sizes[^1]);
        Stage.Observe(snapshot);
    }

    /// <summary>Advances by this many seconds, a frame at a time, and leaves the last frame in <see cref="List"/>.</summary>
    public void Run(double seconds = FrameSeconds)
    {
        for (double rest = seconds; rest > 1e-9; rest -= FrameSeconds) Frame();
    }

    public void Frame()
    {
        Scene.Time.BeginFrame(FrameSeconds);
        Stage.Update();
        canvas.Begin(1280, 720);
        ui.BeginFrame(canvas, FrameSeconds);
        Stage.Draw(canvas, ui);
        ui.EndFrame();
    }

    public void Point(InputKind kind, Vector2 at, Modifiers modifiers = Modifiers.None)
    {
        ui.Handle(new(kind, at.X, at.Y, Modifiers: modifiers));
        Frame();
    }

    public void Click(World world, int layer, int unit)
    {
        Vector2 at = Center(world, layer, unit);
        Point(InputKind.PointerMove, at);
        Point(InputKind.PointerDown, at);
        Point(InputKind.PointerUp, at);
    }

    public Vector2 Center(World world, int layer, int unit) => Layout.Place(world, layer).CellBox(unit).Center;

    public StageOperations Operations()
    {
        var operations = new StageOperations();
        List.Replay(operations);
        return operations;
    }

    private static void Fill(PhaseSample sample, int count)
    {
        (sample.SampleCount, sample.Step) = (count, 1);
        for (int l = 0; l < sample.Layers.Length; l++)
        {
            LayerSample layer = sample.Layers[l];
            new RandomStream(new(9, StreamPurpose.Display, Layer: l)).FillUniform(layer.Probabilities);
            for (int i = 0; i < layer.Units; i++)
            {
                float p = layer.Probabilities[i] *= layer.Probabilities[i];
                layer.Bits[i] = (byte)(i % 4 == 0 ? 1 : 0);
                layer.Means[i] = count == 1 ? layer.Bits[i] : p;
                layer.Flips[i] = (int)(2 * p * (1 - p) * count);
            }
        }
    }
}
