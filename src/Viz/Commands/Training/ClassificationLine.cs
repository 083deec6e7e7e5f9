using System.Globalization;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;

namespace DreamViz.Viz.Commands.Training;

/// <summary>How often recognition names held-out pictures wrongly, as a line of output.</summary>
internal static class ClassificationLine
{
    private const int Samples = 100;

    /// <summary>The line, or null where the network has no label or the examples have none.</summary>
    public static string? Measure(
        HelmholtzMachine machine, HeldOutChoice choice, int count, ulong seed, Dataset data, WorkerTeam team)
    {
        if (machine.Shape.Classes == 0 || choice.Examples.Labels is null) return null;
        LabelEstimate estimate = ClassificationError.Estimate(machine, choice.Examples, count, Samples, seed, team);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{estimate.Name}: {100 * estimate.Error:0.00}%, {choice.Describe(estimate.Examples, data)}");
    }
}
