using DreamViz.Engine.Models;

namespace DreamViz.Engine.Training;

/// <summary>How many examples and samples one evaluation takes, so that it stays below about a tenth of a second even for
/// large machines. A function of the machine's size alone: never of time.</summary>
/// <param name="Examples">Held-out examples.</param>
/// <param name="Samples">K of the importance-weighted bound.</param>
internal readonly record struct EvaluationSize(int Examples, int Samples)
{
    /// <summary>What one evaluation may cost, in nanoseconds of one core of a 2024 server.</summary>
    private const double Budget = 60e6;

    /// <summary>Measured on machines from 64-48-24-12 to 784-500-300-100, within a third.</summary>
    private const double CostPerUnit = 5, CostPerParameter = 0.005;

    private const int MostExamples = 300, FewestExamples = 10;

    private static ReadOnlySpan<int> Samplings => [100, 50, 20, 10];

    /// <summary>First K is lowered, then the number of examples.</summary>
    public static EvaluationSize For(HelmholtzMachine machine) =>
        For(machine.LayerSizes.Sum(), machine.Parameters.Sum(p => (long)p.Rows * p.Columns));

    /// <summary>The same from the sizes alone.</summary>
    public static EvaluationSize For(long units, long parameters)
    {
        double affordable = Budget / (CostPerUnit * units + CostPerParameter * parameters);
        foreach (int samples in Samplings)
            if (samples * MostExamples <= affordable) return new EvaluationSize(MostExamples, samples);
        return new EvaluationSize((int)Math.Clamp(affordable / Samplings[^1], FewestExamples, MostExamples), Samplings[^1]);
    }
}
