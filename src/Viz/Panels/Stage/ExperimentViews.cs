using DreamViz.Engine.Diagnostics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The mirror as an experiment: on the left the first free dream, on the right the same dream under the clamps.</summary>
internal sealed class ExperimentViews
{
    private const float FreeLight = 0.54f;

    private readonly UnitDisplay[] free;
    private readonly UnitDisplay[] held;
    private readonly bool showsWords;
    private readonly GaussianDisplay freeGaussian;
    private readonly GaussianDisplay heldGaussian;
    private int shown;

    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    /// <param name="generation">The generative network, which dreams on both sides.</param>
    /// <param name="showsWords">Whether the pixels of a dream are words, so that its probabilities sum to 1.</param>
    /// <param name="gaussianUnits">G, real-valued units beside the deepest layer's.</param>
    public ExperimentViews(IReadOnlyList<int> layerSizes, Connections generation, bool showsWords, int gaussianUnits)
    {
        this.showsWords = showsWords;
        (freeGaussian, heldGaussian) = (new GaussianDisplay(gaussianUnits), new GaussianDisplay(gaussianUnits));
        free = [.. layerSizes.Select(units => new UnitDisplay(units))];
        held = [.. layerSizes.Select(units => new UnitDisplay(units))];
        Left = new() { Side = World.Wake, IsDream = true, Ground = Palette.FreeNight, Layers = free, Gaussian = freeGaussian, Connections = generation, Dimming = FreeLight };
        Right = new() { Side = World.Dream, IsDream = true, Ground = Palette.Night, Layers = held, Gaussian = heldGaussian, Connections = generation };
    }

    /// <summary>The dream nobody touched.</summary>
    public HalfView Left { get; }

    /// <summary>The dream that answers.</summary>
    public HalfView Right { get; }

    /// <summary>Takes up new dreams and advances by this many seconds.</summary>
    public void Update(ToggleExperiment experiment, Selection selection, float seconds, bool calm)
    {
        if (experiment.Version != shown)
        {
            Show(experiment, selection, flash: shown > 0 && !calm);
            shown = experiment.Version;
        }

        for (int l = 0; l < free.Length; l++)
        {
            free[l].Update(seconds);
            held[l].Update(seconds);
        }
    }

    private void Show(ToggleExperiment experiment, Selection selection, bool flash)
    {
        ShowPicture(free[0], experiment.Free.Probabilities(0, 0));
        ShowPicture(held[0], experiment.Held.Probabilities(0, 0));
        freeGaussian.Show(experiment.Free.Values(0));
        heldGaussian.Show(experiment.Held.Values(0));
        for (int l = 1; l < free.Length; l++)
        {
            free[l].ShowBits(experiment.Free.Bits(0, l), flash: false);
            held[l].ShowBits(experiment.Held.Bits(0, l), flash);
            for (int i = 0; i < held[l].Units; i++) held[l].Marks[i] = Mark(experiment, selection, new(l, i));
        }
    }

    private void ShowPicture(UnitDisplay picture, ReadOnlySpan<float> probabilities)
    {
        if (showsWords) picture.ShowWords(probabilities);
        else picture.Show(probabilities);
    }

    private static CellMark Mark(ToggleExperiment experiment, Selection selection, UnitId unit) => selection[unit] switch
    {
        Clamp.On => CellMark.ClampOn,
        Clamp.Off => CellMark.ClampOff,
        _ => experiment.Followed(selection, unit) ? CellMark.Followed : CellMark.None,
    };
}
