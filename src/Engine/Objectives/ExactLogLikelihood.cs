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
    /// <exception cref="InvalidInputException">More than <see cref="MaximumLatentBits"/> latent bits, Gaussian latents, or no examples.</exception>
    public static BoundEstimate Compute(HelmholtzMachine machine, Examples examples, int count, ulong seed, WorkerTeam team)
    {
        CheckLatentBits(machine);
        count = EvaluationExamples.CheckedCount(examples, count);
        List<BitMatrix> chunks = ReadAll(examples, count, seed);
        var sums = new RunningLogSum[count];
        Array.Fill(sums, new RunningLogSum());
        double[] logMarginals = LogMarginals(machine, team);
        IVisibleLayer visible = machine.Generative.Layers[0].SiblingWeights is null
            ? new IndependentVisibleLayer(machine, team)
            : new DependentVisibleLayer(machine, team);
        for (int first = 0; first < logMarginals.Length; first += ChunkRows)
        {
            visible.Prepare(first, logMarginals.AsSpan(first, Math.Min(ChunkRows, logMarginals.Length - first)));
            for (int c = 0; c < chunks.Count; c++) visible.Accumulate(chunks[c], sums.AsSpan(c * ChunkRows));
        }

        double total = 0;
        PerplexitySum perplexity = new();
        for (int n = 0; n < count; n++)
        {
            total += sums[n].Value;
            if (examples.Lengths is { } lengths) perplexity.Add(sums[n].Value, lengths[n]);
        }

        return new BoundEstimate("exact", total / count, count) { Perplexity = perplexity.Value };
    }

    private static List<BitMatrix> ReadAll(Examples examples, int count, ulong seed)
    {
        List<BitMatrix> chunks = [];
        for (int first = 0; first < count; first += ChunkRows)
        {
            var bits = new BitMatrix(0, 0);
            EvaluationExamples.Read(examples, first, Math.Min(ChunkRows, count - first), seed, bits);
            chunks.Add(bits);
        }

        return chunks;
    }

    private static void CheckLatentBits(HelmholtzMachine machine)
    {
        long latentBits = machine.LayerSizes.Skip(1).Sum(units => (long)units);
        if (machine.Shape.GaussianUnits > 0)
            throw new InvalidInputException(
                $"exact log-likelihood: expected no Gaussian latents, found {machine.Shape.GaussianUnits}");
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
            layer.Complete(sample.Bits(l), sample.Generative(l), team);
            layer.AccumulateLogProbability(sample.Bits(l), sample.Generative(l), logs, team);
        }
    }

    /// <summary>[rows, H₁] the configurations that start with number <paramref name="first"/>.</summary>
    private static void Write(BitMatrix parents, int first, int rows, int units)
    {
        parents.Reshape(rows, units);
        for (int r = 0; r < rows; r++) parents.Row(r)[0] = (ulong)(first + r);
    }

    /// <summary>log p(x, h₁) of a chunk of configurations h₁.</summary>
    private interface IVisibleLayer
    {
        /// <summary>Takes the configurations that start with number <paramref name="first"/>, with their log p(h₁).</summary>
        void Prepare(int first, ReadOnlySpan<double> logMarginals);

        /// <summary>Adds p(x, h₁) of every prepared configuration to the sum of every row of x.</summary>
        void Accumulate(BitMatrix x, Span<RunningLogSum> sums);
    }

    /// <summary>Of pixels that are independent given h₁, as one affine map of x:
    /// Σᵢ xᵢ aᵢ(h₁) + [log p(h₁) − Σᵢ softplus(aᵢ(h₁))]; of documents, Σ_w c_w ℓ_w(h₁) + log p(h₁).</summary>
    private sealed class IndependentVisibleLayer(HelmholtzMachine machine, WorkerTeam team) : IVisibleLayer
    {
        private readonly ConditionalLayer layer = machine.Generative.Layers[0];
        private readonly LayerPass pass = machine.Generative.Layers[0].CreatePass();
        private readonly BitMatrix parents = new(0, 0);
        private readonly BitMatrix allOff = new(0, 0);
        private readonly Matrix weights = new(0, 0);
        private readonly Matrix logJoint = new(0, 0);
        private float[] biases = [];

        public void Prepare(int first, ReadOnlySpan<double> logMarginals)
        {
            int rows = logMarginals.Length;
            Write(parents, first, rows, layer.ParentUnits);
            layer.ComputeLogits(parents, 1, pass, team);
            biases = new float[rows];
            if (layer is not CategoricalLayer)
            {
                allOff.Reshape(rows, layer.Units);
                layer.AccumulateLogProbability(allOff, pass, biases, team);
            }

            for (int r = 0; r < rows; r++) biases[r] += (float)logMarginals[r];
            Transpose(pass.Logits, weights);
        }

        public void Accumulate(BitMatrix x, Span<RunningLogSum> sums)
        {
            if (x.Counts is { } documents)
            {
                Accumulate(documents, sums);
                return;
            }

            BinaryAffine.Compute(x, weights, biases, logJoint, team);
            for (int r = 0; r < x.Rows; r++)
            {
                foreach (float l in logJoint.Row(r)) sums[r].Add(l);
            }
        }

        private void Accumulate(CountMatrix documents, Span<RunningLogSum> sums)
        {
            for (int r = 0; r < documents.Rows; r++)
            {
                ReadOnlySpan<int> words = documents.Words(r), counts = documents.Counts(r);
                for (int c = 0; c < biases.Length; c++)
                    sums[r].Add(biases[c] + CategoricalLogProbability.Compute(words, counts, pass.Logits.Row(c)));
            }
        }

        private static void Transpose(Matrix source, Matrix result)
        {
            result.Reshape(source.Columns, source.Rows);
            result.Clear();
            for (int r = 0; r < source.Rows; r++)
            {
                for (int c = 0; c < source.Columns; c++) result[c, r] = source[r, c];
            }
        }
    }

    /// <summary>Of pixels that depend on each other: one example after the other.</summary>
    private sealed class DependentVisibleLayer(HelmholtzMachine machine, WorkerTeam team) : IVisibleLayer
    {
        private readonly ConditionalLayer layer = machine.Generative.Layers[0];
        private readonly LayerPass pass = machine.Generative.Layers[0].CreatePass();
        private readonly BitMatrix parents = new(0, 0);
        private readonly BitMatrix copies = new(0, 0);
        private double[] logMarginals = [];
        private float[] logs = [];

        public void Prepare(int first, ReadOnlySpan<double> logMarginals)
        {
            this.logMarginals = [.. logMarginals];
            logs = new float[logMarginals.Length];
            copies.Reshape(logMarginals.Length, layer.Units);
            Write(parents, first, logMarginals.Length, layer.ParentUnits);
        }

        public void Accumulate(BitMatrix x, Span<RunningLogSum> sums)
        {
            for (int n = 0; n < x.Rows; n++)
            {
                for (int r = 0; r < copies.Rows; r++) x.Row(n).CopyTo(copies.Row(r));
                Array.Clear(logs);
                layer.ComputeLogits(parents, 1, pass, team);
                layer.Complete(copies, pass, team);
                layer.AccumulateLogProbability(copies, pass, logs, team);
                for (int r = 0; r < logs.Length; r++) sums[n].Add(logMarginals[r] + logs[r]);
            }
        }
    }
}
