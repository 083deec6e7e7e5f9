using System.Globalization;

namespace DreamViz.Benchmarks.Presets;

/// <summary>The table of the presets' bounds: in a cell ELBO / IW-100, each the mean over seeds ± its standard deviation.
/// </summary>
internal static class MarkdownTable
{
    /// <summary>The two lines above the rows.</summary>
    public static string Header(IReadOnlyList<long> steps)
    {
        string columns = string.Concat(steps.Select(step => string.Create(CultureInfo.InvariantCulture, $" {step:N0} steps |")));
        return $"| ELBO / IW-100, nats per held-out example |{columns} target at 20,000 |\n|---|{string.Concat(steps.Select(_ => "---|"))}---|";
    }

    /// <summary>One setting.</summary>
    public static string Row(BenchmarkedSetting setting, IReadOnlyList<long> steps, IReadOnlyList<Figure> figures)
    {
        IEnumerable<string> cells = steps.Select(step =>
        {
            Figure[] at = [.. figures.Where(figure => figure.Step == step)];
            return $" {MeanAndSpread(at.Select(figure => figure.Elbo))} / {MeanAndSpread(at.Select(figure => figure.Iw100))} |";
        });
        return $"| {setting.Name} |{string.Concat(cells)} {setting.Target} |";
    }

    private static string MeanAndSpread(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        double spread = all.Length < 2 ? 0 : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:0.00} ± {spread:0.00}");
    }
}
