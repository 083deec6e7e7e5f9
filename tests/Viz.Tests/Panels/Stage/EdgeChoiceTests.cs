using DreamViz.Engine.Numerics;
using DreamViz.Viz.Panels.Stage;

namespace DreamViz.Viz.Tests.Panels.Stage;

public class EdgeChoiceTests
{
    [Theory]
    [InlineData(3, 4, 70)]
    [InlineData(20, 30, 70)]
    [InlineData(70, 1, 70)]
    [InlineData(71, 1, 70)]
    public void Keeps_the_strongest_of_both_signs_weakest_first(int sources, int targets, int most)
    {
        var pushes = new Matrix(sources, targets);
        var all = new List<Edge>();
        var stream = new RandomStream(new(7, StreamPurpose.Display));
        var noise = new float[sources * targets];
        stream.FillNormal(noise, 1);
        for (int s = 0; s < sources; s++)
        {
            for (int t = 0; t < targets; t++)
            {
                pushes[s, t] = noise[s * targets + t];
                all.Add(new(s, t, pushes[s, t]));
            }
        }

        var choice = new EdgeChoice(most);
        choice.Choose(pushes);
        Edge[] expected = [.. all.OrderBy(edge => MathF.Abs(edge.Push)).TakeLast(most)];
        Assert.Equal(expected, choice.Edges.ToArray());
        Assert.Equal(MathF.Abs(expected[^1].Push), choice.Strongest);
    }

    [Fact]
    public void Chooses_the_strongest_parents_of_one_unit()
    {
        var pushes = new Matrix(4, 2);
        (pushes[0, 1], pushes[1, 1], pushes[2, 1], pushes[3, 1], pushes[3, 0]) = (0.5f, -2, 1, 0.1f, 9);
        var choice = new EdgeChoice(2);
        choice.ChooseInto(pushes, 1);
        Assert.Equal([new(2, 1, 1), new Edge(1, 1, -2)], choice.Edges.ToArray());
    }

    [Fact]
    public void A_network_without_weights_has_no_edges()
    {
        var choice = new EdgeChoice(70);
        choice.Choose(new(5, 5));
        Assert.True(choice.Edges.IsEmpty);
        Assert.Equal(0, choice.Strongest);
    }
}
