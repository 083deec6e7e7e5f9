using DreamViz.Engine.Training;

namespace DreamViz.Viz.Simulation;

/// <summary>What a laboratory says about the labels of its examples.</summary>
internal static class GivenLabels
{
    /// <summary>Such as ", its label given"; nothing for a network without a label.</summary>
    /// <param name="labels">[B] −1 where none is given; empty for a network without a label.</param>
    /// <param name="inference">What happens to labels that are not given.</param>
    public static string Describe(IReadOnlyList<int> labels, LabelInference inference)
    {
        if (labels.Count == 0) return "";
        int given = labels.Count(label => label >= 0);
        string others = inference == LabelInference.Exact ? "summed out" : "drawn";
        if (labels.Count == 1) return $", its label {(given == 1 ? "given" : others)}";
        if (given == labels.Count) return ", labels given";
        return given == 0 ? $", labels {others}" : $", {given} labels given, the others {others}";
    }
}
