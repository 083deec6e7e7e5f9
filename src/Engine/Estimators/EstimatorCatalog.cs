using DreamViz.Engine.Estimators.Antithetic;
using DreamViz.Engine.Estimators.Baselines;
using DreamViz.Engine.Estimators.Pathwise;
using DreamViz.Engine.Models;

namespace DreamViz.Engine.Estimators;

/// <summary>Every gradient estimator. A new one is its file and a line here; menus, the command line and the tests follow.
/// </summary>
public static class EstimatorCatalog
{
    private static readonly Func<Estimator>[] Factories =
    [
        () => new WakeSleep(),
        () => new WakePhase(),
        () => new ReweightedWakeSleep(),
        () => new ScoreFunction(),
        () => new AnalyticKl(),
        () => new RunningBaseline(),
        () => new InputBaseline(),
        () => new VarianceNormalization(),
        () => new Nvil(),
        () => new BlackBox(),
        () => new LeaveOneOut(),
        () => new Vimco(),
        () => new Arm(),
        () => new DisArm(),
        () => new MuProp(),
        () => new StraightThrough(),
        () => new Concrete(),
        () => new Rebar(),
        () => new Relax(),
        () => new LocalExpectation(),
        () => new ExactEnumeration(),
    ];

    /// <summary>What there is, in the order of menus.</summary>
    public static IReadOnlyList<EstimatorDescription> All { get; } = [.. Factories.Select(create => create().Description)];

    /// <summary>The names of the training settings that only some estimators read.</summary>
    public static IReadOnlyList<string> OwnSettings { get; } =
        [.. Factories.SelectMany(create => create().OwnSettings).Distinct()];

    /// <summary>A new estimator with room of its own.</summary>
    /// <exception cref="InvalidInputException">There is none with this key.</exception>
    public static Estimator Create(string key)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Key == key) return Factories[i]();
        }

        string known = string.Join(", ", All.Select(description => description.Key));
        throw new InvalidInputException($"estimator: expected one of {known}, found \"{key}\"");
    }

    /// <summary>Why an estimator is not defined for machines of this shape, in one line; null where it is.</summary>
    /// <exception cref="InvalidInputException">There is none with this key.</exception>
    public static string? Refusal(string key, MachineShape shape)
    {
        Estimator estimator = Create(key);
        try
        {
            estimator.CheckFits(shape);
            return null;
        }
        catch (InvalidInputException refusal)
        {
            return refusal.Message;
        }
    }
}
