using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Models;
using MathNet.Numerics.LinearAlgebra;

namespace DreamViz.Engine.Tests.Estimators.Gaussian;

/// <summary>Objectives of a machine with real-valued units, in double: bits by their sum, noise by Gauss–Hermite quadrature.</summary>
/// <remarks>With N nodes the noise is in truth discrete, with the first 2N − 1 moments of N(0, 1). Reparameterized gradients hold for
/// any noise, and the divergence needs two moments alone: so an expected update over the nodes must equal the gradient of the
/// objective over the same nodes, few as they may be.</remarks>
internal sealed class GaussianReference
{
    private readonly (double[] Noise, double Weight)[] noise;

    public GaussianReference(HelmholtzMachine machine, int nodes, int observedLabel = -1)
    {
        Bits = new ReferenceMachine(machine, observedLabel);
        (double[] points, double[] weights) = Nodes(nodes);
        noise = [.. ReferenceMachine.Tuples(nodes, machine.Shape.GaussianUnits).Select(tuple => ((double[])[.. tuple.Select(i => points[i])],
            tuple.Aggregate(1.0, (product, i) => product * weights[i])))];
    }

    /// <summary>The bits' part, given g.</summary>
    public ReferenceMachine Bits { get; }

    /// <summary>The nodes ε with their weights.</summary>
    public IReadOnlyList<(double[] Noise, double Weight)> Noise => noise;

    /// <summary>Every state of the latents and every node, with their probabilities by recognition.</summary>
    public List<Draw> Draws(double[] visible) => [.. Bits.LatentStates(visible).SelectMany(state =>
        noise.Select(node => new Draw(state, node.Noise, Math.Exp(Bits.LogRecognition(state)) * node.Weight)))];

    /// <summary>Every dream with every node of the prior, with their probabilities.</summary>
    public List<Draw> Dreams() => [.. noise.SelectMany(node =>
    {
        Bits.Gaussian = node.Noise;
        return Bits.AllStates().Select(state => new Draw(state, node.Noise, Bits.Probability(state) * node.Weight));
    })];

    /// <summary>log p(x, z, g) − log q(z, g | x) at g = μ + σε.</summary>
    public double LogWeight(double[][] state, double[] epsilon)
    {
        Bits.Gaussian = Values(state, epsilon);
        return Bits.LogJoint(state) - Bits.LogRecognition(state) + LogDensity(Bits.Gaussian, [.. epsilon.SelectMany(_ => (double[])[0, 0])])
            - LogRecognition(state, Bits.Gaussian);
    }

    /// <summary>log q(g | z_{L−1}).</summary>
    public double LogRecognition(double[][] state, double[] values)
    {
        double[] outputs = Bits.GaussianOutputs(state);
        return LogDensity(values, [.. values.SelectMany((_, i) => (double[])[outputs[i], outputs[values.Length + i]])]);
    }

    /// <summary>μ + σε.</summary>
    public double[] Values(double[][] state, double[] epsilon)
    {
        double[] outputs = Bits.GaussianOutputs(state);
        return [.. epsilon.Select((e, i) => outputs[i] + Math.Exp(LogDeviation(outputs[epsilon.Length + i])) * e)];
    }

    public double Elbo(double[] visible) => Draws(visible).Sum(draw => draw.Probability * LogWeight(draw.State, draw.Noise));

    public double ImportanceWeighted(double[] visible, int samples)
    {
        List<Draw> draws = Draws(visible);
        double[] logWeights = [.. draws.Select(draw => LogWeight(draw.State, draw.Noise))];
        return ReferenceMachine.Tuples(draws.Count, samples).Sum(tuple => tuple.Aggregate(1.0, (product, i) => product * draws[i].Probability)
            * (ReferenceMachine.LogSum(tuple.Select(i => logWeights[i])) - Math.Log(samples)));
    }

    /// <summary>log p(x), g summed by the nodes of its prior.</summary>
    public double LogLikelihood(double[] visible) => ReferenceMachine.LogSum(noise.Select(node =>
    {
        Bits.Gaussian = node.Noise;
        return Bits.LogLikelihood(visible) + Math.Log(node.Weight);
    }));

    /// <summary>Nodes and weights of E[f(ε)], ε ~ N(0, 1), by the eigenvalues of the Jacobi matrix.</summary>
    /// <remarks>Source: Golub and Welsch, "Calculation of Gauss quadrature rules", 1969.</remarks>
    public static (double[] Points, double[] Weights) Nodes(int count)
    {
        var jacobi = Matrix<double>.Build.Dense(count, count, (i, j) => Math.Abs(i - j) == 1 ? Math.Sqrt(Math.Max(i, j)) : 0);
        var eigen = jacobi.Evd(Symmetricity.Symmetric);
        return ([.. eigen.EigenValues.Select(value => value.Real)], [.. eigen.EigenVectors.Row(0).Select(v => v * v)]);
    }

    /// <summary>Σᵢ log N(gᵢ; μᵢ, σᵢ²), moments as μ₁, ρ₁, μ₂, …</summary>
    private static double LogDensity(double[] values, double[] moments) => values.Select((g, i) =>
    {
        double logDeviation = LogDeviation(moments[2 * i + 1]), e = (g - moments[2 * i]) / Math.Exp(logDeviation);
        return -0.5 * e * e - logDeviation - 0.5 * Math.Log(2 * Math.PI);
    }).Sum();

    private static double LogDeviation(double rho) => 3 * Math.Tanh(rho / 3);

    /// <summary>One explanation or dream.</summary>
    /// <param name="State">Bits of every layer.</param>
    /// <param name="Noise">ε of an explanation, g of a dream.</param>
    /// <param name="Probability">How probable it is.</param>
    internal sealed record Draw(double[][] State, double[] Noise, double Probability);
}
