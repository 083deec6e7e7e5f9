using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators;

/// <summary>The log-probabilities of draws and of every draw with one latent unit flipped, without a pass of the whole networks for each:
/// a unit of layer l moves log p(z_{l−1} | z_l), log p(z_l | z_{l+1}), log q(z_l | z_{l−1}) and log q(z_{l+1} | z_l) alone. The flip of a
/// label's bit c puts label c in place of the one that was drawn.</summary>
internal sealed class FlippedTerms
{
    private readonly FlipRoom[] generativeRooms, recognitionRooms;
    private readonly Matrix[] below, prior, posterior, above;
    private readonly GaussianFlips? gaussian;
    private MachineSample sample;

    /// <param name="machine">Whose layers it is for.</param>
    public FlippedTerms(HelmholtzMachine machine)
    {
        sample = new MachineSample(machine);
        generativeRooms = [.. machine.Generative.Layers.Select(layer => new FlipRoom(layer))];
        recognitionRooms = [.. machine.Recognition.Layers.Select(layer => new FlipRoom(layer))];
        (below, prior, posterior, above) = (Empty(), Empty(), Empty(), Empty());
        Flips = machine.LayerSizes.Skip(1).Sum();
        gaussian = machine.Recognition.Gaussian is not null && below.Length > 1 ? new GaussianFlips(machine) : null;

        Matrix[] Empty() => [.. machine.Recognition.Layers.Select(_ => new Matrix(0, 0))];
    }

    /// <summary>H, latent units of all layers.</summary>
    public int Flips { get; }

    /// <summary>Of the draws themselves.</summary>
    public LogTerms Drawn { get; } = new();

    /// <summary>Takes draws, and finds what every flip changes.</summary>
    /// <param name="machine">Both networks.</param>
    /// <param name="draws">With both networks' logits.</param>
    /// <param name="team">Who computes.</param>
    public void Compute(HelmholtzMachine machine, MachineSample draws, WorkerTeam team)
    {
        sample = draws;
        Drawn.Reshape(below.Length, draws.Rows, draws.SamplesPerExample);
        Drawn.Compute(machine, draws, weighsSamples: false, team);
        IReadOnlyList<ConditionalLayer> generative = machine.Generative.Layers, recognition = machine.Recognition.Layers;
        for (int l = 0; l < below.Length; l++)
        {
            BitMatrix bits = draws.Bits(l + 1);
            generative[l].ComputeParentFlips(draws.Bits(l), draws.Generative(l), Classes(l), generativeRooms[l], below[l], team);
            if (!MovesGaussian(l)) generative[l + 1].ComputeChildFlips(bits, draws.Generative(l + 1), prior[l], team);
            recognition[l].ComputeChildFlips(bits, draws.Recognition(l), posterior[l], team);
            if (l + 1 < below.Length)
                recognition[l + 1].ComputeParentFlips(draws.Bits(l + 2), draws.Recognition(l + 1), 0, recognitionRooms[l + 1], above[l], team);
        }

        gaussian?.Compute(draws, team);
    }

    /// <summary>Writes groups of 1 + H rows, each a draw and then its flips, the lowest layer's first.</summary>
    /// <param name="first">The first draw.</param>
    /// <param name="count">Draws.</param>
    /// <param name="terms">Reshaped and overwritten.</param>
    public void Write(int first, int count, LogTerms terms)
    {
        terms.Reshape(below.Length, count * (1 + Flips), 1 + Flips);
        for (int draw = 0; draw < count; draw++)
        {
            int start = draw * (1 + Flips), row = first + draw;
            for (int l = 0; l <= below.Length; l++) terms.Generative(l).Slice(start, 1 + Flips).Fill(Drawn.Generative(l)[row]);
            for (int l = 0; l < below.Length; l++) terms.Recognition(l).Slice(start, 1 + Flips).Fill(Drawn.Recognition(l)[row]);
            terms.Gaussian.Slice(start, 1 + Flips).Fill(Drawn.Gaussian[row]);
            start++;
            for (int l = 0; l < below.Length; start += below[l++].Columns)
            {
                Add(below[l].Row(row), terms.Generative(l)[start..]);
                Add((MovesGaussian(l) ? gaussian!.Conditional : prior[l]).Row(row), terms.Generative(l + 1)[start..]);
                if (MovesGaussian(l)) Add(gaussian!.Divergence.Row(row), terms.Gaussian[start..]);
                Add(posterior[l].Row(row), terms.Recognition(l)[start..]);
                if (l + 1 < below.Length) Add(above[l].Row(row), terms.Recognition(l + 1)[start..]);
                WriteDrawnLogits(l, row, terms.DrawnLogits[start..]);
            }
        }
    }

    /// <summary>Whether real-valued units depend on layer <paramref name="index"/> + 1.</summary>
    private bool MovesGaussian(int index) => gaussian is not null && index == below.Length - 2;

    private void WriteDrawnLogits(int index, int row, Span<double> destination)
    {
        ReadOnlySpan<ulong> bits = sample.Bits(index + 1).Row(row);
        ReadOnlySpan<float> logits = sample.Recognition(index).Logits.Row(row);
        for (int i = 0; i < logits.Length; i++) destination[i] = (bits[i >> 6] >> i & 1) != 0 ? logits[i] : -logits[i];
        if (Classes(index) is not (> 0 and int classes)) return;
        int label = LabelBits.Read(bits, classes);
        bool isGiven = sample.Recognition(index).ObservedLabel(row) >= 0;
        for (int c = 0; c < classes; c++)
            destination[c] = c == label ? 0 : isGiven ? double.PositiveInfinity : (double)logits[label] - logits[c];
    }

    /// <summary>How many of the first units of layer <paramref name="index"/> + 1 are a label's bits.</summary>
    private int Classes(int index) => index == below.Length - 1 ? sample.Classes : 0;

    private static void Add(ReadOnlySpan<float> changes, Span<double> sum)
    {
        for (int i = 0; i < changes.Length; i++) sum[i] += changes[i];
    }
}
