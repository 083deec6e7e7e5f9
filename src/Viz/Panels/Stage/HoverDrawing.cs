using System.Numerics;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What the pointer on a unit shows: a ring on the unit and its twin, the eight strongest connections into it, those from
/// siblings before it, its receptive field, its probability and how often it flips.</summary>
internal sealed class HoverDrawing
{
    private const int Parents = 8;
    private const float WordsWidth = 184;
    private const float WordsHeight = 228;
    private const int WordsRaised = 9;

    private readonly EdgeChoice parents = new(Parents);
    private readonly SiblingDrawing siblings = new();
    private readonly ReceptiveField receptiveField = new();
    private readonly WordList words = new();
    private float[] field = [];
    private readonly FieldTile tile = new();
    private (UnitId Unit, World World, int Model)? known;

    /// <summary>Draws what lies under the cells: the strongest connections into the unit.</summary>
    public void DrawUnder(Canvas canvas, HalfView half, StageLayout layout, UnitId unit)
    {
        int gap = half.FlowsOutwards ? unit.Layer : unit.Layer - 1;
        if (gap >= layout.Depth || half.Connections.Pushes(gap).Rows == 0) return;
        parents.ChooseInto(half.Connections.Pushes(gap), unit.Index);
        foreach (ref readonly Edge edge in parents.Edges)
        {
            float strength = MathF.Abs(edge.Push) / parents.Strongest;
            Rgba color = edge.Push > 0 ? Palette.Plus : Palette.Minus;
            EdgeDrawing.DrawCurve(canvas, EdgeDrawing.Ends(half, layout, gap, edge), 1 + 1.6f * strength, color.Fade(0.35f + 0.6f * strength));
        }

        Box cell = layout.Place(half.Side, unit.Layer).CellBox(unit.Index);
        Vector2 port = layout.Port(half.Side, unit.Layer, unit.Index, inwards: half.FlowsOutwards);
        canvas.Line([port, cell.Center], 1.5f, Palette.Focus.Fade(0.7f));
    }

    /// <summary>Draws rings, receptive field and tooltip over everything else.</summary>
    public void DrawOver(Canvas canvas, Scene scene, HalfView half, HalfView other, StageLayout layout, UnitId unit)
    {
        siblings.Draw(canvas, half, layout, unit.Layer, unit.Index);
        DrawRing(canvas, other, layout, unit, 0.6f, 0);
        DrawRing(canvas, half, layout, unit, 1, 2);
        if (scene.Model is { } machine)
        {
            ReadField(machine, scene.ModelVersion, half, unit);
            DrawField(canvas, half, layout, unit);
        }

        DrawTooltip(canvas, scene, half, layout, unit);
    }

    private static void DrawRing(Canvas canvas, HalfView half, StageLayout layout, UnitId unit, float opacity, float outside)
    {
        Box cell = layout.Place(half.Side, unit.Layer).CellBox(unit.Index);
        Rgba color = Palette.Focus.Fade(opacity);
        if (layout.ShowsNodes) canvas.Stroke(cell.Grow(2 + outside), half.IsDream ? 13 : 6, 1.5f, color);
        else if (half.IsDream) canvas.Ring(cell.Center, cell.Width / 2 + outside, 1.5f, color);
        else canvas.Stroke(cell.Grow(outside), 3, 1.5f, color);
    }

    private void ReadField(HelmholtzMachine machine, int version, HalfView half, UnitId unit)
    {
        if (known == (unit, half.Side, version)) return;
        known = (unit, half.Side, version);
        int pixels = machine.LayerSizes[0];
        if (field.Length != pixels) field = new float[pixels];
        Matrix pushes = half.Connections.Pushes(0);
        if (!half.IsDream && unit.Layer == 1 && pushes.Rows == pixels)
            for (int i = 0; i < pixels; i++) field[i] = pushes[i, unit.Index];
        else receptiveField.Compute(machine, unit.Layer, unit.Index).CopyTo(field);
    }

    private void DrawField(Canvas canvas, HalfView half, StageLayout layout, UnitId unit)
    {
        PicturePlace place = layout.PictureOf(half.Side);
        if (place.Words is { } vocabulary)
        {
            DrawWords(canvas, half, layout, unit, vocabulary);
            return;
        }

        tile.Draw(canvas, half.Side, layout, layout.Place(half.Side, unit.Layer).CellBox(unit.Index), field,
            half.IsDream || unit.Layer > 1 ? "pushes" : "looks for");
    }

    /// <summary>The words that the unit pushes most, or looks for, and those that it holds back.</summary>
    private void DrawWords(Canvas canvas, HalfView half, StageLayout layout, UnitId unit, IReadOnlyList<string> vocabulary)
    {
        LayerPlace first = layout.Place(half.Side, 1);
        float x = half.Side == World.Dream ? first.Right + 10 : first.Left - 10 - WordsWidth;
        float y = layout.Place(half.Side, unit.Layer).CellBox(unit.Index).Center.Y - WordsHeight / 2;
        var box = new Box(x, Math.Clamp(y, StageMetrics.Top, StageMetrics.Bottom - WordsHeight), WordsWidth, WordsHeight);
        canvas.Fill(box, 8, Palette.Ground.Fade(0.92f));
        canvas.Stroke(box, 8, 1, Palette.Focus.Fade(0.7f));
        var style = new TextStyle(11, FontWeight.Semibold, Palette.SecondaryText);
        canvas.Text(half.IsDream || unit.Layer > 1 ? "makes more likely, less likely" : "looks for, and for the absence of", box.X + 7, box.Y + 16, style);
        words.DrawSigned(canvas, box with { Y = box.Y + 18, Height = box.Height - 18 }, vocabulary, field, 12, WordsRaised);
    }

    private static void DrawTooltip(Canvas canvas, Scene scene, HalfView half, StageLayout layout, UnitId unit)
    {
        Span<char> name = stackalloc char[40], state = stackalloc char[120];
        bool isLabel = layout.IsLabel(unit.Layer, unit.Index);
        int first = unit.Layer == layout.Depth && !isLabel ? layout.Classes : 0, nameLength;
        if (isLabel && scene.Dataset?.ClassNames is { } classes && unit.Index < classes.Count) name.TryWrite($"label {unit.Index}: {classes[unit.Index]}", out nameLength);
        else if (isLabel) name.TryWrite($"label {unit.Index}", out nameLength);
        else name.TryWrite($"{LayerNames.Of(unit.Layer)} unit {unit.Index - first + 1}", out nameLength);
        int stateLength = isLabel ? DescribeLabel(scene, half, unit, state) : Describe(scene, half, unit, state);
        if (half.Connections.Siblings(unit.Layer) is not null) stateLength += DescribeSiblings(unit, state[stateLength..]);
        string action = scene.Selection[unit] switch
        {
            Clamp.Free when isLabel => LabelCells.DrawAction(unit.Index),
            Clamp.On when isLabel => "click: release it",
            Clamp.Free => "click: hold it on",
            Clamp.On => "click: hold it off",
            _ => "click: release it",
        };
        UnitTooltip.Draw(canvas, half.Side, layout.Place(half.Side, unit.Layer).CellBox(unit.Index), name[..nameLength], action, state[..stateLength]);
    }

    private static int DescribeSiblings(UnitId unit, Span<char> text)
    {
        int length;
        if (unit.Index == 0) text.TryWrite($" · first of its siblings", out length);
        else text.TryWrite($" · given {unit.Index} sibling{(unit.Index > 1 ? "s" : "")} before it", out length);
        return length;
    }

    private static int DescribeLabel(Scene scene, HalfView half, UnitId unit, Span<char> text)
    {
        if (half.World is not { } world) return Describe(scene, half, unit, text);
        float p = world.Probabilities(unit.Layer)[unit.Index];
        int length;
        if (half.IsDream) text.TryWrite($"p(y = {unit.Index}) = {p:F2}", out length);
        else if (world.Label >= 0) text.TryWrite($"q(y = {unit.Index} | x) = {p:F2} · known label {world.Label}", out length);
        else text.TryWrite($"q(y = {unit.Index} | x) = {p:F2} · label not known", out length);
        return length;
    }

    private static int Describe(Scene scene, HalfView half, UnitId unit, Span<char> text)
    {
        int length;
        if (half.World is { } world)
        {
            float p = world.Probabilities(unit.Layer)[unit.Index];
            if (world.Encoding == FlipEncoding.EveryFlip) text.TryWrite($"{(half.IsDream ? 'p' : 'q')} = {p:F2}", out length);
            else text.TryWrite($"{(half.IsDream ? 'p' : 'q')} = {p:F2} · flips in {100 * world.FlipRate(unit.Layer, unit.Index):F0}% of samples", out length);
            return length;
        }

        DreamProbe? dreams = half.Side == World.Wake ? scene.Experiment?.Free : scene.Experiment?.Held;
        float drawn = dreams is null ? 0 : dreams.Probabilities(0, unit.Layer)[unit.Index];
        text.TryWrite($"p = {drawn:F2} in this dream", out length);
        return length;
    }
}
