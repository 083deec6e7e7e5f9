using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Models;

/// <summary>Machines small enough to enumerate, with parameters large enough that every term matters.</summary>
public sealed class TinyMachines : TheoryData<string>
{
    public TinyMachines()
    {
        foreach (string description in Descriptions) Add(description);
    }

    internal static string[] Descriptions { get; } =
        ["3-2", "4-3", "3-2-2", "3-2-1-1", "3-2 tanh 3", "3-2-2 tanh 3", "3-2-1 leaky 5-4", "3-2-1-1 tanh 3"];

    /// <summary>"sizes", then if wanted "tanh|leaky widths".</summary>
    internal static HelmholtzMachine Create(string description, ulong seed = 5)
    {
        string[] words = description.Split(' ');
        int[] sizes = Numbers(words[0]);
        var settings = new ModelSettings
        {
            LatentLayers = sizes[1..],
            HiddenLayers = words.Length > 1 ? Numbers(words[2]) : [],
            Activation = words.Length > 1 && words[1] == "leaky" ? Activation.LeakyRelu : Activation.Tanh,
        };
        var machine = new HelmholtzMachine(new double[sizes[0]], settings, sizes[0], seed);
        var stream = new RandomStream(new StreamKey(seed, StreamPurpose.Initialization, Step: 1));
        foreach (Parameter parameter in machine.Parameters)
        {
            for (int r = 0; r < parameter.Value.Rows; r++) stream.FillNormal(parameter.Value.Row(r), 0.8);
        }

        return machine;
    }

    private static int[] Numbers(string text) => [.. text.Split('-').Select(int.Parse)];
}
