using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Every estimator of the catalogue on every tiny machine for which it is defined.</summary>
public sealed class EveryEstimator : TheoryData<string, string>
{
    public EveryEstimator()
    {
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            foreach (string machine in Machines(estimator.Key)) Add(estimator.Key, machine);
        }
    }

    /// <summary>An estimator that has begun with a machine.</summary>
    internal static Estimator Create(string key, HelmholtzMachine machine)
    {
        Estimator estimator = EstimatorCatalog.Create(key);
        estimator.Begin(machine, new TrainingSettings { BaselineWidth = 5 }, 3);
        return estimator;
    }

    /// <summary>The same with a past: everything in its state is some other number than at the start.</summary>
    internal static Estimator CreateWithPast(string key, HelmholtzMachine machine)
    {
        Estimator estimator = Create(key, machine);
        var stream = new RandomStream(new StreamKey(11, StreamPurpose.Data));
        foreach (NamedMatrix state in estimator.State)
        {
            for (int r = 0; r < state.Matrix.Rows; r++)
            {
                Span<float> row = state.Matrix.Row(r);
                stream.FillUniform(row);
                for (int i = 0; i < row.Length; i++) row[i] = 1 + 2 * row[i];
            }
        }

        if (estimator.State.Any()) estimator.Updates = 7;
        return estimator;
    }

    /// <summary>The running baseline at this number.</summary>
    internal static Estimator WithConstant(HelmholtzMachine machine, double constant)
    {
        Estimator estimator = Create("running-baseline", machine);
        Matrix moments = Assert.Single(estimator.State).Matrix;
        (moments[0, 0], estimator.Updates) = ((float)constant, 1);
        return estimator;
    }

    /// <summary>The numbers of samples at which it is tried.</summary>
    internal static int[] Samples(Estimator estimator) =>
        estimator.Scheme is SamplingScheme.Enumeration or SamplingScheme.AntitheticBranches ? [1] : estimator.MinimumSamples == 1 ? [1, 2] : [2, 3];

    /// <summary>The tiny machines for which it is defined.</summary>
    internal static IEnumerable<string> Machines(string key) => TinyMachines.Descriptions.Concat(TinyMachines.Labeled)
        .Where(description => SuitedLayers.IsDefined(key, TinyMachines.Create(description).Shape));
}

/// <summary>Every estimator of the catalogue on every tiny machine with a label for which it is defined.</summary>
public sealed class EveryEstimatorWithLabels : TheoryData<string, string>
{
    public EveryEstimatorWithLabels()
    {
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            foreach (string machine in EveryEstimator.Machines(estimator.Key).Where(name => name.Contains("labels", StringComparison.Ordinal)))
                Add(estimator.Key, machine);
        }
    }
}
