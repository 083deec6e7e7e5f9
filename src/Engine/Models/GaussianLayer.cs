using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>
/// q(g | x) = N(μ(x), diag σ²(x)) of G real-valued units given the bits x below them; their prior is p(g) = N(0, I). μ and ρ are
/// the outputs of a network of x, log σ = c tanh(ρ / c), c = <see cref="LargestLogDeviation"/>, so that σ stays finite and above 0.
/// </summary>
/// <remarks>Everything beyond the network is done in double, row by row. Sources: Kingma and Welling, "Auto-encoding variational
/// Bayes", 2014; Rezende, Mohamed and Wierstra, "Stochastic backpropagation and approximate inference in deep generative models",
/// 2014.</remarks>
public sealed class GaussianLayer
{
    /// <summary>c, which log σ does not leave: σ lies between 1/20 and 20.</summary>
    public const double LargestLogDeviation = 3;

    private static readonly double LogNormalizer = 0.5 * Math.Log(2 * Math.PI);

    private readonly BernoulliLayer network;

    /// <param name="network">Gives 2G outputs: μ, then ρ; this layer's from now on.</param>
    public GaussianLayer(BernoulliLayer network) => this.network = network;

    /// <summary>G.</summary>
    public int Units => network.Units / 2;

    /// <summary>Every parameter, in a fixed order.</summary>
    public IReadOnlyList<Parameter> Parameters => network.Parameters;

    /// <summary>The weight matrices, those next to the parents first; their start is random.</summary>
    internal IReadOnlyList<Parameter> Weights => network.Weights;

    internal LayerPass CreatePass() => network.CreatePass();

    /// <summary>μ and log σ of every row given the bits below.</summary>
    /// <param name="parents">[B, parent units].</param>
    /// <param name="repeats">K, rows to a row of parents.</param>
    /// <param name="sample">Its means and deviations [B·K, G] are overwritten; g stays.</param>
    /// <param name="team">Who computes.</param>
    public void ComputeMoments(BitMatrix parents, int repeats, GaussianSample sample, WorkerTeam team)
    {
        network.ComputeLogits(parents, repeats, sample.Pass, team);
        ReadMoments(sample);
    }

    /// <summary>μ and log σ of every row given relaxed values below.</summary>
    /// <param name="parents">[B, parent units], each in [0, 1].</param>
    /// <param name="sample">Its means and deviations [B, G] are overwritten; g stays.</param>
    /// <param name="team">Who computes.</param>
    internal void ComputeRelaxedMoments(Matrix parents, GaussianSample sample, WorkerTeam team)
    {
        network.ComputeRelaxedLogits(parents, sample.Pass, team);
        ReadMoments(sample);
    }

    private void ReadMoments(GaussianSample sample)
    {
        Matrix outputs = sample.Pass.Logits;
        sample.Means.Reshape(outputs.Rows, Units);
        sample.LogDeviations.Reshape(outputs.Rows, Units);
        for (int r = 0; r < outputs.Rows; r++)
        {
            outputs.Row(r)[..Units].CopyTo(sample.Means.Row(r));
            for (int i = 0; i < Units; i++) sample.LogDeviations[r, i] = (float)LogDeviation(outputs[r, Units + i]);
        }
    }

    /// <summary>c tanh(ρ / c).</summary>
    public static double LogDeviation(double rho) => LargestLogDeviation * Math.Tanh(rho / LargestLogDeviation);

    /// <summary>KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1) − log σ, in nats.</summary>
    public static double Divergence(double mean, double logDeviation) =>
        0.5 * (mean * mean + Math.Exp(2 * logDeviation) - 1) - logDeviation;

    /// <summary>log N(g; μ, σ²), in nats.</summary>
    public static double LogDensity(double value, double mean, double logDeviation)
    {
        double noise = (value - mean) * Math.Exp(-logDeviation);
        return -0.5 * noise * noise - logDeviation - LogNormalizer;
    }

    /// <summary>KL(q(g | x) ‖ p(g)) of one row, in nats.</summary>
    public static double Divergence(GaussianSample sample, int row)
    {
        double sum = 0;
        for (int i = 0; i < sample.Means.Columns; i++) sum += Divergence(sample.Means[row, i], sample.LogDeviations[row, i]);
        return sum;
    }

    /// <summary>log p(g) of one row, in nats.</summary>
    public static double LogPrior(GaussianSample sample, int row)
    {
        double sum = 0;
        for (int i = 0; i < sample.Values.Columns; i++) sum += LogDensity(sample.Values[row, i], 0, 0);
        return sum;
    }

    /// <summary>log q(g | x) of one row, in nats.</summary>
    public static double LogRecognition(GaussianSample sample, int row)
    {
        double sum = 0;
        for (int i = 0; i < sample.Values.Columns; i++)
            sum += LogDensity(sample.Values[row, i], sample.Means[row, i], sample.LogDeviations[row, i]);
        return sum;
    }

    /// <summary>Gradients += Σ_r w_r ∇λ log q(g_r | x_r), g held: by μ (g − μ)/σ², by log σ ((g − μ)/σ)² − 1.</summary>
    /// <param name="sample">Values and moments of one batch.</param>
    /// <param name="weights">[rows] w.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateRegression(GaussianSample sample, ReadOnlySpan<float> weights, WorkerTeam team)
    {
        BeginErrors(sample);
        for (int r = 0; r < sample.Values.Rows; r++)
        {
            for (int i = 0; i < Units; i++)
            {
                double deviation = Math.Exp(sample.LogDeviations[r, i]);
                double noise = (sample.Values[r, i] - sample.Means[r, i]) / deviation;
                SetErrors(sample, r, i, (weights[r] * noise / deviation, weights[r] * (noise * noise - 1)));
            }
        }

        network.AccumulateErrors(sample.Pass, sample.Errors, team);
    }

    /// <summary>Gradients += Σ_r w_r ∇λ [log p(below | g_r) + D_r] along g = μ + σε, ε held: <see cref="Path"/>.</summary>
    /// <param name="sample">Drawn by recognition.</param>
    /// <param name="slopes">[rows, G] w ∂ log p(below | g)/∂g.</param>
    /// <param name="weights">[rows] w.</param>
    /// <param name="weighsSamples">Which D.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulatePaths(
        GaussianSample sample, Matrix slopes, ReadOnlySpan<float> weights, bool weighsSamples, WorkerTeam team)
    {
        BeginErrors(sample);
        for (int r = 0; r < sample.Values.Rows; r++)
        {
            for (int i = 0; i < Units; i++)
                SetErrors(sample, r, i, Path(slopes[r, i], weights[r], sample.Noise[r, i], sample.Means[r, i], sample.LogDeviations[r, i], weighsSamples));
        }

        network.AccumulateErrors(sample.Pass, sample.Errors, team);
    }

    /// <summary>parentErrors_r = ∂ [log p(below | g_r) − KL(q(g | x_r) ‖ p(g))]/∂x_r along g = μ + σε, ε held.</summary>
    /// <param name="sample">Values and moments of one batch, with one row to a row of parents.</param>
    /// <param name="slopes">[rows, G] ∂ log p(below | g)/∂g.</param>
    /// <param name="parentErrors">[rows, parent units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    internal void ComputeParentErrors(GaussianSample sample, Matrix slopes, Matrix parentErrors, WorkerTeam team)
    {
        BeginErrors(sample);
        for (int r = 0; r < sample.Values.Rows; r++)
        {
            for (int i = 0; i < Units; i++)
                SetErrors(sample, r, i, Path(slopes[r, i], 1, sample.Noise[r, i], sample.Means[r, i], sample.LogDeviations[r, i], weighsSamples: false));
        }

        network.ComputeParentErrors(sample.Pass, sample.Errors, parentErrors, team);
    }

    /// <summary>
    /// ∂ [w log p(below | g) + w D] by μ and by log σ along g = μ + σε, s = w ∂ log p(below | g)/∂g. D = −KL(q ‖ p): s − wμ and
    /// σεs + w(1 − σ²); D = log p(g) − log q(g | x), where samples are weighed: s − wg and σε(s − wg) + w.
    /// </summary>
    /// <param name="slope">s.</param>
    /// <param name="weight">w.</param>
    /// <param name="noise">ε.</param>
    /// <param name="mean">μ.</param>
    /// <param name="logDeviation">log σ.</param>
    /// <param name="weighsSamples">Which D.</param>
    public static (double ByMean, double ByLogDeviation) Path(
        double slope, double weight, double noise, double mean, double logDeviation, bool weighsSamples)
    {
        double deviation = Math.Exp(logDeviation), path = deviation * noise;
        if (!weighsSamples) return (slope - weight * mean, path * slope + weight * (1 - deviation * deviation));
        double byValue = slope - weight * (mean + path);
        return (byValue, path * byValue + weight);
    }

    private void BeginErrors(GaussianSample sample)
    {
        sample.Errors.Reshape(sample.Values.Rows, 2 * Units);
        sample.Errors.Clear();
    }

    /// <summary>From errors of μ and log σ to those of the network's outputs: ∂ log σ/∂ρ = 1 − tanh²(ρ / c).</summary>
    private void SetErrors(GaussianSample sample, int row, int unit, (double ByMean, double ByLogDeviation) errors)
    {
        double bend = sample.LogDeviations[row, unit] / LargestLogDeviation;
        sample.Errors[row, unit] = (float)errors.ByMean;
        sample.Errors[row, Units + unit] = (float)(errors.ByLogDeviation * (1 - bend * bend));
    }
}
