using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators;

/// <summary>What estimators weigh: log p and log q of every explanation, layer by layer, in nats; and what baselines predict.
/// Row b·K + k is explanation k of example b. Reused from step to step.</summary>
public sealed class LogTerms
{
    private readonly ExpectedTerms expectedTerms = new();
    private readonly Matrix units = new(0, 0);
    private double[] generative = [];
    private double[] recognition = [];
    private double[] expected = [];
    private double[] predictions = [];
    private double[] drawnLogits = [];
    private double[] gaussian = [];
    private double[] gaussianRatios = [];
    private double[] lengths = [];
    private double[] ones = [];
    private float[] single = [];

    /// <summary>B·K.</summary>
    public int Rows { get; private set; }

    /// <summary>K, explanations of each example.</summary>
    public int SamplesPerExample { get; private set; } = 1;

    /// <summary>L, stochastic layers above the visible one.</summary>
    public int LatentLayers { get; private set; }

    /// <summary>[B·K] log p(z_l | z_{l+1}), z_0 = x; of the top layer, log p(z_L).</summary>
    public Span<double> Generative(int layer) => generative.AsSpan(layer * Rows, Rows);

    /// <summary>[B·K] log q(z_{l+1} | z_l).</summary>
    public Span<double> Recognition(int index) => recognition.AsSpan(index * Rows, Rows);

    /// <summary>[B·K] e_l, what recognition layer <paramref name="index"/> adds to the ELBO by itself given the layer below: the entropy
    /// of q(z_{l+1} | z_l), of the top layer −KL(q(z_L | z_{L−1}) ‖ p(z_L)); where siblings depend on each other, the sum over units of
    /// the same given the siblings before. Zero where it is not read.</summary>
    public Span<double> Expected(int index) => expected.AsSpan(index * Rows, Rows);

    /// <summary>[B·K] what the input-dependent baseline of recognition layer <paramref name="index"/> predicts; 0 where there
    /// is none.</summary>
    public Span<double> Predictions(int index) => predictions.AsSpan(index * Rows, Rows);

    /// <summary>[B·K] of a row with one latent unit i flipped, log q(zᵢ | its parents) of the value that was drawn less that of the flip, ∞
    /// where a label was given; of others, 0.</summary>
    public Span<double> DrawnLogits => drawnLogits.AsSpan(0, Rows);

    /// <summary>[B·K] what the real-valued units add: log p(g) − log q(g | z_{L−1}), or its mean over g,
    /// −KL(q(g | z_{L−1}) ‖ p(g)); zero where there are none. z_L cannot change it.</summary>
    public Span<double> Gaussian => gaussian.AsSpan(0, Rows);

    /// <summary>[B·K] N, the words of the document that a row explains; 1 where examples are no documents.</summary>
    public Span<double> Lengths => lengths.AsSpan(0, Rows);

    /// <summary>[B·K] what f_l of <see cref="LocalSignals"/> grows with: N for the lowest layer, whose signal holds log p(x | z₁), 1
    /// above it.</summary>
    public ReadOnlySpan<double> LengthsOf(int layer) => layer == 0 ? Lengths : ones.AsSpan(0, Rows);

    /// <summary>Makes room, all terms zero, all lengths one.</summary>
    public void Reshape(int latentLayers, int rows, int samplesPerExample)
    {
        (LatentLayers, Rows, SamplesPerExample) = (latentLayers, rows, samplesPerExample);
        Clear(ref generative, (latentLayers + 1) * rows);
        Clear(ref recognition, latentLayers * rows);
        Clear(ref expected, latentLayers * rows);
        Clear(ref predictions, latentLayers * rows);
        Clear(ref drawnLogits, rows);
        Clear(ref gaussian, rows);
        Clear(ref gaussianRatios, rows);
        if (lengths.Length < rows) (lengths, ones) = (new double[rows], new double[rows]);
        Lengths.Fill(1);
        ones.AsSpan(0, rows).Fill(1);
    }

    /// <summary>Σ_l log p(z_l | z_{l+1}) − Σ_l log q(z_{l+1} | z_l) of one row: log p(x, z) − log q(z | x), with
    /// <see cref="Gaussian"/>.</summary>
    public double LogWeight(int row)
    {
        double sum = generative[LatentLayers * Rows + row] + gaussian[row];
        for (int l = 0; l < LatentLayers; l++) sum += generative[l * Rows + row] - recognition[l * Rows + row];
        return sum;
    }

    /// <summary>The logarithm of the importance weight of one row, p(x, z, g) / q(z, g | x), as it was drawn.</summary>
    public double LogImportanceWeight(int row) => LogWeight(row) - gaussian[row] + gaussianRatios[row];

    /// <summary>Overwrites log p, log q and lengths with those of the sample, from its logits.</summary>
    /// <param name="machine">Whose they are.</param>
    /// <param name="sample">Given explanations, with both networks' logits.</param>
    /// <param name="weighsSamples">Whether log p(g) − log q(g | z_{L−1}) of the g that was drawn is wanted, not its mean.</param>
    /// <param name="team">Who computes.</param>
    public void Compute(HelmholtzMachine machine, MachineSample sample, bool weighsSamples, WorkerTeam team)
    {
        if (single.Length < Rows) single = new float[Rows];
        if (sample.Bits(0).Counts is { } documents)
            for (int r = 0; r < Rows; r++) lengths[r] = documents.Total(r);
        for (int l = 0; l <= LatentLayers; l++)
            Compute(machine.Generative.Layers[l], sample.Bits(l), sample.Generative(l), Generative(l), team);
        for (int l = 0; l < LatentLayers; l++)
            Compute(machine.Recognition.Layers[l], sample.Bits(l + 1), sample.Recognition(l), Recognition(l), team);
        for (int r = 0; r < Rows && sample.Gaussian is not null; r++)
        {
            gaussianRatios[r] = GaussianLayer.LogPrior(sample.Gaussian, r) - GaussianLayer.LogRecognition(sample.Gaussian, r);
            gaussian[r] = weighsSamples ? gaussianRatios[r] : -GaussianLayer.Divergence(sample.Gaussian, r);
        }
    }

    /// <summary>Overwrites <see cref="Expected"/> of one recognition layer with that of the sample, from its logits.</summary>
    internal void ComputeExpected(HelmholtzMachine machine, MachineSample sample, int index, WorkerTeam team)
    {
        expectedTerms.Compute(machine, sample, index, units, team);
        Span<double> result = Expected(index);
        for (int r = 0; r < result.Length; r++) result[r] = DoubleSum.Compute(units.Row(r));
    }

    private void Compute(ConditionalLayer layer, BitMatrix children, LayerPass pass, Span<double> result, WorkerTeam team)
    {
        Span<float> logs = single.AsSpan(0, Rows);
        logs.Clear();
        layer.AccumulateLogProbability(children, pass, logs, team);
        for (int r = 0; r < logs.Length; r++) result[r] = logs[r];
    }

    private static void Clear(ref double[] values, int count)
    {
        if (values.Length < count) values = new double[count];
        else values.AsSpan(0, count).Clear();
    }
}
