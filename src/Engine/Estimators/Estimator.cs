using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// A rule that turns samples into gradients. Most are fully described by <see cref="Weigh"/>: the weights of
/// ∇θ log p(x, zᵏ) and ∇λ log q(zᵏ | x) for the K explanations of one example, held constant under differentiation.
/// </summary>
public abstract class Estimator
{
    private double[] logWeights = [];
    private double[] generativeShares = [];
    private double[] recognitionShares = [];
    private float[] logJoint = [];
    private float[] logRecognition = [];
    private float[] generativeWeights = [];
    private float[] recognitionWeights = [];

    /// <summary>What it is called and what it claims.</summary>
    public abstract EstimatorDescription Description { get; }

    /// <summary>The smallest K with which it works.</summary>
    public virtual int MinimumSamples => 1;

    /// <summary>Whether <see cref="Weigh"/> reads the log weights; if not, they are not computed.</summary>
    protected abstract bool ReadsLogWeights { get; }

    /// <summary>How much of λ's gradient comes from the wake phase and how much from dreams.</summary>
    public abstract RecognitionShares Shares(RecognitionLearning learning);

    /// <summary>The weights of the K explanations of one example.</summary>
    /// <param name="logWeights">[K] log p(x, zᵏ) − log q(zᵏ | x), in nats; zeros where they are not read.</param>
    /// <param name="generativeWeights">[K] receives the weight of ∇θ log p(x, zᵏ). Overwritten.</param>
    /// <param name="recognitionWeights">[K] receives the weight of ∇λ log q(zᵏ | x). Overwritten.</param>
    public abstract void Weigh(
        ReadOnlySpan<double> logWeights, Span<double> generativeWeights, Span<double> recognitionWeights);

    /// <summary>
    /// Wake phase: gradients += Σ_b e_b Σₖ [g_bk ∇θ log p(x_b, z_bk) + share · r_bk ∇λ log q(z_bk | x_b)], g and r from
    /// <see cref="Weigh"/>.
    /// </summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="sample">Given explanations, with both networks' logits.</param>
    /// <param name="exampleWeights">[B] e, one an example; 1/B for the mean.</param>
    /// <param name="recognitionShare">share; 0 leaves λ alone.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateWake(HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights,
        double recognitionShare, WorkerTeam team)
    {
        Reserve(sample.Rows, sample.SamplesPerExample);
        if (ReadsLogWeights) ComputeLogProbabilities(machine, sample, team);
        WeighAll(sample, exampleWeights, recognitionShare);
        machine.Generative.AccumulateGradient(sample, generativeWeights.AsSpan(0, sample.Rows), team);
        if (recognitionShare > 0)
            machine.Recognition.AccumulateGradient(sample, recognitionWeights.AsSpan(0, sample.Rows), team);
    }

    /// <summary>Sleep phase: gradients += share · Σ_r e_r ∇λ log q(z_r | x̃_r) on the dreams' own activities.</summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="dreams">Given dreams, with the recognition network's logits.</param>
    /// <param name="dreamWeights">[rows] e, one a dream; 1/rows for the mean.</param>
    /// <param name="recognitionShare">share.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateSleep(HelmholtzMachine machine, MachineSample dreams, ReadOnlySpan<float> dreamWeights,
        double recognitionShare, WorkerTeam team)
    {
        Reserve(dreams.Rows, 1);
        for (int r = 0; r < dreams.Rows; r++) recognitionWeights[r] = (float)(dreamWeights[r] * recognitionShare);
        machine.Recognition.AccumulateGradient(dreams, recognitionWeights.AsSpan(0, dreams.Rows), team);
    }

    private void ComputeLogProbabilities(HelmholtzMachine machine, MachineSample sample, WorkerTeam team)
    {
        Span<float> p = logJoint.AsSpan(0, sample.Rows), q = logRecognition.AsSpan(0, sample.Rows);
        p.Clear();
        q.Clear();
        machine.Generative.AccumulateLogProbability(sample, p, team);
        machine.Recognition.AccumulateLogProbability(sample, q, team);
    }

    private void WeighAll(MachineSample sample, ReadOnlySpan<float> exampleWeights, double recognitionShare)
    {
        int samples = sample.SamplesPerExample;
        for (int b = 0; b < exampleWeights.Length; b++)
        {
            int first = b * samples;
            for (int k = 0; k < samples; k++)
                logWeights[k] = ReadsLogWeights ? (double)logJoint[first + k] - logRecognition[first + k] : 0;
            Weigh(logWeights.AsSpan(0, samples), generativeShares.AsSpan(0, samples), recognitionShares.AsSpan(0, samples));
            for (int k = 0; k < samples; k++)
            {
                generativeWeights[first + k] = (float)(exampleWeights[b] * generativeShares[k]);
                recognitionWeights[first + k] = (float)(exampleWeights[b] * recognitionShare * recognitionShares[k]);
            }
        }
    }

    private void Reserve(int rows, int samples)
    {
        if (logJoint.Length < rows)
        {
            logJoint = new float[rows];
            logRecognition = new float[rows];
            generativeWeights = new float[rows];
            recognitionWeights = new float[rows];
        }

        if (logWeights.Length >= samples) return;
        logWeights = new double[samples];
        generativeShares = new double[samples];
        recognitionShares = new double[samples];
    }
}
