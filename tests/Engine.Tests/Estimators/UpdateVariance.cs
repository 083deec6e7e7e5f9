using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>The variance of λ's update from one example, summed over parameters and averaged over the data, as a finite sum
/// over what may be sampled; in double. Of estimators whose weights multiply ∇λ log q.</summary>
internal sealed class UpdateVariance(HelmholtzMachine machine)
{
    private readonly ExpectedUpdate expected = new(machine);

    /// <summary>The data over which variances are averaged.</summary>
    public List<double[]> Data => expected.Data;

    private ReferenceMachine Reference => expected.Reference;

    private int Layers => machine.LayerSizes.Count - 1;

    /// <summary>E‖g‖² − ‖E g‖².</summary>
    public double Of(Estimator estimator, int samples = 1) => expected.Data.Average(x => OfExample(estimator, samples, x));

    /// <summary>The same of the update of q's logits alone, of all layers, for every estimator.</summary>
    public double OfLogits(Estimator estimator) => OfUnits(estimator, estimator.MinimumSamples).Average(units => units.Sum());

    /// <summary>[data][units of all layers, the lowest first] Var of the update by the logit of every unit from one example; where K
    /// draws share their logits, which they do in the lowest layer.</summary>
    public double[][] OfUnits(Estimator estimator, int samples) => [.. expected.Data.Select(x =>
    {
        List<double[][]> latent = Reference.LatentStates(x);
        List<Outcome> outcomes = Outcome.All(Reference, x, estimator.Scheme, samples);
        RowWeights weights = expected.Weigh(estimator, latent, outcomes);
        return Enumerable.Range(0, Layers).SelectMany(l => OfUnits(estimator, latent, outcomes, weights, l)).ToArray();
    })];

    /// <summary>[data][units] E Var(g | the other units) of the update g by the logit of every unit from one draw, in one layer.
    /// </summary>
    public double[][] OfOwnChance(Estimator estimator) => [.. expected.Data.Select(x =>
    {
        List<double[][]> latent = Reference.LatentStates(x);
        List<Outcome> outcomes = Outcome.All(Reference, x, estimator.Scheme, 1);
        double[][] updates = Updates(estimator, latent, outcomes, expected.Weigh(estimator, latent, outcomes), 0);
        return Enumerable.Range(0, machine.LayerSizes[1]).Select(i => outcomes.Index().GroupBy(pair => pair.Item.States[0] & ~(1 << i)).Sum(group =>
        {
            double q = group.Sum(pair => pair.Item.Probability);
            double mean = group.Sum(pair => pair.Item.Probability * updates[pair.Index][i]) / q;
            return group.Sum(pair => pair.Item.Probability * Math.Pow(updates[pair.Index][i] - mean, 2));
        })).ToArray();
    })];

    private double[] OfUnits(Estimator estimator, List<double[][]> latent, List<Outcome> outcomes, RowWeights weights, int layer)
    {
        var (mean, meanSquare) = (new double[machine.LayerSizes[layer + 1]], new double[machine.LayerSizes[layer + 1]]);
        foreach ((int o, double[] update) in Updates(estimator, latent, outcomes, weights, layer).Index())
        {
            Add([.. update.Select(g => g * g)], outcomes[o].Probability, meanSquare);
            Add(update, outcomes[o].Probability, mean);
        }

        return [.. meanSquare.Zip(mean, (square, g) => square - g * g)];
    }

    /// <summary>[outcomes][units] the updates by a layer's logits.</summary>
    private double[][] Updates(Estimator estimator, List<double[][]> latent, List<Outcome> outcomes, RowWeights weights, int layer) =>
        [.. outcomes.Select((outcome, o) =>
        {
            double[] update = new double[machine.LayerSizes[layer + 1]];
            int rows = outcome.States.Length;
            for (int k = 0; k < rows; k++)
            {
                double[][] state = latent[outcome.States[k]];
                Add(expected.Scores(estimator.Scheme, latent, outcome, k, layer), weights.Recognition(layer)[o * rows + k], update);
                if (estimator.UnitSignals(layer) is { } signals)
                    Add(expected.OwnScores(state, layer, signals.Row(o * rows + k)), 1.0 / rows, update);
                if (estimator.Slopes(layer) is { } slopes)
                    Add(expected.Paths(state, layer, slopes.Row(o * rows + k)), 1.0 / rows, update);
            }

            return update;
        })];

    /// <summary>[data] E[f‖s‖²] / (N E[‖s‖²]) by q's logits, the number per word that an example's baseline had best be, and N² E[‖s‖²].</summary>
    public (double Constant, double MeanSquareScore)[] BestOfExamples() => [.. expected.Data.Select(x =>
    {
        List<double[][]> latent = Reference.LatentStates(x);
        double[] squares = [.. latent.Select(state => Enumerable.Range(0, Layers).Sum(l => Reference.RecognitionScores(state, l).Sum(s => s * s)))];
        double square = latent.Select((state, i) => Q(state) * squares[i]).Sum();
        double length = expected.Length(latent[0]);
        return (latent.Select((state, i) => Q(state) * Signal(state) * squares[i]).Sum() / (length * square), length * length * square);
    })];

    /// <summary>E[f N‖s‖²] / E[N²‖s‖²], the constant that a baseline had best be, of documents of N words per word, and E[N²‖s‖²],
    /// s = ∇λ log q(z | x).</summary>
    public (double Constant, double MeanSquareScore) Best()
    {
        var sums = expected.Data.Select(x =>
        {
            List<double[][]> latent = Reference.LatentStates(x);
            double length = expected.Length(latent[0]);
            double[] squares = [.. latent.Select(state => Math.Pow(States.Norm(Score(state)), 2))];
            return (Weighted: latent.Select((state, i) => Q(state) * Signal(state) * length * squares[i]).Sum(),
                Square: latent.Select((state, i) => Q(state) * length * length * squares[i]).Sum());
        }).ToList();
        return (sums.Sum(sum => sum.Weighted) / sums.Sum(sum => sum.Square), sums.Average(sum => sum.Square));
    }

    /// <summary>The variance of f over the data: that of its mean given the example, and the rest.</summary>
    public (double BetweenExamples, double WithinExamples) OfSignal()
    {
        double[] means = [.. expected.Data.Select(Reference.Elbo)];
        double within = expected.Data.Select((x, n) => Reference.LatentStates(x)
            .Sum(state => Q(state) * Math.Pow(Signal(state) - means[n], 2))).Average();
        return (means.Average(mean => Math.Pow(mean - means.Average(), 2)), within);
    }

    /// <summary>E[w²], w the weight of the lowest recognition layer: what baselines leave of f.</summary>
    public double MeanSquareWeight(Estimator estimator) => expected.Data.Average(x =>
    {
        List<double[][]> latent = Reference.LatentStates(x);
        double[] weights = expected.Weigh(estimator, latent, Outcome.All(Reference, x, estimator.Scheme, 1)).Recognition(0).ToArray();
        return latent.Select((state, i) => Q(state) * weights[i] * weights[i]).Sum();
    });

    private double OfExample(Estimator estimator, int samples, double[] x)
    {
        List<double[][]> latent = Reference.LatentStates(x);
        List<Outcome> outcomes = Outcome.All(Reference, x, estimator.Scheme, samples);
        RowWeights weights = expected.Weigh(estimator, latent, outcomes);
        double[][][] scores = [.. latent.Select(state => Enumerable.Range(0, Layers).Select(l => Score(state, l)).ToArray())];
        var (mean, meanSquare) = (new double[scores[0][0].Length], 0.0);
        for (int o = 0; o < outcomes.Count; o++)
        {
            double[] update = new double[mean.Length];
            for (int k = 0; k < outcomes[o].States.Length; k++)
            {
                for (int l = 0; l < Layers; l++)
                    Add(scores[outcomes[o].States[k]][l], weights.Recognition(l)[o * outcomes[o].States.Length + k], update);
            }

            meanSquare += outcomes[o].Probability * update.Sum(g => g * g);
            Add(update, outcomes[o].Probability, mean);
        }

        return meanSquare - mean.Sum(g => g * g);
    }

    private double Q(double[][] state) => Math.Exp(Reference.LogRecognition(state));

    private double Signal(double[][] state) => Reference.LogJoint(state) - Reference.LogRecognition(state);

    private double[] Score(double[][] state) =>
        Reference.Gradient(machine.Recognition.Parameters, () => Reference.LogRecognition(state));

    private double[] Score(double[][] state, int layer) =>
        Reference.Gradient(machine.Recognition.Parameters, () => Reference.LogRecognition(state, layer));

    private static void Add(double[] x, double scale, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += scale * x[i];
    }
}
