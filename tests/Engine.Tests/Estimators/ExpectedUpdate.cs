using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Expected updates as finite sums: every outcome of the sampling goes through the estimator, weighted with its
/// probability.</summary>
internal sealed class ExpectedUpdate(HelmholtzMachine machine)
{
    /// <summary>What the update is held to: float arithmetic against differences in double, and double against double.</summary>
    public const double FloatTolerance = 2e-5, DoubleTolerance = 1e-6;

    private readonly ReferenceMachine reference = new(machine);

    /// <summary>Some data for the machine: three of its visible configurations.</summary>
    public List<double[]> Data { get; } =
        [.. new[] { 1, 3, 6 }.Select(number => ReferenceMachine.Bits(number, machine.LayerSizes[0]))];

    public ReferenceMachine Reference => reference;

    /// <summary>The update of θ and λ that the estimator makes in the wake phase, by the code that trains.</summary>
    public (double[] Generative, double[] Recognition) Wake(Estimator estimator, int samples)
    {
        List<double[][]> states = [];
        List<float> weights = [];
        foreach (double[] x in Data)
        {
            List<double[][]> latent = reference.LatentStates(x);
            double[] q = [.. latent.Select(state => Math.Exp(reference.LogRecognition(state)))];
            foreach (int[] tuple in ReferenceMachine.Tuples(latent.Count, samples))
            {
                states.AddRange(tuple.Select(i => latent[i]));
                weights.Add((float)(tuple.Aggregate(1.0, (product, i) => product * q[i]) / Data.Count));
            }
        }

        estimator.AccumulateWake(machine, States.Fill(machine, states, samples), [.. weights], 1, WorkerTeam.Single);
        return (States.TakeGradient(machine.Generative.Parameters), States.TakeGradient(machine.Recognition.Parameters));
    }

    /// <summary>The same update in double: the estimator's weights on gradients of the reference.</summary>
    public (double[] Generative, double[] Recognition) WakeInDouble(Estimator estimator, int samples)
    {
        var sums = (Generative: Zeros(machine.Generative.Parameters), Recognition: Zeros(machine.Recognition.Parameters));
        foreach (double[] x in Data) AddInDouble(estimator, samples, x, sums.Generative, sums.Recognition);
        return sums;
    }

    /// <summary>The update of λ that the estimator makes in the sleep phase, by the code that trains.</summary>
    public double[] Sleep(Estimator estimator)
    {
        List<double[][]> states = reference.AllStates();
        float[] p = [.. states.Select(state => (float)Math.Exp(reference.LogJoint(state)))];
        estimator.AccumulateSleep(machine, States.Fill(machine, states), p, 1, WorkerTeam.Single);
        return States.TakeGradient(machine.Recognition.Parameters);
    }

    /// <summary>The exact gradient by θ of the mean over the data of f.</summary>
    public double[] GenerativeGradient(Func<double[], double> f) =>
        reference.Gradient(machine.Generative.Parameters, () => Data.Average(f));

    /// <summary>The exact gradient by λ of the mean over the data of f.</summary>
    public double[] RecognitionGradient(Func<double[], double> f) =>
        reference.Gradient(machine.Recognition.Parameters, () => Data.Average(f));

    /// <summary>∇λ E_p(x̃,z)[log q(z | x̃)], p fixed.</summary>
    public double[] SleepObjectiveGradient()
    {
        List<double[][]> states = reference.AllStates();
        double[] p = [.. states.Select(state => Math.Exp(reference.LogJoint(state)))];
        return reference.Gradient(machine.Recognition.Parameters,
            () => states.Select((state, i) => p[i] * reference.LogRecognition(state)).Sum());
    }

    /// <summary>∇λ of the mean over data of E_p(z|x)[log q(z | x)], the posterior fixed.</summary>
    public double[] InclusiveKlGradient()
    {
        double[][] posteriors = [.. Data.Select(x => reference.LatentStates(x)
            .Select(state => Math.Exp(reference.LogJoint(state) - reference.LogLikelihood(x))).ToArray())];
        return reference.Gradient(machine.Recognition.Parameters, () => Data.Select((x, n) => reference.LatentStates(x)
            .Select((state, i) => posteriors[n][i] * reference.LogRecognition(state)).Sum()).Average());
    }

    private void AddInDouble(Estimator estimator, int samples, double[] x, double[] generative, double[] recognition)
    {
        List<double[][]> latent = reference.LatentStates(x);
        double[] logQ = [.. latent.Select(reference.LogRecognition)];
        double[] logWeights = [.. latent.Select((state, i) => reference.LogJoint(state) - logQ[i])];
        double[][] ofP = [.. latent.Select(s => reference.Gradient(machine.Generative.Parameters, () => reference.LogJoint(s)))];
        double[][] ofQ =
            [.. latent.Select(s => reference.Gradient(machine.Recognition.Parameters, () => reference.LogRecognition(s)))];
        (double[] g, double[] r) = (new double[samples], new double[samples]);
        foreach (int[] tuple in ReferenceMachine.Tuples(latent.Count, samples))
        {
            double probability = Math.Exp(tuple.Sum(i => logQ[i])) / Data.Count;
            estimator.Weigh([.. tuple.Select(i => logWeights[i])], g, r);
            for (int k = 0; k < samples; k++)
            {
                AddScaled(ofP[tuple[k]], probability * g[k], generative);
                AddScaled(ofQ[tuple[k]], probability * r[k], recognition);
            }
        }
    }

    private static void AddScaled(double[] x, double scale, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += scale * x[i];
    }

    private static double[] Zeros(IReadOnlyList<Parameter> parameters) =>
        new double[parameters.Sum(parameter => parameter.Value.Rows * parameter.Value.Columns)];
}
