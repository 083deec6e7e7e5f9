using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The curves between layers: the strongest of each gap, brighter with the strength of the push and with the activity
/// of the unit that pushes; in slow motion with pulses that ride in the direction of the flow.</summary>
public static class EdgeDrawing
{
    private const float Slack = 0.46f;
    private const int Chords = 16;

    /// <summary>Draws the curves of every gap of one half.</summary>
    public static void Draw(Canvas canvas, HalfView half, StageLayout layout)
    {
        for (int gap = 0; gap < layout.Depth; gap++)
        {
            EdgeChoice choice = half.Connections.Strongest(gap);
            float light = half.CurveShine * half.LayerLight(half.SourceLayer(gap));
            float boost = Arrives(half, gap) ? 1.7f : 1;
            foreach (ref readonly Edge edge in choice.Edges)
            {
                float strength = MathF.Abs(edge.Push) / choice.Strongest;
                float alpha = (0.07f + 0.38f * strength) * (0.35f + 0.65f * half.Activity(gap, edge)) * light * boost;
                float width = 0.8f + 0.5f * strength;
                if (layout.ShowsNodes) DrawNodeEdge(canvas, half, layout, gap, edge, alpha, strength);
                else DrawCurve(canvas, Ends(half, layout, gap, edge), width, half.Accent.Fade(alpha));
            }
        }
    }

    /// <summary>Draws the pulses of the gap that a flowing sample crosses now.</summary>
    public static void DrawPulses(Canvas canvas, HalfView half, StageLayout layout)
    {
        if (half.World is not { Flow.Flowing: true } world) return;
        int stage = world.Flow.Stage;
        if (stage < 1 || stage >= world.Flow.Stages) return;
        int target = world.LayerOfStage(stage);
        int gap = half.FlowsOutwards ? target : target - 1;
        float progress = world.Flow.Progress(stage);
        ReadOnlySpan<Edge> edges = half.Connections.Strongest(gap).Edges;
        for (int i = 0; i < edges.Length; i++)
        {
            if (half.Activity(gap, edges[i]) < 0.5f || layout.ShowsNodes && edges[i].Push < 0) continue;
            float spread = i * 0.618034f % 1 * 0.4f;
            float at = progress * 1.4f - spread;
            if (at is < 0 or > 1) continue;
            Vector2 point = PointOn(Ends(half, layout, gap, edges[i]), at);
            canvas.Glow(point, 7, half.Accent.Fade(0.7f));
            canvas.Disc(point, 2, Palette.Focus);
        }
    }

    /// <summary>Both ends of an edge, source first.</summary>
    public static (Vector2 From, Vector2 To) Ends(HalfView half, StageLayout layout, int gap, in Edge edge)
    {
        bool outwards = half.FlowsOutwards;
        return (layout.Port(half.Side, half.SourceLayer(gap), edge.Source, inwards: !outwards),
            layout.Port(half.Side, half.TargetLayer(gap), edge.Target, inwards: outwards));
    }

    /// <summary>Draws one curve, level at both ends.</summary>
    public static void DrawCurve(Canvas canvas, (Vector2 From, Vector2 To) ends, float width, Rgba color)
    {
        float reach = (ends.To.X - ends.From.X) * Slack;
        canvas.Curve(
            ends.From, ends.From + new Vector2(reach, 0), ends.To - new Vector2(reach, 0), ends.To, width, color);
    }

    private static void DrawNodeEdge(
        Canvas canvas, HalfView half, StageLayout layout, int gap, in Edge edge, float alpha, float strength)
    {
        if (strength < 0.04f) return;
        (Vector2 From, Vector2 To) ends = Ends(half, layout, gap, edge);
        float width = 0.8f + 1.6f * strength;
        if (edge.Push > 0)
        {
            DrawCurve(canvas, ends, width, half.Accent.Fade(alpha));
            return;
        }

        Span<Vector2> points = stackalloc Vector2[Chords + 1];
        for (int i = 0; i <= Chords; i++) points[i] = PointOn(ends, i / (float)Chords);
        canvas.Line(points, width, half.Accent.Fade(alpha * 0.8f), dash: 3);
    }

    private static Vector2 PointOn((Vector2 From, Vector2 To) ends, float t)
    {
        float reach = (ends.To.X - ends.From.X) * Slack, s = 1 - t;
        Vector2 a = ends.From + new Vector2(reach, 0), b = ends.To - new Vector2(reach, 0);
        return s * s * s * ends.From + 3 * s * s * t * a + 3 * s * t * t * b + t * t * t * ends.To;
    }

    private static bool Arrives(HalfView half, int gap) =>
        half.World is { Flow.Flowing: true } world && world.StageOfLayer(half.TargetLayer(gap)) == world.Flow.Stage;
}
