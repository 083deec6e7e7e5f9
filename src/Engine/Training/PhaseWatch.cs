using System.Numerics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Training;

/// <summary>Counts, for one kind of sample (wake or dream), how often each unit was on and how often it flipped from one
/// sample to the next. Counts of a snapshot that nobody took yet are kept, so that the one that replaces it covers them.
/// Allocates nothing after construction.</summary>
internal sealed class PhaseWatch
{
    private readonly LayerWatch[] layers;
    private int sinceFilled;
    private int notTaken;

    public PhaseWatch(IReadOnlyList<int> layerSizes) => layers = [.. layerSizes.Select(units => new LayerWatch(units))];

    /// <summary>The step that drew the newest sample; −1 before the first.</summary>
    public long Step { get; private set; } = -1;

    /// <summary>Takes row 0 of every layer as the newest sample.</summary>
    /// <param name="bits">The bits of a layer, one sample a row.</param>
    /// <param name="step">The step that drew them.</param>
    public void Observe(Func<int, BitMatrix> bits, long step)
    {
        for (int l = 0; l < layers.Length; l++) layers[l].Observe(bits(l).Row(0), isFirst: Step < 0);
        Step = step;
        sinceFilled++;
    }

    /// <summary>Writes means and flips into a snapshot's sample.</summary>
    /// <param name="sample">Receives step, count, bits, means and flips.</param>
    /// <param name="previousTaken">Whether a reader has taken what was filled before.</param>
    public void Fill(PhaseSample sample, bool previousTaken)
    {
        notTaken = (previousTaken ? 0 : notTaken) + sinceFilled;
        sinceFilled = 0;
        (sample.Step, sample.SampleCount) = (Step, notTaken);
        for (int l = 0; l < layers.Length; l++) layers[l].Fill(sample.Layers[l], previousTaken, notTaken);
    }

    /// <summary>Forgets every sample: the run began anew or went back.</summary>
    public void Reset()
    {
        (Step, sinceFilled, notTaken) = (-1, 0, 0);
        foreach (LayerWatch layer in layers) layer.Reset();
    }

    private sealed class LayerWatch(int units)
    {
        private readonly ulong[] newest = new ulong[(units + 63) / 64];
        private readonly int[] on = new int[units], flips = new int[units];
        private readonly int[] onNotTaken = new int[units], flipsNotTaken = new int[units];

        public void Observe(ReadOnlySpan<ulong> row, bool isFirst)
        {
            for (int w = 0; w < newest.Length; w++)
            {
                CountBits(row[w], on.AsSpan(w * 64));
                if (!isFirst) CountBits(row[w] ^ newest[w], flips.AsSpan(w * 64));
                newest[w] = row[w];
            }
        }

        public void Fill(LayerSample sample, bool previousTaken, int samples)
        {
            for (int i = 0; i < units; i++)
            {
                onNotTaken[i] = (previousTaken ? 0 : onNotTaken[i]) + on[i];
                flipsNotTaken[i] = (previousTaken ? 0 : flipsNotTaken[i]) + flips[i];
                sample.Bits[i] = (byte)(newest[i >> 6] >> (i & 63) & 1);
                sample.Means[i] = samples > 0 ? (float)onNotTaken[i] / samples : sample.Bits[i];
                sample.Flips[i] = flipsNotTaken[i];
            }

            Array.Clear(on);
            Array.Clear(flips);
        }

        public void Reset()
        {
            foreach (int[] counts in (ReadOnlySpan<int[]>)[on, flips, onNotTaken, flipsNotTaken]) Array.Clear(counts);
            Array.Clear(newest);
        }

        private static void CountBits(ulong word, Span<int> counts)
        {
            for (; word != 0; word &= word - 1) counts[BitOperations.TrailingZeroCount(word)]++;
        }
    }
}
