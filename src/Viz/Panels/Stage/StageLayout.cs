using System.Numerics;
using DreamViz.Engine;
using DreamViz.Viz.Drawing;
using static DreamViz.Viz.Panels.Stage.StageMetrics;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The mirror as arithmetic: from layer sizes to grids in both worlds, in design pixels.</summary>
/// <remarks>On each side: picture, then a gap and a layer for every latent layer, the deepest at the seam. Layers fill the
/// picture's height. Where they do not fit with gaps of <see cref="LeastGap"/>, the layer that is both wide and of large
/// cells gets smaller ones. What is left widens the gaps in proportion to the columns beside them. The dream side is the wake
/// side reflected.</remarks>
public sealed class StageLayout
{
    private const int MostNodes = 16;
    private const float NodeCell = 36;
    private const float LabelGap = 12;
    private const float DialGap = 18;

    private readonly LayerPlace[] wake;
    private readonly LayerPlace[] dream;
    private readonly LayerPlace? wakeGaussian;
    private readonly LayerPlace? dreamGaussian;

    /// <summary>Lays out a network.</summary>
    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="pictureWidth">Pixels to a row of the picture.</param>
    /// <param name="pictureHeight">Rows of the picture.</param>
    /// <param name="words">[D] the words that visible units stand for, where documents are shown as words; null for pictures.</param>
    /// <param name="classes">How many of the deepest layer's first units are a label's.</param>
    /// <param name="gaussianUnits">G, real-valued units beside the deepest layer's.</param>
    public StageLayout(
        IReadOnlyList<int> layerSizes, int pictureWidth, int pictureHeight, IReadOnlyList<string>? words = null, int classes = 0,
        int gaussianUnits = 0)
    {
        GaussianUnits = gaussianUnits;
        (LayerSizes, Classes) = (layerSizes, classes);
        var tile = new Box(Margin, Top, Picture, Picture);
        WakePicture = new(World.Wake, tile, pictureWidth, pictureHeight, words);
        DreamPicture = new(World.Dream, Mirror(tile), pictureWidth, pictureHeight, words);
        ShowsNodes = words is null && classes == 0 && gaussianUnits == 0 && layerSizes[0] <= 36 && layerSizes.Skip(1).All(units => units <= MostNodes);
        wakeGaussian = null;
        wake = ShowsNodes ? PlaceNodes(layerSizes) : PlaceGrids(layerSizes, classes, gaussianUnits, out wakeGaussian);
        dream = [.. wake.Select(Reflect)];
        dreamGaussian = wakeGaussian is null ? null : Reflect(wakeGaussian);
    }

    /// <summary>Units of every layer, the visible one first.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>How many of the deepest layer's first units are a label's; they stand in a column of their own at the seam.
    /// </summary>
    public int Classes { get; }

    /// <summary>G, real-valued units beside the deepest layer's; they stand between it and the label or the seam.</summary>
    public int GaussianUnits { get; }

    /// <summary>The number of latent layers.</summary>
    public int Depth => wake.Length;

    /// <summary>Whether units are drawn as nodes, with all edges: small networks only.</summary>
    public bool ShowsNodes { get; }

    /// <summary>The data's picture.</summary>
    public PicturePlace WakePicture { get; }

    /// <summary>The dream's picture.</summary>
    public PicturePlace DreamPicture { get; }

    /// <summary>The picture of one world.</summary>
    public PicturePlace PictureOf(World world) => world == World.Wake ? WakePicture : DreamPicture;

    /// <summary>A latent layer of one world, 1 … <see cref="Depth"/>.</summary>
    public LayerPlace Place(World world, int layer) => (world == World.Wake ? wake : dream)[layer - 1];

    /// <summary>The real-valued units of one world; null where there are none.</summary>
    public LayerPlace? GaussianPlace(World world) => world == World.Wake ? wakeGaussian : dreamGaussian;

    /// <summary>The real-valued unit at a point of either world.</summary>
    public bool HitGaussian(Vector2 point, out World world, out int unit)
    {
        world = point.X < Axis ? World.Wake : World.Dream;
        unit = GaussianPlace(world)?.HitTest(point.X, point.Y) ?? -1;
        return unit >= 0;
    }

    /// <summary>Where a curve ends at a unit of any layer, pixels being layer 0.</summary>
    public Vector2 Port(World world, int layer, int unit, bool inwards) =>
        layer == 0 ? PictureOf(world).Port(unit) : Place(world, layer).Port(unit, inwards);

    /// <summary>The latent unit at a point of either world.</summary>
    public bool HitTest(Vector2 point, out World world, out int layer, out int unit)
    {
        world = point.X < Axis ? World.Wake : World.Dream;
        for (layer = 1; layer <= Depth; layer++)
            if ((unit = Place(world, layer).HitTest(point.X, point.Y)) >= 0)
                return true;
        unit = -1;
        return false;
    }

    /// <summary>Whether a unit is one of the label's.</summary>
    public bool IsLabel(int layer, int unit) => layer == Depth && unit < Classes;

    private static LayerPlace[] PlaceGrids(IReadOnlyList<int> all, int classes, int gaussianUnits, out LayerPlace? gaussian)
    {
        int[] sizes = [.. all];
        sizes[^1] -= classes;
        LayerPitch label = LayerPitch.For(Math.Max(1, classes));
        float labelRoom = classes > 0 ? LabelGap + label.Width(classes) : 0;
        LayerPitch dials = LayerPitch.ForDials(gaussianUnits);
        float dialRoom = gaussianUnits > 0 ? dials.Width(gaussianUnits) + DialGap + (classes > 0 ? DialGap - LabelGap : 0) : 0;
        LayerPitch[] pitches = FittingPitches(sizes, LayerRoom - labelRoom - dialRoom);
        var widths = new float[pitches.Length];
        for (int i = 0; i < widths.Length; i++) widths[i] = pitches[i].Width(sizes[i + 1]);
        widths[^1] += labelRoom + dialRoom;
        float[] gaps = Gaps(widths, [.. pitches.Select((pitch, i) => pitch.Columns(sizes[i + 1]))]);
        var places = new LayerPlace[pitches.Length];
        float x = Margin + Picture;
        for (int i = 0; i < places.Length; i++)
        {
            x += gaps[i];
            bool labeled = classes > 0 && i == places.Length - 1;
            GridPart units = Grid(pitches[i], x, labeled ? classes : 0, sizes[i + 1]);
            float right = x + widths[i];
            places[i] = labeled
                ? new(World.Wake, x, right, Grid(label, right - label.Width(classes), 0, classes), units)
                : new(World.Wake, x, right, units);
            x = right;
        }

        float edge = x - labelRoom - dialRoom + DialGap;
        gaussian = gaussianUnits > 0 ? new(World.Wake, edge, edge + dials.Width(gaussianUnits), Grid(dials, edge, 0, gaussianUnits)) : null;
        return places;
    }

    /// <summary>Neighbouring units from x on, in the middle of the picture's height.</summary>
    private static GridPart Grid(LayerPitch pitch, float x, int start, int count)
    {
        float top = Top + (Picture - pitch.Rows * pitch.Pitch) / 2;
        float overhang = (pitch.Columns(count) * pitch.Pitch - pitch.Width(count)) / 2;
        return new(new(x - overhang, top, pitch.Pitch, pitch.Cell, pitch.Rows, false, CellShape.Square, 1, 1), start, count);
    }

    private static LayerPitch[] FittingPitches(int[] sizes, float room)
    {
        LayerPitch[] pitches = [.. sizes.Skip(1).Select(LayerPitch.For)];
        while (Width() + pitches.Length * LeastGap > room)
        {
            int widest = 0;
            for (int i = 1; i < pitches.Length; i++)
                if (Room(i) > Room(widest))
                    widest = i;
            LayerPitch smaller = pitches[widest].Smaller(sizes[widest + 1]);
            if (smaller == pitches[widest]) break;
            pitches[widest] = smaller;
        }

        return pitches;

        float Room(int i) => pitches[i].Width(sizes[i + 1]) * pitches[i].Pitch;

        float Width() => pitches.Select((pitch, i) => pitch.Width(sizes[i + 1])).Sum();
    }

    private static float[] Gaps(float[] widths, int[] columns)
    {
        float room = LayerRoom - widths.Sum();
        if (room < 0) throw new InvalidInputException("The network has more units than the stage can show.");
        float least = MathF.Min(LeastGap, MathF.Floor(room / widths.Length));
        float spare = room - least * widths.Length;
        float[] shares = [.. columns.Select((count, i) => (count + columns[Math.Max(0, i - 1)]) / 2f)];
        float total = shares.Sum();
        float[] gaps = [.. shares.Select(share => least + MathF.Floor(spare * share / total))];
        gaps[0] += room - gaps.Sum();
        return gaps;
    }

    private static LayerPlace[] PlaceNodes(IReadOnlyList<int> sizes)
    {
        int depth = sizes.Count - 1;
        int[] columns = [.. sizes.Skip(1).Select(units => units > 12 ? 3 : units > 6 ? 2 : 1)];
        float[] widths = [.. columns.Select(count => count * NodeCell + (count - 1) * 12)];
        float[] gaps = Gaps(widths, [.. columns.Select(_ => 1)]);
        var places = new LayerPlace[depth];
        float x = Margin + Picture;
        for (int i = 0; i < depth; i++)
        {
            x += gaps[i];
            places[i] = new(World.Wake, x, x + widths[i], Column(sizes[i + 1], columns[i], x));
            x += widths[i];
        }

        return places;
    }

    /// <summary>One column that fills the height, or two or three whose units stand at alternating heights, so that a curve to the
    /// farther one passes between two units of the nearer.</summary>
    private static GridPart[] Column(int units, int columns, float x)
    {
        float step = units > 1 ? MathF.Min((Picture - NodeCell) / (units - 1), 76) : 0;
        float first = Top + (Picture - NodeCell - step * (units - 1)) / 2;
        var parts = new GridPart[columns];
        for (int c = 0, start = 0; c < columns; c++)
        {
            int count = (units - c + columns - 1) / columns;
            float pitch = step > 0 ? step * columns : NodeCell;
            float inset = (pitch - NodeCell) / 2;
            var grid = new CellGrid(
                x + c * (NodeCell + 12) - inset, first + c * step - inset, pitch, NodeCell, count, false, CellShape.Square, 1, 1);
            parts[c] = new(grid, start, count);
            start += count;
        }

        return parts;
    }

    private static LayerPlace Reflect(LayerPlace place)
    {
        GridPart[] parts = place.Parts.ToArray();
        for (int p = 0; p < parts.Length; p++)
        {
            CellGrid grid = parts[p].Grid;
            float right = grid.X + grid.Columns(parts[p].Count) * grid.Pitch;
            parts[p] = parts[p] with
            {
                Grid = grid with { X = Canvas.DesignWidth - right, Reflected = true, Shape = CellShape.Round },
            };
        }

        return new(World.Dream, Canvas.DesignWidth - place.Right, Canvas.DesignWidth - place.Left, parts);
    }
}
