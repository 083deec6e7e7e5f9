using DreamViz.Engine.Models;

namespace DreamViz.Engine.Training;

/// <summary>How many examples and samples one evaluation takes, so that it stays within about a tenth of a second even for
/// large machines. A function of the machine's size alone: never of time.</summary>
/// <param name="Examples">Held-out examples.</param>
/// <param name="Samples">K of the importance-weighted bound.</param>
internal readonly record struct EvaluationSize(int Examples, int Samples)
{
    /// <summary>Multiply-adds, or what takes as long, that one evaluation may cost.</summary>
    private const double Budget = 4e8;

    /// <summary>What one unit's sample and log-probability cost, in multiply-adds.</summary>
    private const double CostPerUnit = 30;

    private const int MostExamples = 300, FewestExamples = 50;
    private const int MostSamples = 100, FewestSamples = 10;

    /// <summary>First K is lowered, then the number of examples.</summary>
    public static EvaluationSize For(HelmholtzMachine machine)
    {
        double cost = machine.Parameters.Sum(p => (double)p.Value.Rows * p.Value.Columns)
            + CostPerUnit * machine.LayerSizes.Sum();
        double samples = Math.Clamp(Budget / cost / MostExamples, FewestSamples, MostSamples);
        double examples = Math.Clamp(Budget / cost / samples, FewestExamples, MostExamples);
        return new EvaluationSize((int)examples, (int)samples);
    }
}
