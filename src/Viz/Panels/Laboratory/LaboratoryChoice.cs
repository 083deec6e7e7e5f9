using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>Which estimators the laboratory compares, side by side, and which of them stands out.</summary>
internal sealed class LaboratoryChoice
{
    /// <summary>The most at once.</summary>
    public const int Places = 6;

    // A little of everything: plain, with baselines, in pairs, in groups, and one that is biased.
    private static readonly string[] First =
        ["score-function", "running-baseline", "muprop", "disarm", "leave-one-out", "straight-through"];

    private static readonly string[] Then = ["vimco", "nvil", "reweighted-wake-sleep"];

    private const string Outstanding = "leave-one-out";

    /// <summary>Their keys, from left to right.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Which stands out.</summary>
    public int Selected { get; set; }

    /// <summary>Begins with estimators that are defined for a machine.</summary>
    public void Begin(MachineShape shape)
    {
        Keys.Clear();
        IEnumerable<string> all = EstimatorCatalog.All.Select(estimator => estimator.Key);
        Keys.AddRange(First.Where(key => all.Contains(key) && IsDefined(key, shape)));
        Keys.AddRange(Then.Concat(all).Where(key => all.Contains(key) && !Keys.Contains(key) && IsDefined(key, shape)).Distinct().Take(Places - Keys.Count));
        Selected = Math.Max(0, Keys.IndexOf(Outstanding));
    }

    /// <summary>Begins with some of these: where there are more than places, with the usual ones among them first.</summary>
    public void BeginWith(IReadOnlyList<string> keys)
    {
        Keys.Clear();
        IEnumerable<string> usualFirst = keys.Count <= Places ? keys : First.Where(keys.Contains).Concat(keys).Distinct();
        Keys.AddRange(usualFirst.Take(Places));
        Selected = Math.Max(0, Keys.IndexOf(Outstanding));
    }

    /// <summary>The keys, each with its K: that of the run where it compares explanations, at least four.</summary>
    public IReadOnlyList<(string Key, int Samples)> WithSamples(int ofRun) =>
        [.. Keys.Select(key => (key, EstimatorLaboratory.SamplesFor(key, Math.Max(4, ofRun))))];

    private static bool IsDefined(string key, MachineShape shape) => EstimatorCatalog.Refusal(key, shape) is null;
}
