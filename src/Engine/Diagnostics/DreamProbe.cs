using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Diagnostics;

/// <summary>What a user holds a unit at.</summary>
public enum Clamp : byte
{
    /// <summary>Drawn by the network.</summary>
    Free,

    /// <summary>Held at 1.</summary>
    On,

    /// <summary>Held at 0.</summary>
    Off,
}

/// <summary>Dreams with frozen noise: every unit keeps its uniform draw u and is on where u &lt; p, so that a clamp, or a
/// training step, changes only what it causes. Clamping while dreaming top-down is do(): ancestors keep their draw. The
/// ancestors of a unit in an autoregressive layer are the layers above and the siblings before it; the siblings behind it and
/// the layers below follow.</summary>
/// <remarks>Dream n depends on the noise seed and on n, not on how many are drawn. One thread at a time; after the first
/// draw nothing is allocated.</remarks>
public sealed class DreamProbe
{
    private readonly Layer[] layers;
    private readonly BitMatrix noParents;
    private readonly Matrix noise;
    private readonly Matrix values;

    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="dreams">N, how many dreams are drawn at once.</param>
    /// <param name="noiseSeed">Names the frozen noise.</param>
    /// <param name="gaussianUnits">G, real-valued units beside the top layer's bits.</param>
    public DreamProbe(IReadOnlyList<int> layerSizes, int dreams, ulong noiseSeed, int gaussianUnits = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dreams);
        Dreams = dreams;
        noParents = new BitMatrix(dreams, 0);
        layers = [.. layerSizes.Select((units, layer) => new Layer(layer, units, dreams, noiseSeed))];
        (noise, values) = (new Matrix(dreams, gaussianUnits), new Matrix(dreams, gaussianUnits));
        for (int n = 0; n < dreams && gaussianUnits > 0; n++)
            new RandomStream(new StreamKey(noiseSeed, StreamPurpose.Display, n, -1)).FillNormal(noise.Row(n), 1);
        if (gaussianUnits > 0) layers[^2].GaussianParents = values;
    }

    /// <summary>N, how many dreams are drawn at once.</summary>
    public int Dreams { get; }

    /// <summary>Draws the N dreams.</summary>
    /// <param name="machine">Whose generative network dreams; all machines given to one probe are of one shape.</param>
    /// <param name="clamps">[layer][unit]; a layer is free where it is null or where the list ends before it.</param>
    /// <param name="held">[G] the values at which real-valued units are held, NaN for free ones; empty where all are free.</param>
    public void Draw(HelmholtzMachine machine, IReadOnlyList<Clamp[]?> clamps, ReadOnlySpan<float> held = default)
    {
        HoldValues(held);
        BitMatrix parents = noParents;
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            layers[l].Draw(machine.Generative.Layers[l], parents, l < clamps.Count ? clamps[l] : null);
            parents = layers[l].Bits;
        }
    }

    /// <summary>[G] the values of the real-valued units in dream n. Valid until the next draw.</summary>
    public ReadOnlySpan<float> Values(int dream) => values.Row(dream);

    /// <summary>The bits of one layer of dream n, [units]. Valid until the next draw.</summary>
    public ReadOnlySpan<byte> Bits(int dream, int layer) => layers[layer].BytesOf(dream);

    /// <summary>The probabilities p that the parents, and in an autoregressive layer the siblings before it, give to each unit,
    /// [units]; a clamped unit's as if it were free. Valid until the next draw.</summary>
    public ReadOnlySpan<float> Probabilities(int dream, int layer) => layers[layer].Probabilities.Row(dream);

    /// <summary>1/N Σₙ p: the mean over the dreams, [units], overwritten.</summary>
    public void MeanProbabilities(int layer, Span<float> destination)
    {
        Matrix probabilities = layers[layer].Probabilities;
        destination = destination[..probabilities.Columns];
        destination.Clear();
        for (int n = 0; n < Dreams; n++) TensorPrimitives.Add(destination, probabilities.Row(n), destination);
        TensorPrimitives.Multiply(destination, 1f / Dreams, destination);
    }

    private void HoldValues(ReadOnlySpan<float> held)
    {
        values.CopyFrom(noise);
        for (int i = 0; i < held.Length; i++)
        {
            for (int n = 0; n < Dreams && !float.IsNaN(held[i]); n++) values[n, i] = held[i];
        }
    }

    private sealed class Layer
    {
        private readonly float[] noise;
        private readonly byte[] bytes;
        private readonly int units;
        private LayerPass? pass;

        public Layer(int index, int units, int dreams, ulong noiseSeed)
        {
            this.units = units;
            noise = new float[dreams * units];
            bytes = new byte[dreams * units];
            Bits = new BitMatrix(dreams, units);
            Probabilities = new Matrix(dreams, units);
            for (int n = 0; n < dreams; n++)
                new RandomStream(new StreamKey(noiseSeed, StreamPurpose.Display, n, index)).FillUniform(noise.AsSpan(n * units, units));
        }

        public BitMatrix Bits { get; }

        /// <summary>[N, G] the real-valued units among the parents; null where there are none.</summary>
        public Matrix? GaussianParents { get; set; }

        public Matrix Probabilities { get; }

        public ReadOnlySpan<byte> BytesOf(int dream) => bytes.AsSpan(dream * units, units);

        public void Draw(ConditionalLayer conditional, BitMatrix parents, ReadOnlySpan<Clamp> clamps)
        {
            pass ??= conditional.CreatePass();
            pass.GaussianParents = GaussianParents;
            conditional.ComputeLogits(parents, 1, pass, WorkerTeam.Single);
            Bits.Clear();
            for (int n = 0; n < Bits.Rows; n++)
            {
                if (conditional.SiblingWeights is { } siblings)
                {
                    DrawInOrder(n, clamps, siblings);
                    continue;
                }

                conditional.ComputeProbabilities(pass.Logits.Row(n), Probabilities.Row(n));
                if (conditional.Classes > 0) DrawLabel(n, conditional.Classes, clamps);
                for (int i = conditional.Classes; i < units; i++) DrawUnit(n, i, clamps);
            }
        }

        /// <summary>Unit by unit: one that is on pushes those behind it.</summary>
        private void DrawInOrder(int n, ReadOnlySpan<Clamp> clamps, Matrix siblings)
        {
            Span<float> a = pass!.Logits.Row(n), p = Probabilities.Row(n);
            for (int i = 0; i < units; i++)
            {
                Sigmoid.Compute(a.Slice(i, 1), p.Slice(i, 1));
                if (DrawUnit(n, i, clamps)) TensorPrimitives.Add(a, siblings.Row(i), a);
            }
        }

        private void DrawLabel(int n, int classes, ReadOnlySpan<Clamp> clamps)
        {
            int label = ChooseLabel(Probabilities.Row(n)[..classes], noise[n * units], clamps);
            for (int c = 0; c < classes; c++) bytes[n * units + c] = c == label ? (byte)1 : (byte)0;
            Bits.Row(n)[0] |= 1UL << label;
        }

        /// <summary>The label held on, or else the one whose share of the probability that is not held off holds u; one held off
        /// only where all are.</summary>
        private static int ChooseLabel(ReadOnlySpan<float> p, float u, ReadOnlySpan<Clamp> clamps)
        {
            double open = 0, sum = 0;
            int chosen = p.Length - 1;
            for (int c = 0; c < p.Length; c++)
            {
                Clamp clamp = c < clamps.Length ? clamps[c] : Clamp.Free;
                if (clamp == Clamp.On) return c;
                if (clamp == Clamp.Free) open += p[c];
            }

            for (int c = 0; c < p.Length; c++)
            {
                if (c < clamps.Length && clamps[c] == Clamp.Off) continue;
                chosen = c;
                sum += p[c];
                if (u * open < sum) break;
            }

            return chosen;
        }

        private bool DrawUnit(int n, int i, ReadOnlySpan<Clamp> clamps)
        {
            Clamp clamp = i < clamps.Length ? clamps[i] : Clamp.Free;
            bool on = clamp == Clamp.Free ? noise[n * units + i] < Probabilities[n, i] : clamp == Clamp.On;
            bytes[n * units + i] = on ? (byte)1 : (byte)0;
            if (on) Bits.Row(n)[i >> 6] |= 1UL << (i & 63);
            return on;
        }
    }
}
