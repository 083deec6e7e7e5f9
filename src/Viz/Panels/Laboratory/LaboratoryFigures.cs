using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Estimators;
using DreamViz.Viz.Controls;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>One estimator's card: figures as text and its dartboard.</summary>
/// <param name="Name">The estimator's name.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Bias">Such as "211%", or "none found".</param>
/// <param name="BiasTip">What that means.</param>
/// <param name="IsBiased">Whether a bias was found.</param>
/// <param name="Noise">Such as "3.7×".</param>
/// <param name="Beyond">The share of shown answers that lie beyond the rings.</param>
/// <param name="Cost">Such as "2 evals".</param>
/// <param name="Board">Answers and mean; null where it is not defined.</param>
/// <param name="Missing">Why it is not defined, or null.</param>
internal sealed record EstimatorCard(
    string Name, string Summary, string Bias, string BiasTip, bool IsBiased, string Noise, string Beyond, string Cost, Dartboard? Board,
    string? Missing);

/// <summary>A laboratory's result as it is drawn; made once for every result.</summary>
internal sealed class LaboratoryFigures
{
    private const long FewestForBias = 256;
    private const double MostUnit = 1000;

    /// <param name="result">What was found.</param>
    /// <param name="keys">The estimators chosen, in the order of the cards.</param>
    public LaboratoryFigures(LaboratoryResult result, IReadOnlyList<string> keys)
    {
        Result = result;
        RingUnit = ChooseUnit(result);
        Cards = [.. keys.Select(Card)];
        Measured = [.. keys.Select(key => result.Measures.FirstOrDefault(measures => measures.Estimator.Key == key))];
        Rings = result.Dartboards.Count == 0 ? "" : $"rings: {Numbers.Short(RingUnit)}, {Numbers.Short(2 * RingUnit)} and {Numbers.Short(3 * RingUnit)} × the exact gradient";
    }

    /// <summary>What was found.</summary>
    public LaboratoryResult Result { get; }

    /// <summary>One a card.</summary>
    public IReadOnlyList<EstimatorCard> Cards { get; }

    /// <summary>What was measured, one a card; null where the estimator is not defined.</summary>
    public IReadOnlyList<EstimatorMeasures?> Measured { get; }

    /// <summary>The distance of two rings, in lengths of the exact gradient.</summary>
    public double RingUnit { get; }

    /// <summary>What the rings mean.</summary>
    public string Rings { get; }

    /// <summary>The least noise of those that have any, or more where the largest bias would not fit the rings.</summary>
    private static double ChooseUnit(LaboratoryResult result)
    {
        double[] noises = [.. result.Measures.Where(m => m.Noise > 0.01 && double.IsFinite(m.Noise)).Select(m => m.Noise)];
        double[] biases = [.. result.Measures.Where(m => m.IsBiased && double.IsFinite(m.Offset)).Select(m => m.Offset / 2.6)];
        double unit = Math.Max(noises.Length > 0 ? noises.Min() : 0, biases.Length > 0 ? biases.Max() : 0);
        return unit > 0 ? TwoDigits(Math.Min(unit, MostUnit)) : 1;
    }

    private static double TwoDigits(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / unit) * unit;
    }

    private EstimatorCard Card(string key)
    {
        for (int i = 0; i < Result.Measures.Count; i++)
            if (Result.Measures[i].Estimator.Key == key) return Card(Result.Measures[i], Result.Dartboards[i]);
        EstimatorDescription description = EstimatorCatalog.All.First(known => known.Key == key);
        string? reason = Result.Excluded.FirstOrDefault(excluded => excluded.Key == key)?.Reason;
        return new(description.Name, description.Summary, "", "", false, "", "", "", null, reason);
    }

    private EstimatorCard Card(EstimatorMeasures measures, Dartboard board)
    {
        int beyond = board.Answers.Count(answer => answer.Length() > 3 * RingUnit);
        bool known = measures.Count >= Math.Min(FewestForBias, Result.Planned);
        string p = measures.PValue < 1e-4 ? "less than 0.0001" : Numbers.Fixed(measures.PValue, 4);
        string aim = measures.Estimator.Recognition switch
        {
            ClaimedObjective.Elbo => measures.IsBiased
                ? "More estimates would not bring the mean to the exact gradient."
                : "What is left of the distance is no more than chance.",
            ClaimedObjective.ImportanceWeightedBound => "It climbs the bound of K samples, another hill than the ELBO's.",
            ClaimedObjective.None => "It leaves the recognition network as it is.",
            _ => "It brings recognition closer to the posterior by the other divergence, not up the ELBO.",
        };
        return new(
            measures.Estimator.Name,
            measures.Estimator.Summary,
            !known ? "…" : measures.IsBiased ? Percent(measures.Offset) : "none found",
            $"The mean of all answers lies {Percent(measures.Offset)} of the exact gradient's length away from it; the chance of that without bias: {p}. {aim}",
            known && measures.IsBiased,
            $"{Factor(measures.Noise)}×",
            board.Answers.Count == 0 ? "–" : Percent((double)beyond / board.Answers.Count),
            Cost(measures),
            board,
            null);
    }

    private static string Cost(EstimatorMeasures measures)
    {
        double count = measures.Explanations * measures.EstimatesPerAnswer;
        string text = Numbers.Grouped((long)Math.Round(count));
        return count == 1 ? "1 eval" : $"{text} evals";
    }

    private static string Percent(double share) => !double.IsFinite(share) ? "–" : Numbers.Fixed(100 * share, share < 0.1 && share > 0 ? 1 : 0) + "%";

    private static string Factor(double noise) => Numbers.Fixed(noise, noise >= 10 ? 0 : noise >= 0.1 || noise == 0 ? 1 : 2);
}
