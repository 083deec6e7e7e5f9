using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators.Gaussian;

/// <summary>Expected updates of machines with real-valued units, by the code that trains: every outcome of bits and every node of the
/// noise goes through the estimator, weighted with its probability.</summary>
internal sealed class GaussianUpdate(HelmholtzMachine machine, int observedLabel = -1)
{
    /// <summary>Of each unit's noise: enough for every moment that matters.</summary>
    private const int Nodes = 3;

    private readonly List<double[]> data = [.. new[] { 1, 6 }.Select(new ReferenceMachine(machine).Visible)];

    public GaussianReference Reference { get; } = new(machine, Nodes, observedLabel);

    /// <summary>The update of the wake phase.</summary>
    public (double[] Generative, double[] Recognition) Wake(Estimator estimator, int samples)
    {
        List<(double[][] State, double[] Noise)> rows = [];
        List<float> weights = [];
        if (estimator.Scheme == SamplingScheme.Enumeration)
        {
            // It makes the states by itself, at the noise that it is given.
            foreach ((double[] x, (double[] noise, double weight)) in data.SelectMany(x => Reference.Noise.Select(node => (x, node))))
            {
                rows.Add((Reference.Bits.State(x, 0), noise));
                weights.Add((float)(weight / data.Count));
            }
        }
        else foreach (double[] x in data)
        {
            List<double[][]> latent = Reference.Bits.LatentStates(x);
            foreach (Outcome outcome in Outcome.All(Reference.Bits, x, estimator.Scheme == SamplingScheme.Flips ? SamplingScheme.Independent : estimator.Scheme, samples))
            {
                bool isShared = estimator.Scheme == SamplingScheme.AntitheticBranches;
                foreach (int[] nodes in ReferenceMachine.Tuples(Reference.Noise.Count, isShared ? 1 : samples))
                {
                    rows.AddRange(outcome.States.Select((i, k) => (latent[i], Reference.Noise[nodes[isShared ? 0 : k]].Noise)));
                    weights.Add((float)nodes.Aggregate(outcome.Probability / data.Count, (product, n) => product * Reference.Noise[n].Weight));
                }
            }
        }

        MachineSample sample = Fill(rows, rows.Count / weights.Count);
        estimator.AccumulateWake(machine, sample, [.. weights], 1, WorkerTeam.Single);
        return (States.TakeGradient(machine.Generative.Parameters), States.TakeGradient(machine.Recognition.Parameters));
    }

    /// <summary>The update of λ in the sleep phase.</summary>
    public double[] Sleep(Estimator estimator)
    {
        List<GaussianReference.Draw> dreams = Reference.Dreams();
        MachineSample sample = States.Fill(machine, [.. dreams.Select(dream => dream.State)]);
        Write(sample.Gaussian!.Values, dreams.Select(dream => dream.Noise));
        estimator.AccumulateSleep(machine, sample, [.. dreams.Select(dream => (float)dream.Probability)], 1, WorkerTeam.Single);
        return States.TakeGradient(machine.Recognition.Parameters);
    }

    /// <summary>∇λ E_p[log q(z, g | x̃)], p fixed.</summary>
    public double[] SleepObjectiveGradient()
    {
        List<GaussianReference.Draw> dreams = Reference.Dreams();
        return Reference.Bits.Gradient(machine.Recognition.Parameters, () => dreams.Sum(dream =>
            dream.Probability * (Reference.Bits.LogRecognition(dream.State) + Reference.LogRecognition(dream.State, dream.Noise))));
    }

    /// <summary>E[Σₖ w̃ₖ ∇λ log q(zₖ, gₖ | x)], draws and weights fixed.</summary>
    public double[] ReweightedGradient(int samples)
    {
        List<(double[][] State, double[] Values, double Weight)> fixedDraws = [];
        foreach (double[] x in data)
        {
            List<GaussianReference.Draw> draws = Reference.Draws(x);
            double[] weights = [.. draws.Select(draw => Math.Exp(Reference.LogWeight(draw.State, draw.Noise)))];
            double[] sums = new double[draws.Count];
            foreach (int[] tuple in ReferenceMachine.Tuples(draws.Count, samples))
            {
                double p = tuple.Aggregate(1.0 / data.Count, (product, i) => product * draws[i].Probability), total = tuple.Sum(i => weights[i]);
                foreach (int i in tuple) sums[i] += p * weights[i] / total;
            }

            fixedDraws.AddRange(draws.Select((draw, i) => (draw.State, Reference.Values(draw.State, draw.Noise), sums[i])));
        }

        return Reference.Bits.Gradient(machine.Recognition.Parameters, () => fixedDraws.Sum(draw =>
            draw.Weight * (Reference.Bits.LogRecognition(draw.State) + Reference.LogRecognition(draw.State, draw.Values))));
    }

    /// <summary>The gradient of the mean over the data of f.</summary>
    public double[] Gradient(IReadOnlyList<Parameter> parameters, Func<double[], double> f) =>
        Reference.Bits.Gradient(parameters, () => data.Average(f));

    /// <summary>A sample with these bits and this noise, and both networks' logits.</summary>
    private MachineSample Fill(List<(double[][] State, double[] Noise)> rows, int samples)
    {
        MachineSample sample = States.Fill(machine, [.. rows.Select(row => row.State)], samples, observedLabel);
        Write(sample.Gaussian!.Noise, rows.Select(row => row.Noise));
        sample.Gaussian.Place();
        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        return sample;
    }

    private static void Write(Matrix matrix, IEnumerable<double[]> rows)
    {
        foreach ((int r, double[] row) in rows.Index())
        {
            for (int i = 0; i < row.Length; i++) matrix[r, i] = (float)row[i];
        }
    }
}
