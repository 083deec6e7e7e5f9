using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Objectives;

/// <summary>Log importance weights of K explanations of each example, a chunk of rows at a time.</summary>
internal sealed class ImportanceSampling
{
    /// <summary>Bounds a chunk's largest matrix to 8 MiB of floats.</summary>
    private const int ChunkElements = 1 << 21;

    private readonly HelmholtzMachine machine;
    private readonly WorkerTeam team;
    private readonly ulong seed;
    private readonly int samples;
    private readonly int samplesAtOnce;
    private readonly MachineSample sample;
    private readonly BitMatrix bits = new(0, 0);
    private readonly float[] logJoint;
    private readonly float[] logRecognition;
    private readonly double[] totals;
    private readonly RunningLogSum[] logSums;
    private long chunk;
    private int examplesNow;

    public ImportanceSampling(HelmholtzMachine machine, int samples, ulong seed, WorkerTeam team)
    {
        (this.machine, this.samples, this.seed, this.team) = (machine, samples, seed, team);
        int rows = Math.Clamp(ChunkElements / WidestLayer(machine), 1, 4096);
        samplesAtOnce = Math.Min(samples, rows);
        ExamplesAtOnce = rows / samplesAtOnce;
        sample = new MachineSample(machine);
        logJoint = new float[rows];
        logRecognition = new float[rows];
        totals = new double[ExamplesAtOnce];
        logSums = new RunningLogSum[ExamplesAtOnce];
    }

    /// <summary>The most examples of one run.</summary>
    public int ExamplesAtOnce { get; }

    /// <summary>[B] 1/K Σₖ log wₖ of the newest run's examples, in nats.</summary>
    public IEnumerable<double> MeanLogWeights => totals.Take(examplesNow).Select(total => total / samples);

    /// <summary>[B] log 1/K Σₖ wₖ of the newest run's examples, in nats.</summary>
    public IEnumerable<double> LogMeanWeights => logSums.Take(examplesNow).Select(sum => sum.Value - Math.Log(samples));

    /// <summary>Weighs K explanations of examples first … first + count − 1.</summary>
    public void Run(Examples examples, int first, int count)
    {
        examplesNow = count;
        EvaluationExamples.Read(examples, first, count, seed, bits);
        Array.Clear(totals);
        Array.Fill(logSums, new RunningLogSum());
        for (int drawn = 0; drawn < samples; drawn += samplesAtOnce) RunChunk(Math.Min(samplesAtOnce, samples - drawn));
    }

    private void RunChunk(int samplesNow)
    {
        var key = new StreamKey(seed, StreamPurpose.Evaluation, chunk++);
        machine.Recognition.Sample(sample, bits, samplesNow, key, team);
        machine.Generative.ComputeLogits(sample, team);
        Span<float> p = logJoint.AsSpan(0, sample.Rows), q = logRecognition.AsSpan(0, sample.Rows);
        p.Clear();
        q.Clear();
        machine.Generative.AccumulateLogProbability(sample, p, team);
        machine.Recognition.AccumulateLogProbability(sample, q, team);
        for (int r = 0; r < sample.Rows; r++)
        {
            double logWeight = (double)p[r] - q[r];
            totals[r / samplesNow] += logWeight;
            logSums[r / samplesNow].Add(logWeight);
        }
    }

    private static int WidestLayer(HelmholtzMachine machine) =>
        Math.Max(machine.LayerSizes.Max(), machine.Settings.HiddenLayers.Append(0).Max());
}
