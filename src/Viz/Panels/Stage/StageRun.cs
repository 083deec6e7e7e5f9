using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>Everything on the stage that is made anew for each run.</summary>
internal sealed class StageRun
{
    private readonly Connections recognition;
    private readonly Connections generation;
    private int modelVersion = -1;

    public StageRun(IReadOnlyList<int> sizes, Dataset data, int classes, int gaussianUnits)
    {
        (int width, int height) = WordList.Shape(data);
        Layout = new(sizes, width, height, WordList.Suits(data) ? data.Vocabulary : null, classes, gaussianUnits);
        recognition = new(World.Wake, sizes, Layout.ShowsNodes);
        generation = new(World.Dream, sizes, Layout.ShowsNodes);
        Wake = View(new(World.Wake, sizes, gaussianUnits), recognition, Palette.Day);
        Sleep = View(new(World.Dream, sizes, gaussianUnits) { ShowsWords = PictureTile.ShowsWords(data) }, generation, Palette.Night);
        Experiment = new(sizes, generation, PictureTile.ShowsWords(data), gaussianUnits);
        Rhythm = new(Wake.World!, Sleep.World!);
        Seam = new(classes > 0 ? classes : sizes[^1]);
        Nodes = Layout.ShowsNodes ? new(sizes) : null;
    }

    public StageLayout Layout { get; }

    public HalfView Wake { get; }

    public HalfView Sleep { get; }

    public ExperimentViews Experiment { get; }

    public StageRhythm Rhythm { get; }

    public SeamDrawing Seam { get; }

    /// <summary>How units are drawn in a small network; null in larger ones.</summary>
    public NodeDrawing? Nodes { get; }

    /// <summary>Takes up the newest copy of the network, a gap of it a frame.</summary>
    public void Follow(HelmholtzMachine? machine, int version)
    {
        if (machine is not null && version != modelVersion)
        {
            modelVersion = version;
            recognition.Observe(machine);
            generation.Observe(machine);
            Nodes?.Observe(machine);
        }

        recognition.Update();
        generation.Update();
    }

    private static HalfView View(WorldDisplay world, Connections connections, Rgba ground) => new()
    {
        Side = world.World,
        IsDream = world.World == World.Dream,
        Ground = ground,
        Layers = world.Layers,
        Gaussian = world.Gaussian,
        Connections = connections,
        World = world,
    };
}
