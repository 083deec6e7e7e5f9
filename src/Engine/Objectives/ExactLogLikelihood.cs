using DreamViz.Engine.Data;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Objectives;

/// <summary>log p(x) = log Σ_z p(x, z) by enumeration of all latent configurations.</summary>
/// <remarks>The layers above the lowest are summed out first, so that the visible layer is computed once for every
/// configuration of the lowest latent layer.</remarks>
public static class ExactLogLikelihood
{
    /// <summary>The most latent bits.</summary>
    public const int MaximumLatentBits = 16;

    private const int ChunkRows = 1024;

    /// <summary>The mean of log p(x), in nats per example.</summary>
    /// <param name="machine">What is measured.</param>
    /// <param name="examples">What it is measured on.</param>
    /// <param name="count">How many of them, from the first; fewer where there are fewer.</param>
    /// <param name="seed">Names the bits where they are drawn each epoch.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="InvalidInputException">More than <see cref="MaximumLatentBits"/> latent bits, or no examples.</exception>
    public static BoundEstimate Compute(HelmholtzMachine machine, Examples examples, int count, ulong seed, WorkerTeam team)
    {
        CheckLatentBits(machine);
        count = EvaluationExamples.CheckedCount(examples, count);
        var visible = new VisibleTable(machine, LogMarginals(machine, team), team);
        var bits = new BitMatrix(0, 0);
        double total = 0;
        for (int first = 0; first < count; first += ChunkRows)
        {
            EvaluationExamples.Read(examples, first, Math.Min(ChunkRows, count - first), seed, bits);
            total += visible.SumLogProbabilities(bits);
        }

        return new BoundEstimate("exact", total / count, count);
    }

    private static void CheckLatentBits(HelmholtzMachine machine)
    {
        long latentBits = machine.LayerSizes.Skip(1).Sum(units => (long)units);
        if (latentBits > MaximumLatentBits)
            throw new InvalidInputException(
                $"exact log-likelihood: expected at most {MaximumLatentBits} latent units, found {latentBits}");
    }

    /// <summary>[2^H₁] log p(h₁), configuration c having unit i on where bit i of c is set.</summary>
    private static double[] LogMarginals(HelmholtzMachine machine, WorkerTeam team)
    {
        int lowest = machine.LayerSizes[1], all = machine.LayerSizes.Skip(1).Sum();
        var sums = new RunningLogSum[1 << lowest];
        Array.Fill(sums, new RunningLogSum());
        var sample = new MachineSample(machine);
        var logs = new float[ChunkRows];
        for (int first = 0; first < 1 << all; first += ChunkRows)
        {
            int rows = Math.Min(ChunkRows, (1 << all) - first);
            LatentConfigurations.Write(sample, first, rows);
            LogLatents(machine, sample, logs, team);
            for (int r = 0; r < rows; r++) sums[(first + r) & (sums.Length - 1)].Add(logs[r]);
        }

        return [.. sums.Select(sum => sum.Value)];
    }

    /// <summary>log p(z), the visible layer left out.</summary>
    private static void LogLatents(HelmholtzMachine machine, MachineSample sample, Span<float> logs, WorkerTeam team)
    {
        logs = logs[..sample.Rows];
        logs.Clear();
        for (int l = 1; l < machine.LayerSizes.Count; l++)
        {
            ConditionalLayer layer = machine.Generative.Layers[l];
            layer.ComputeLogits(sample.ParentBits(l), 1, sample.Generative(l), team);
            layer.AccumulateLogProbability(sample.Bits(l), sample.Generative(l), logs, team);
        }
    }

    /// <summary>log p(x, h₁) of every configuration as one affine map of x: Σᵢ xᵢ aᵢ(h₁) + [log p(h₁) − Σᵢ softplus(aᵢ(h₁))].
    /// </summary>
    private sealed class VisibleTable
    {
        private readonly List<(Matrix Weights, float[] Biases)> chunks = [];
        private readonly WorkerTeam team;
        private readonly Matrix logJoint = new(0, 0);

        public VisibleTable(HelmholtzMachine machine, double[] logMarginals, WorkerTeam team)
        {
            this.team = team;
            ConditionalLayer layer = machine.Generative.Layers[0];
            LayerPass pass = layer.CreatePass();
            var (parents, none) = (new BitMatrix(0, 0), new BitMatrix(0, 0));
            for (int first = 0; first < logMarginals.Length; first += ChunkRows)
            {
                int rows = Math.Min(ChunkRows, logMarginals.Length - first);
                parents.Reshape(rows, layer.ParentUnits);
                for (int r = 0; r < rows; r++) parents.Row(r)[0] = (ulong)(first + r);
                layer.ComputeLogits(parents, 1, pass, team);
                var biases = new float[rows];
                none.Reshape(rows, layer.Units);
                layer.AccumulateLogProbability(none, pass, biases, team);
                for (int r = 0; r < rows; r++) biases[r] += (float)logMarginals[first + r];
                chunks.Add((Transpose(pass.Logits), biases));
            }
        }

        /// <summary>Σ over the rows of x of log p(x).</summary>
        public double SumLogProbabilities(BitMatrix x)
        {
            var sums = new RunningLogSum[x.Rows];
            Array.Fill(sums, new RunningLogSum());
            foreach ((Matrix weights, float[] biases) in chunks)
            {
                BinaryAffine.Compute(x, weights, biases, logJoint, team);
                for (int r = 0; r < x.Rows; r++)
                {
                    foreach (float l in logJoint.Row(r)) sums[r].Add(l);
                }
            }

            double total = 0;
            foreach (RunningLogSum sum in sums) total += sum.Value;
            return total;
        }

        private static Matrix Transpose(Matrix source)
        {
            var result = new Matrix(source.Columns, source.Rows);
            for (int r = 0; r < source.Rows; r++)
            {
                for (int c = 0; c < source.Columns; c++) result[c, r] = source[r, c];
            }

            return result;
        }
    }
}
