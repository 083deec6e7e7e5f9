using System.Globalization;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Estimators;
using DreamViz.Viz.Simulation;
using Spectre.Console;

namespace DreamViz.Viz.Commands.Measuring;

/// <summary>The laboratory's figures as tables.</summary>
internal sealed class LaboratoryReport(LaboratoryPlan plan, FrozenRun frozen, LaboratoryResult result, long step)
{
    private const int MostUnits = 12;

    /// <summary>Writes them.</summary>
    public void Print(TextWriter output)
    {
        IAnsiConsole console = Terminal.For(output);
        console.WriteLine(Subject());
        console.WriteLine(Exactness());
        console.Write(Summary());
        if (frozen.LatentUnits <= MostUnits)
        {
            console.Write(Units("Variance, unit by unit, over the exact length squared", measures => measures.UnitVariances));
            console.Write(Units("Signal to noise, unit by unit", measures => measures.UnitSignalToNoise));
        }

        console.WriteLine(Text(
            $"Bias is none found unless p < {plan.Laboratory.Significance} / {result.Measures.Count}. Lengths are over that of the exact gradient, {result.Norm:0.####}."));
        if (result.Measures.Any(AimsElsewhere))
            console.WriteLine("* climbs another objective than the ELBO: its bias is the distance to the ELBO's gradient.");
        foreach (ExcludedEstimator excluded in result.Excluded) console.WriteLine($"left out: {excluded.Reason}");
    }

    private static bool AimsElsewhere(EstimatorMeasures measures) => measures.Estimator.Recognition != ClaimedObjective.Elbo;

    private string Subject() => Text(
        $"{plan.Setup.Data.Name}, network {frozen.Shape}, frozen at step {step:N0}, {frozen.Batch.Rows:N0} example{(frozen.Batch.Rows == 1 ? "" : "s")}{GivenLabels.Describe(frozen.Labels, frozen.Settings.LabelInference)}, {result.Count:N0} answers each, {(plan.Laboratory.Basis == ComparisonBasis.SameBudget ? "same budget" : "same samples")}");

    private string Exactness() => result.Configurations > 0
        ? Text($"Exact gradient: all {result.Configurations:N0} states summed.")
        : Text($"Gradient to compare with: the mean of {result.ReferenceEstimates:N0} unbiased estimates, itself uncertain by {result.ReferenceError:0.0%}.");

    private Table Summary()
    {
        Table table = New("Estimator", "K", "bias", "p", "noise, sd", "cosine", "signal/noise", "evals", "ms", "variance × evals");
        foreach (EstimatorMeasures measures in result.Measures)
        {
            table.AddRow(
                Markup.Escape(measures.Estimator.Name + (AimsElsewhere(measures) ? " *" : "")),
                Text($"{measures.Samples}"),
                measures.IsBiased ? Text($"{measures.Offset:0%}") : "none found",
                measures.PValue < 1e-4 ? "<0.0001" : Text($"{measures.PValue:0.0000}"),
                Figure(measures.Noise), double.IsFinite(measures.Cosine) ? Text($"{measures.Cosine:0.000}") : "–", Figure(measures.SignalToNoise),
                Figure(measures.Evaluations), Text($"{measures.Seconds * 1000:0.000}"), Figure(measures.VarianceTimesCost));
        }

        return table;
    }

    private Table Units(string title, Func<EstimatorMeasures, IReadOnlyList<double>> figures)
    {
        Table table = New([title, .. UnitNames.All(frozen.Shape.LayerSizes)]);
        foreach (EstimatorMeasures measures in result.Measures)
            table.AddRow([Markup.Escape(measures.Estimator.Name), .. figures(measures).Select(Figure)]);
        return table;
    }

    private static Table New(params string[] columns)
    {
        Table table = new() { Border = TableBorder.Simple };
        for (int i = 0; i < columns.Length; i++)
            table.AddColumn(new TableColumn(Markup.Escape(columns[i])) { NoWrap = i > 0, Alignment = i == 0 ? Justify.Left : Justify.Right, Padding = new Padding(0, 0, i == 0 ? 1 : 2, 0) });
        return table;
    }

    private static string Figure(double value) => !double.IsFinite(value) ? "–"
        : value == 0 ? "0"
        : Math.Abs(value) >= 1e5 || Math.Abs(value) < 0.001 ? Text($"{value:0.0e0}")
        : Text($"{value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00#", CultureInfo.InvariantCulture)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
