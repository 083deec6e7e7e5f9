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
/// <param name="Relaxed">Passes, forward or backward, of the generative network and of the recognition layers above the lowest for
/// activities that are real numbers, not bits.</param>
/// <param name="RelaxedLowest">How many of them go through the lowest generative layer.</param>
/// <param name="RelaxedOwn">Such passes of the estimator's own networks, each as many as its weights are of the recognition network's.</param>
/// <param name="RelaxedJudged">Such activities of which log-probabilities are read, not only their gradients.</param>
public readonly record struct NetworkEvaluations(
    double GenerativeForward, double GenerativeBackward, double RecognitionForward, double RecognitionBackward, double Own = 0,
    double Relaxed = 0, double RelaxedLowest = 0, double RelaxedOwn = 0, double RelaxedJudged = 0)
{
    /// <summary>What a dream costs from which the recognition network learns.</summary>
    public static NetworkEvaluations Dream { get; } = new(1, 0, 1, 1);

    /// <summary>All passes together; reading log-probabilities is none. For linear conditionals one backward costs about as much as one forward.</summary>
    public double Total =>
        GenerativeForward + GenerativeBackward + RecognitionForward + RecognitionBackward + Own + Relaxed + RelaxedOwn;

    /// <summary>Both, one after the other.</summary>
    public static NetworkEvaluations operator +(NetworkEvaluations a, NetworkEvaluations b) => new(
        a.GenerativeForward + b.GenerativeForward, a.GenerativeBackward + b.GenerativeBackward,
        a.RecognitionForward + b.RecognitionForward, a.RecognitionBackward + b.RecognitionBackward, a.Own + b.Own,
        a.Relaxed + b.Relaxed, a.RelaxedLowest + b.RelaxedLowest, a.RelaxedOwn + b.RelaxedOwn, a.RelaxedJudged + b.RelaxedJudged);

    /// <summary>s + (1 − s) · rows, s the share of the weights in the lowest recognition layer: passes of the recognition
    /// network for several explanations of one example.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="rows">Explanations of the example.</param>
    public static double OfExplanations(MachineShape shape, double rows)
    {
        double lowest = ShareOfLayer(shape, 0);
        return lowest + (1 - lowest) * rows;
    }

    /// <summary>The same count with passes for relaxed activities, every one of them from layer 1 up.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="passes">How many, forward or backward.</param>
    public NetworkEvaluations WithRelaxed(MachineShape shape, double passes) =>
        this with { Relaxed = passes * OfRelaxed(shape, 1), RelaxedLowest = passes };

    /// <summary>What one relaxed pass of the latent layers from one up is of a pass of the generative network.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="layer">The lowest relaxed layer, from 1.</param>
    public static double OfRelaxed(MachineShape shape, int layer)
    {
        double all = 0, relaxed = 0;
        for (int l = 1; l <= shape.LatentLayers; l++)
        {
            double weights = RecognitionWeights(shape, l - 1);
            all += weights;
            if (l == layer) relaxed += weights;
            else if (l > layer) relaxed += 2 * weights;
        }

        return relaxed / all;
    }

    /// <summary>What part of a network's weights lies in the layers that a relaxed layer can change.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="layer">The lowest relaxed layer, from 1.</param>
    public static double OfJudgement(MachineShape shape, int layer) =>
        Enumerable.Range(layer - 1, shape.LatentLayers - layer + 1).Sum(l => ShareOfLayer(shape, l));

    /// <summary>What part of a network's weights lies between two layers, in both networks alike.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="layer">The lower one, from 0.</param>
    public static double ShareOfLayer(MachineShape shape, int layer) => RecognitionWeights(shape, layer) / RecognitionWeights(shape);

    /// <summary>The number of weights of the recognition network.</summary>
    public static double RecognitionWeights(MachineShape shape) =>
        Enumerable.Range(0, shape.LatentLayers).Sum(l => RecognitionWeights(shape, l));

    /// <summary>Those of one layer, with the top one those that find μ and σ of real-valued units from the same bits.</summary>
    private static double RecognitionWeights(MachineShape shape, int layer)
    {
        double ofBits = Weights(shape.LayerSizes[layer + 1]);
        return layer == shape.LatentLayers - 1 && shape.GaussianUnits > 0 ? ofBits + Weights(2 * shape.GaussianUnits) : ofBits;

        double Weights(int outputs)
        {
            int[] widths = [shape.LayerSizes[layer], .. shape.Settings.HiddenLayers.Reverse(), outputs];
            return widths.Zip(widths.Skip(1), (from, to) => (double)from * to).Sum();
        }
    }
}
