using DreamViz.Engine.Models;

namespace DreamViz.Engine.Estimators;

/// <summary>What a training step computes for every example that it explains, in passes of a whole network for one complete
/// activity; dreams count with the example beside which they are dreamed. A part of a network counts by its share of the
/// weights: a recognition layer that sees the example itself is computed once, whatever K.</summary>
/// <param name="GenerativeForward">p(x, z): logits of an activity.</param>
/// <param name="GenerativeBackward">∇θ log p(x, z).</param>
/// <param name="RecognitionForward">q(z | x): logits of an activity.</param>
/// <param name="RecognitionBackward">∇λ log q(z | x).</param>
/// <param name="Own">Passes of the estimator's own networks, each as many as its weights are of the recognition network's.
/// </param>
public readonly record struct NetworkEvaluations(
    double GenerativeForward, double GenerativeBackward, double RecognitionForward, double RecognitionBackward, double Own = 0)
{
    /// <summary>What a dream costs from which the recognition network learns.</summary>
    public static NetworkEvaluations Dream { get; } = new(1, 0, 1, 1);

    /// <summary>All passes together. For linear conditionals one backward costs about as much as one forward.</summary>
    public double Total => GenerativeForward + GenerativeBackward + RecognitionForward + RecognitionBackward + Own;

    /// <summary>Both, one after the other.</summary>
    public static NetworkEvaluations operator +(NetworkEvaluations a, NetworkEvaluations b) => new(
        a.GenerativeForward + b.GenerativeForward, a.GenerativeBackward + b.GenerativeBackward,
        a.RecognitionForward + b.RecognitionForward, a.RecognitionBackward + b.RecognitionBackward, a.Own + b.Own);

    /// <summary>s + (1 − s) · rows, s the share of the weights in the lowest recognition layer: passes of the recognition
    /// network for several explanations of one example.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="rows">Explanations of the example.</param>
    public static double OfExplanations(MachineShape shape, double rows)
    {
        double lowest = RecognitionWeights(shape, 0) / RecognitionWeights(shape);
        return lowest + (1 - lowest) * rows;
    }

    /// <summary>The number of weights of the recognition network.</summary>
    public static double RecognitionWeights(MachineShape shape) =>
        Enumerable.Range(0, shape.LatentLayers).Sum(l => RecognitionWeights(shape, l));

    private static double RecognitionWeights(MachineShape shape, int layer)
    {
        int[] widths = [shape.LayerSizes[layer], .. shape.Settings.HiddenLayers.Reverse(), shape.LayerSizes[layer + 1]];
        return widths.Zip(widths.Skip(1), (from, to) => (double)from * to).Sum();
    }
}
