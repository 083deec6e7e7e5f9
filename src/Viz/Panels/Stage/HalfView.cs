using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What one half of the stage shows and how bright it is: a world, or one of the two dreams of an experiment.</summary>
public sealed class HalfView
{
    /// <summary>The brightness of a half that rests.</summary>
    public const float Resting = 0.38f;

    /// <summary>Which half.</summary>
    public required World Side { get; init; }

    /// <summary>Whether it is drawn as a dream: round and blue.</summary>
    public required bool IsDream { get; init; }

    /// <summary>The ground when lit.</summary>
    public required Rgba Ground { get; init; }

    /// <summary>The cells of every layer, the visible one first.</summary>
    public required IReadOnlyList<UnitDisplay> Layers { get; init; }

    /// <summary>The real-valued units.</summary>
    public required GaussianDisplay Gaussian { get; init; }

    /// <summary>The network whose connections are drawn.</summary>
    public required Connections Connections { get; init; }

    /// <summary>The clock of slow motion, where a sample flows layer by layer.</summary>
    public WorldDisplay? World { get; init; }

    /// <summary>1 lit … <see cref="Resting"/>.</summary>
    public float Light { get; set; } = 1;

    /// <summary>How bright it is when lit: less than 1 for a half that only serves as comparison.</summary>
    public float Dimming { get; init; } = 1;

    /// <summary>How bright units, curves and picture are, 0 to 1.</summary>
    public float Shine => Light * Dimming;

    /// <summary>How bright curves are: at rest they all but vanish.</summary>
    public float CurveShine => Light * Shine;

    /// <summary>0 resting … 1 lit.</summary>
    public float Awake => Math.Clamp((Light - Resting) / (1 - Resting), 0, 1);

    /// <summary>The color of what is on.</summary>
    public Rgba Accent => IsDream ? Palette.Dream : Palette.Wake;

    /// <summary>The shape of its cells.</summary>
    public CellShape Shape => IsDream ? CellShape.Round : CellShape.Square;

    /// <summary>The ground of its picture.</summary>
    public Rgba TileGround => IsDream ? Palette.NightTile : Palette.DayTile;

    /// <summary>Whether units of the layer above push those below: in dreams.</summary>
    public bool FlowsOutwards => IsDream;

    /// <summary>The layer that pushes across a gap.</summary>
    public int SourceLayer(int gap) => FlowsOutwards ? gap + 1 : gap;

    /// <summary>The layer that is pushed across a gap.</summary>
    public int TargetLayer(int gap) => FlowsOutwards ? gap : gap + 1;

    /// <summary>How much of a layer's light is left while a sample that flows in slow motion has not reached it.</summary>
    public float LayerLight(int layer) =>
        World is { Flow.Arrives: true } world && world.StageOfLayer(layer) > world.Flow.Stage ? Resting : 1;

    /// <summary>How strongly the source of an edge is on, 0 to 1.</summary>
    public float Activity(int gap, in Edge edge) => Layers[SourceLayer(gap)].Fill[edge.Source] / 255f;
}
