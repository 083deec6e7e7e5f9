using System.Globalization;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Models;

/// <summary>Machines small enough to enumerate, with parameters large enough that every term matters; no labels.</summary>
public sealed class TinyMachines : TheoryData<string>
{
    public TinyMachines()
    {
        foreach (string description in Descriptions) Add(description);
    }

    internal static string[] Descriptions { get; } =
        ["3-2", "4-3", "3-2-2", "3-2-1-1", "3-2 tanh 3", "3-2-2 tanh 3", "3-2-1 leaky 5-4", "3-2-1-1 tanh 3",
            "4-2 words 2-3", "3-2-1 tanh 3 words 1-2",
            "3-2 fixed 0.3", "3-3 darn", "3-2-2 darn", "3-2 tanh 3 darn", "3-2-1 darn prior,likelihood", "3-2 darn visible"];

    /// <summary>Those with a label beside the top layer's units.</summary>
    internal static string[] Labeled { get; } = ["3-1 labels 3", "3-1-1 labels 2", "3-1 tanh 3 labels 2 fixed 0.3"];

    /// <summary>Those with real-valued units beside the top layer's.</summary>
    internal static string[] Gaussian { get; } =
        ["3-2 gaussian 1", "3-1 tanh 3 gaussian 2", "3-2-1 gaussian 1", "3-1-1 tanh 3 gaussian 1", "3-1 labels 2 gaussian 1",
            "3-1 tanh 3 words 1-2 gaussian 1", "3-2 gaussian 1 darn visible"];

    /// <summary>"sizes", then if wanted "tanh|leaky widths", "words lengths", "labels classes", "gaussian units",
    /// "fixed probability" for the prior, and "darn" or "darn parts" for autoregressive layers.</summary>
    internal static HelmholtzMachine Create(string description, ulong seed = 5)
    {
        string[] words = description.Split(" darn")[0].Split(' ');
        int[] sizes = Numbers(words[0]);
        var settings = new ModelSettings
        {
            LatentLayers = sizes[1..],
            HiddenLayers = After("tanh").Concat(After("leaky")).ToArray(),
            Activation = words.Contains("leaky") ? Activation.LeakyRelu : Activation.Tanh,
            DocumentLengths = After("words"),
            Autoregressive = Parts(description),
            Classes = After("labels").FirstOrDefault(),
            FixedPrior = words.Contains("fixed") ? double.Parse(words[Array.IndexOf(words, "fixed") + 1], CultureInfo.InvariantCulture) : null,
            GaussianLatents = After("gaussian").FirstOrDefault(),
        };
        var machine = new HelmholtzMachine(new double[sizes[0]], settings, sizes[0], seed);
        var stream = new RandomStream(new StreamKey(seed, StreamPurpose.Initialization, Step: 1));
        foreach (Parameter parameter in machine.Parameters)
        {
            for (int r = 0; r < parameter.Value.Rows; r++) stream.FillNormal(parameter.Value.Row(r), 0.8);
            if (parameter.Name.EndsWith("siblings", StringComparison.Ordinal)) AutoregressiveLayer.ClearRest(parameter.Value);
        }

        return machine;

        int[] After(string word) => words.Contains(word) ? Numbers(words[Array.IndexOf(words, word) + 1]) : [];
    }

    private static AutoregressiveParts Parts(string description) => description.Split(" darn") switch
    {
        [_] => AutoregressiveParts.None,
        [_, ""] => AutoregressiveParts.All,
        [_, var parts, ..] => Enum.Parse<AutoregressiveParts>(parts, ignoreCase: true),
        _ => throw new ArgumentException(description),
    };

    private static int[] Numbers(string text) => [.. text.Split('-').Select(int.Parse)];
}

/// <summary>Those of them whose units are independent given their parents, so that they can be relaxed.</summary>
public sealed class RelaxableMachines : TheoryData<string>
{
    public RelaxableMachines()
    {
        foreach (string description in TinyMachines.Descriptions.Where(description => !description.Contains(" darn", StringComparison.Ordinal)))
            Add(description);
    }
}

/// <summary>All of them, those with a label too.</summary>
public sealed class AnyTinyMachine : TheoryData<string>
{
    public AnyTinyMachine()
    {
        foreach (string description in TinyMachines.Descriptions.Concat(TinyMachines.Labeled)) Add(description);
    }
}
