using DreamViz.Engine.Estimators;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>One of the things that the sampling of one example may give.</summary>
/// <param name="States">The rows, as numbers of the example's latent states.</param>
/// <param name="Probability">How probable it is.</param>
internal sealed record Outcome(int[] States, double Probability)
{
    /// <summary>Everything that the sampling may give, and how probable it is.</summary>
    public static List<Outcome> All(ReferenceMachine reference, double[] x, SamplingScheme scheme, int samples)
    {
        List<double[][]> latent = reference.LatentStates(x);
        if (scheme == SamplingScheme.Enumeration) return [new([.. Enumerable.Range(0, latent.Count)], 1)];
        double[] q = [.. latent.Select(state => Math.Exp(reference.LogRecognition(state)))];
        if (scheme == SamplingScheme.AntitheticBranches)
            return [.. latent.SelectMany((_, main) => WithBranches(reference, latent, main, q[main]))];
        if (scheme == SamplingScheme.Flips)
            return [.. latent.Select((state, main) => new Outcome([main, .. Enumerable.Range(0, reference.LatentBits).Select(j => Flipped(reference, latent, state, j))], q[main]))];
        return [.. ReferenceMachine.Tuples(latent.Count, samples)
            .Select(tuple => new Outcome(tuple, tuple.Aggregate(1.0, (product, i) => product * q[i])))];
    }

    /// <summary>The number of the state with one latent unit flipped, or with another label; of one that was observed there is no other.
    /// </summary>
    private static int Flipped(ReferenceMachine reference, List<double[][]> latent, double[][] state, int unit)
    {
        double[] bits = [.. state.Skip(1).SelectMany(layer => layer)];
        int ofLabel = unit - (bits.Length - state[^1].Length);
        if (ofLabel < 0 || ofLabel >= reference.Classes) bits[unit] = 1 - bits[unit];
        else if (reference.ObservedLabel < 0)
        {
            Array.Clear(bits, unit - ofLabel, reference.Classes);
            bits[unit] = 1;
        }

        return latent.FindIndex(other => other.Skip(1).SelectMany(layer => layer).SequenceEqual(bits));
    }

    private static IEnumerable<Outcome> WithBranches(ReferenceMachine reference, List<double[][]> latent, int main, double probability)
    {
        IEnumerable<Outcome> outcomes = [new([main], probability)];
        for (int l = 1; l < reference.Sizes.Count; l++)
        {
            int layer = l;
            List<(int State, double Probability)> branches = [.. latent.Index()
                .Where(branch => Enumerable.Range(0, layer).All(below => branch.Item[below].SequenceEqual(latent[main][below])))
                .Select(branch => (branch.Index, BranchProbability(reference, latent[main], branch.Item, layer)))
                .Where(branch => branch.Item2 > 0)];
            outcomes = [.. outcomes.SelectMany(outcome => branches.Select(
                branch => new Outcome([.. outcome.States, branch.State], outcome.Probability * branch.Probability)))];
        }

        return outcomes;
    }

    /// <summary>P(branch | draw): antithetic at the layer, by q above it.</summary>
    private static double BranchProbability(ReferenceMachine reference, double[][] main, double[][] branch, int layer)
    {
        double probability = 1;
        double[] logits = reference.RecognitionLogits(main, layer - 1);
        for (int i = 0; i < logits.Length; i++)
        {
            double p = 1 / (1 + Math.Exp(-logits[i]));
            bool on = main[layer][i] != 0, opposite = branch[layer][i] != 0;
            double joint = on != opposite ? Math.Min(p, 1 - p) : on ? Math.Max(0, 2 * p - 1) : Math.Max(0, 1 - 2 * p);
            probability *= joint / (on ? p : 1 - p);
        }

        for (int above = layer; above < reference.Sizes.Count - 1; above++)
            probability *= Math.Exp(reference.LogRecognition(branch, above));
        return probability;
    }
}
