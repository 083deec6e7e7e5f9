using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>What one world shows now: samples taken from snapshots, encoded for the speed at which they come.</summary>
public sealed class WorldDisplay
{
    /// <summary>How often means over a window are renewed, per second.</summary>
    public const float UpdatesPerSecond = 15;

    /// <summary>The same, in reduced motion: slow enough never to flash.</summary>
    public const float CalmUpdatesPerSecond = 3;

    private const float GlowPerFlip = 2;

    private readonly UnitDisplay[] layers;
    private readonly byte[][] bits;
    private readonly float[][] probabilities;
    private readonly float[][] sums;
    private readonly int[][] flips;
    private readonly float[][] rates;
    private readonly float[] logProbabilities;
    private readonly GaussianState gaussian;
    private int waitingSamples;
    private (int Index, int Label) waitingExample = (-1, -1);
    private float windowAge = float.PositiveInfinity;
    private int revealed;

    /// <param name="world">Which world.</param>
    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="gaussianUnits">G, real-valued units beside the deepest layer's.</param>
    public WorldDisplay(World world, IReadOnlyList<int> layerSizes, int gaussianUnits = 0)
    {
        (gaussian, Gaussian) = (new GaussianState(gaussianUnits), new GaussianDisplay(gaussianUnits));
        World = world;
        layers = [.. layerSizes.Select(units => new UnitDisplay(units))];
        bits = [.. layerSizes.Select(units => new byte[units])];
        probabilities = [.. layerSizes.Select(units => new float[units])];
        sums = [.. layerSizes.Select(units => new float[units])];
        flips = [.. layerSizes.Select(units => new int[units])];
        rates = [.. layerSizes.Select(units => new float[units])];
        logProbabilities = new float[layerSizes.Count];
        Flow = new(layerSizes.Count);
        revealed = layerSizes.Count;
    }

    /// <summary>Which world.</summary>
    public World World { get; }

    /// <summary>Whether the pixels of a dream are words, so that its probabilities sum to 1.</summary>
    public bool ShowsWords { get; init; }

    /// <summary>The clock of slow motion.</summary>
    public FlowClock Flow { get; }

    /// <summary>How the newest sample is shown.</summary>
    public FlipEncoding Encoding { get; private set; } = FlipEncoding.EveryFlip;

    /// <summary>How many samples the shown window covers.</summary>
    public int ShownSamples { get; private set; }

    /// <summary>Renewals of the window per second.</summary>
    public float Rate { get; set; } = UpdatesPerSecond;

    /// <summary>The step that drew the newest sample; −1 before the first.</summary>
    public long Step { get; private set; } = -1;

    /// <summary>The training example of the picture that is shown, or −1.</summary>
    public int Example { get; private set; } = -1;

    /// <summary>The label given with the example of the picture that is shown, or −1.</summary>
    public int Label { get; private set; } = -1;

    /// <summary>The cells of every layer, the visible one first.</summary>
    public IReadOnlyList<UnitDisplay> Layers => layers;

    /// <summary>The real-valued units beside the deepest layer's.</summary>
    public GaussianDisplay Gaussian { get; }

    /// <summary>The cells of one layer, the visible one first.</summary>
    public UnitDisplay this[int layer] => layers[layer];

    /// <summary>The probabilities from which the newest sample's layer was drawn.</summary>
    public ReadOnlySpan<float> Probabilities(int layer) => probabilities[layer];

    /// <summary>How often a unit flipped from one sample to the next, over the shown window, 0 to 1.</summary>
    public float FlipRate(int layer, int unit) => rates[layer][unit];

    /// <summary>log p of the newest sample's layer, in nats.</summary>
    public float LogProbability(int layer) => logProbabilities[layer];

    /// <summary>The layer that a stage of slow motion draws: from the data inwards, from the prior outwards.</summary>
    public int LayerOfStage(int stage) => World == World.Wake ? stage : layers.Length - 1 - stage;

    /// <summary>The stage of slow motion that draws a layer.</summary>
    public int StageOfLayer(int layer) => LayerOfStage(layer);

    /// <summary>Takes a new sample.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Observe(PhaseSample sample, FlipEncoding encoding)
    {
        if (sample.SampleCount == 0) return false;
        if (Flow.Running) FinishFlow();
        Encoding = encoding;
        Step = sample.Step;
        waitingExample = (sample.Example, sample.Label);
        if (waitingSamples == 0) ClearWindow();
        waitingSamples += sample.SampleCount;
        for (int l = 0; l < layers.Length; l++) Take(sample.Layers[l], l, sample.SampleCount);
        Take(sample.Gaussian);
        if (encoding == FlipEncoding.NewestSample) ShowSample();
        return true;
    }

    /// <summary>Begins to show the newest sample layer by layer, in seconds; if slow, its picture arrives as dots.</summary>
    public void StartFlow(float delay, float stage, float melt, bool slow)
    {
        CloseWindow();
        Flow.Start(delay, stage, melt, slow);
        revealed = 0;
    }

    /// <summary>Advances by this many seconds.</summary>
    public void Update(float seconds, bool calm)
    {
        windowAge += seconds;
        Flow.Update(seconds);
        if (Encoding == FlipEncoding.Mean && waitingSamples > 0 && windowAge >= 1 / Rate) ShowWindow();
        while (revealed < layers.Length && Flow.Stage >= revealed) Reveal(LayerOfStage(revealed++));
        foreach (UnitDisplay layer in layers)
        {
            if (calm) layer.Extinguish();
            layer.Update(seconds);
        }
    }

    private void Take(LayerSample sample, int layer, int count)
    {
        sample.Bits.CopyTo(bits[layer], 0);
        sample.Probabilities.CopyTo(probabilities[layer], 0);
        logProbabilities[layer] = sample.LogProbability;
        float[] sum = sums[layer];
        int[] flipped = flips[layer];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += sample.Means[i] * count;
            flipped[i] += sample.Flips[i];
        }
    }

    private void Take(GaussianState sample)
    {
        sample.Values.CopyTo(gaussian.Values, 0);
        sample.Means.CopyTo(gaussian.Means, 0);
        sample.Deviations.CopyTo(gaussian.Deviations, 0);
    }

    private void ShowWindow()
    {
        CloseWindow();
        Gaussian.Show(gaussian);
        windowAge = float.IsPositiveInfinity(windowAge) ? 0 : windowAge % (1 / Rate);
        ShowPicture();
        for (int l = 1; l < layers.Length; l++)
        {
            UnitDisplay layer = layers[l];
            float[] sum = sums[l];
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] /= ShownSamples;
                layer.Marks[i] = bits[l][i] != 0 ? CellMark.Dot : CellMark.None;
                layer.Flash(i, GlowPerFlip * rates[l][i]);
            }

            layer.Show(sum);
        }
    }

    private void ShowSample()
    {
        CloseWindow();
        for (int stage = 0; stage < layers.Length; stage++) Reveal(LayerOfStage(stage));
    }

    private void Reveal(int layer)
    {
        if (layer == 0)
        {
            ShowPicture();
            return;
        }

        if (layer == layers.Length - 1) Gaussian.Show(gaussian);
        layers[layer].Marks.Clear();
        layers[layer].ShowBits(bits[layer], flash: true);
    }

    private void ShowPicture()
    {
        (Example, Label) = waitingExample;
        if (World == World.Wake) layers[0].ShowBits(bits[0], flash: false);
        else if (ShowsWords) layers[0].ShowWords(probabilities[0]);
        else layers[0].Show(probabilities[0]);
    }

    private void FinishFlow()
    {
        Flow.Finish();
        while (revealed < layers.Length) Reveal(LayerOfStage(revealed++));
    }

    private void CloseWindow()
    {
        (ShownSamples, waitingSamples) = (Math.Max(1, waitingSamples), 0);
        for (int l = 0; l < rates.Length; l++)
            for (int i = 0; i < rates[l].Length; i++)
                rates[l][i] = flips[l][i] / (float)ShownSamples;
    }

    private void ClearWindow()
    {
        foreach (float[] sum in sums) Array.Clear(sum);
        foreach (int[] flipped in flips) Array.Clear(flipped);
    }
}
