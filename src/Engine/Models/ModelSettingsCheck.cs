namespace DreamViz.Engine.Models;

/// <summary>Refuses shapes and starts that no machine can have.</summary>
internal static class ModelSettingsCheck
{
    /// <summary>The most units of one layer.</summary>
    public const int MaximumUnits = 1 << 16;

    /// <summary>The most words of a dreamed document.</summary>
    public const int MaximumWords = 1 << 16;

    /// <summary>The most stochastic layers above the visible one, and hidden layers inside a conditional.</summary>
    public const int MaximumLayers = 32;

    /// <summary>The most parameters of one machine: 512 MiB of floats.</summary>
    public const long MaximumParameters = 1L << 27;

    /// <summary>[D, H₁, …, H_L], the units of a label among the last.</summary>
    /// <exception cref="InvalidInputException">Something is out of range.</exception>
    public static int[] LayerSizes(ModelSettings settings, int visibleUnits)
    {
        if (visibleUnits is < 1 or > MaximumUnits) throw Refuse("visible units", $"1 to {MaximumUnits}", visibleUnits);
        if (settings.LatentLayers.Count is < 1 or > MaximumLayers)
            throw Refuse("latent layers", $"1 to {MaximumLayers} of them", settings.LatentLayers.Count);
        if (settings.HiddenLayers.Count > MaximumLayers)
            throw Refuse("hidden layers", $"at most {MaximumLayers} of them", settings.HiddenLayers.Count);
        CheckWidths("latent layer", settings.LatentLayers);
        CheckWidths("hidden layer", settings.HiddenLayers);
        CheckLengths(settings.DocumentLengths);
        if (settings.Classes is not 0 and not (>= 2 and <= ModelSettings.MaximumClasses))
            throw Refuse("classes", $"0, or 2 to {ModelSettings.MaximumClasses}", settings.Classes);
        if (settings.Classes > 0 && (settings.Autoregressive & (AutoregressiveParts.Prior | AutoregressiveParts.Recognition)) != 0)
            throw Refuse("classes", "0 where prior or recognition are autoregressive", settings.Classes);
        CheckPrior(settings);
        if (settings.GaussianLatents is < 0 or > ModelSettings.MaximumGaussianLatents)
            throw Refuse("Gaussian latents", $"0 to {ModelSettings.MaximumGaussianLatents}", settings.GaussianLatents);
        CheckStart(settings);
        int[] sizes = [visibleUnits, .. settings.LatentLayers];
        sizes[^1] += settings.Classes;
        CheckParameterCount(sizes, settings);
        return sizes;
    }

    private static void CheckWidths(string what, IReadOnlyList<int> widths)
    {
        for (int i = 0; i < widths.Count; i++)
        {
            if (widths[i] is < 1 or > MaximumUnits)
                throw Refuse($"{what} {i + 1}", $"1 to {MaximumUnits} units", widths[i]);
        }
    }

    private static void CheckLengths(IReadOnlyList<int> lengths)
    {
        if (lengths.Count > MaximumUnits) throw Refuse("document lengths", $"at most {MaximumUnits} of them", lengths.Count);
        for (int i = 0; i < lengths.Count; i++)
        {
            if (lengths[i] is < 1 or > MaximumWords) throw Refuse($"document length {i + 1}", $"1 to {MaximumWords} words", lengths[i]);
        }
    }

    private static void CheckPrior(ModelSettings settings)
    {
        if (settings.FixedPrior is not { } probability) return;
        if (!(probability is > 0 and < 1)) throw Refuse("fixed prior", "a probability between 0 and 1, both excluded", probability);
        if (settings.Autoregressive.HasFlag(AutoregressiveParts.Prior))
            throw Refuse("fixed prior", "none where the prior is autoregressive, which is learned", probability);
    }

    private static void CheckStart(ModelSettings settings)
    {
        if ((settings.Autoregressive & ~AutoregressiveParts.All) != 0)
            throw Refuse("autoregressive", "prior, hidden, visible or recognition", settings.Autoregressive);
        if (settings.DocumentLengths.Count > 0 && settings.Autoregressive.HasFlag(AutoregressiveParts.Visible))
            throw Refuse("autoregressive", "no visible part where the words of documents are drawn", settings.Autoregressive);
        if (!Enum.IsDefined(settings.Activation)) throw Refuse("activation", "tanh or leaky ReLU", settings.Activation);
        if (!(settings.WeightDeviation is >= 0 and <= 100))
            throw Refuse("weight deviation", "0 to 100", settings.WeightDeviation);
        if (!(Math.Abs(settings.VisibleBias ?? 0) <= 100))
            throw Refuse("visible bias", "-100 to 100", settings.VisibleBias!);
        if (!(Math.Abs(settings.LatentBias) <= 100)) throw Refuse("latent bias", "-100 to 100", settings.LatentBias);
    }

    private static void CheckParameterCount(int[] sizes, ModelSettings settings)
    {
        IReadOnlyList<int> hidden = settings.HiddenLayers;
        long count = (settings.FixedPrior is null ? sizes[^1] : 0) + SiblingParameters(sizes, settings.Autoregressive);
        for (int l = 0; l + 1 < sizes.Length; l++)
        {
            count += ConditionalParameters([sizes[l + 1], .. hidden, sizes[l]]);
            count += ConditionalParameters([sizes[l], .. hidden.Reverse(), sizes[l + 1]]);
        }

        if (settings.GaussianLatents > 0)
        {
            count += (long)settings.GaussianLatents * hidden.FirstOrDefault(sizes[^2]);
            count += ConditionalParameters([sizes[^2], .. hidden.Reverse(), 2 * settings.GaussianLatents]);
        }

        if (count > MaximumParameters)
            throw Refuse($"layers {string.Join('-', sizes)}", $"at most {MaximumParameters} parameters", count);
    }

    private static long SiblingParameters(int[] sizes, AutoregressiveParts parts)
    {
        long count = 0;
        for (int l = 0; l < sizes.Length; l++)
        {
            AutoregressiveParts generative = l == sizes.Length - 1 ? AutoregressiveParts.Prior
                : l == 0 ? AutoregressiveParts.Visible : AutoregressiveParts.Hidden;
            if (parts.HasFlag(generative)) count += (long)sizes[l] * sizes[l];
            if (l > 0 && parts.HasFlag(AutoregressiveParts.Recognition)) count += (long)sizes[l] * sizes[l];
        }

        return count;
    }

    private static long ConditionalParameters(int[] widths)
    {
        long count = 0;
        for (int n = 0; n + 1 < widths.Length; n++) count += (widths[n] + 1L) * widths[n + 1];
        return count;
    }

    private static InvalidInputException Refuse(string place, string expected, object found) =>
        new(FormattableString.Invariant($"model, {place}: expected {expected}, found {found}"));
}
