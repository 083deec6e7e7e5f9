namespace DreamViz.Engine.Models;

/// <summary>The nonlinearity of deterministic hidden layers inside a conditional.</summary>
public enum Activation
{
    /// <summary>tanh(a).</summary>
    Tanh,

    /// <summary>a where a &gt; 0, else 0.01 · a.</summary>
    LeakyRelu,
}

/// <summary>The shape of a Helmholtz machine and how its parameters start. Fixed for a run.</summary>
public sealed record ModelSettings
{
    /// <summary>The most classes of a label: its bits are one word.</summary>
    public const int MaximumClasses = 64;

    /// <summary>The most real-valued units.</summary>
    public const int MaximumGaussianLatents = 256;

    /// <summary>Stochastic layers above the visible one, lowest first: 48-24-12 is h₁ = 48 … h₃ = 12.</summary>
    public IReadOnlyList<int> LatentLayers { get; init; } = [48, 24, 12];

    /// <summary>C, classes of a categorical label beside the units of the top layer, which has C units more for it; 0 for no
    /// label.</summary>
    public int Classes { get; init; }

    /// <summary>G, real-valued units g ~ N(0, I) beside the bits of the top layer; 0 for none.</summary>
    public int GaussianLatents { get; init; }

    /// <summary>Widths of deterministic hidden layers inside every conditional; empty for linear logits.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [];

    /// <summary>The nonlinearity of the deterministic hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Where units also depend on the siblings before them.</summary>
    public AutoregressiveParts Autoregressive { get; init; }

    /// <summary>φ, where the prior is fixed: every unit of the top layer is on with this probability, a label is each class with
    /// 1/C, and no update changes that. Null where the prior is learned.</summary>
    public double? FixedPrior { get; init; }

    /// <summary>Standard deviation of the initial weights.</summary>
    public double WeightDeviation { get; init; } = 0.05;

    /// <summary>Empty: visible units are bits. Else they are the words of documents, p(x | h₁) = Π_n softmax(a)_{x_n}, and these
    /// are the numbers of words that dreamed documents have, each as likely. Taken from the data when a run begins.</summary>
    public IReadOnlyList<int> DocumentLengths { get; init; } = [];

    /// <summary>Initial bias of the visible units in the generative network; null takes the data's logits, of words the logs of
    /// their shares.</summary>
    public double? VisibleBias { get; init; }

    /// <summary>Initial bias of hidden generative units, of a learned prior and of the recognition network.</summary>
    public double LatentBias { get; init; }

    /// <summary>Whether the generative weights from bits into the visible units are clamped at zero from below after each update.</summary>
    public bool NonNegativeVisibleWeights { get; init; }
}
