using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The pushes of one network between all neighbouring layers, and the strongest of each gap. Gap g lies between layers
/// g and g + 1.</summary>
public sealed class Connections
{
    /// <summary>Curves to a gap.</summary>
    public const int CurvesPerGap = 70;

    private readonly World world;
    private readonly Matrix[] pushes;
    private readonly EdgeChoice[] strongest;
    private HelmholtzMachine? machine;
    private int next;

    /// <param name="world">Wake: the recognition network; dream: the generative network.</param>
    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="all">Whether every connection is wanted, not only the strongest.</param>
    public Connections(World world, IReadOnlyList<int> layerSizes, bool all)
    {
        this.world = world;
        int gaps = layerSizes.Count - 1;
        (pushes, strongest) = (new Matrix[gaps], new EdgeChoice[gaps]);
        for (int g = 0; g < gaps; g++)
        {
            pushes[g] = new(0, 0);
            strongest[g] = new(all ? layerSizes[g] * layerSizes[g + 1] : CurvesPerGap);
        }

        next = gaps;
    }

    /// <summary>The connections to draw in a gap, weakest first.</summary>
    public EdgeChoice Strongest(int gap) => strongest[gap];

    /// <summary>[sources, targets] every push in a gap; [0, 0] before the first machine.</summary>
    public Matrix Pushes(int gap) => pushes[gap];

    /// <summary>[units, units] what a sibling adds to the logit of one behind it, in a latent layer of this network; null where
    /// they are independent given their parents, and before the first machine.</summary>
    public Matrix? Siblings(int layer) => world == World.Wake
        ? machine?.Recognition.Layers[layer - 1].SiblingWeights
        : machine?.Generative.Layers[layer].SiblingWeights;

    /// <summary>The gap through which a layer is pushed.</summary>
    public int GapInto(int layer) => world == World.Wake ? layer - 1 : layer;

    /// <summary>Takes up a new copy of the parameters, which must not change until the next call.</summary>
    public void Observe(HelmholtzMachine copy)
    {
        machine = copy;
        if (pushes[0].Rows == 0)
            for (int g = 0; g < pushes.Length; g++)
                Read(g);
        else next = 0;
    }

    /// <summary>Reads one gap of the newest copy, so that the work spreads over frames.</summary>
    public void Update()
    {
        if (next < pushes.Length) Read(next++);
    }

    private void Read(int gap)
    {
        if (world == World.Wake) machine!.RecognitionPushes(gap, pushes[gap]);
        else machine!.GenerativePushes(gap, pushes[gap]);
        strongest[gap].Choose(pushes[gap]);
    }
}
