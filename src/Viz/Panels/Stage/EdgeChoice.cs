using DreamViz.Engine.Numerics;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>A connection in the direction of its flow.</summary>
/// <param name="Source">The unit that pushes.</param>
/// <param name="Target">The unit that is pushed.</param>
/// <param name="Push">How strongly, in logits; negative turns off.</param>
public readonly record struct Edge(int Source, int Target, float Push);

/// <summary>The strongest connections of a matrix of pushes [sources, targets], weakest first, so that the strongest are drawn
/// last. A bounded heap: one comparison for almost every weight, nothing allocated.</summary>
public sealed class EdgeChoice(int most)
{
    private readonly Edge[] edges = new Edge[most];
    private int count;

    /// <summary>The chosen connections, weakest first.</summary>
    public ReadOnlySpan<Edge> Edges => edges.AsSpan(0, count);

    /// <summary>The largest |push|, or 0.</summary>
    public float Strongest => count > 0 ? MathF.Abs(edges[count - 1].Push) : 0;

    /// <summary>Chooses among all connections.</summary>
    public void Choose(Matrix pushes)
    {
        count = 0;
        for (int source = 0; source < pushes.Rows; source++)
        {
            ReadOnlySpan<float> row = pushes.Row(source);
            for (int target = 0; target < row.Length; target++) Offer(source, target, row[target]);
        }

        Sort();
    }

    /// <summary>Chooses among the connections into one unit.</summary>
    public void ChooseInto(Matrix pushes, int target)
    {
        count = 0;
        for (int source = 0; source < pushes.Rows; source++) Offer(source, target, pushes[source, target]);
        Sort();
    }

    private void Offer(int source, int target, float push)
    {
        float strength = MathF.Abs(push);
        if (count == edges.Length)
        {
            if (!(strength > MathF.Abs(edges[0].Push))) return;
            edges[0] = new(source, target, push);
            SiftDown(0);
            return;
        }

        if (!(strength > 0)) return;
        edges[count++] = new(source, target, push);
        if (count == edges.Length)
            for (int i = count / 2 - 1; i >= 0; i--)
                SiftDown(i);
    }

    private void SiftDown(int i)
    {
        while (2 * i + 1 < count)
        {
            int child = 2 * i + 1;
            if (child + 1 < count && MathF.Abs(edges[child + 1].Push) < MathF.Abs(edges[child].Push)) child++;
            if (MathF.Abs(edges[i].Push) <= MathF.Abs(edges[child].Push)) return;
            (edges[i], edges[child]) = (edges[child], edges[i]);
            i = child;
        }
    }

    private void Sort() =>
        edges.AsSpan(0, count).Sort(static (a, b) => MathF.Abs(a.Push).CompareTo(MathF.Abs(b.Push)));
}
