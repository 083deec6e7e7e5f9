using System.Globalization;
using Spectre.Console;

namespace DreamViz.Viz.Commands.Comparing;

/// <summary>The results as a table, which is also markdown where it is not on a terminal.</summary>
internal static class ComparisonTable
{
    private const int Width = 200;

    private static readonly string[] NumberColumns = ["samples", "ELBO", "IW", "steps", "s", "CPU s", "steps / CPU s", "evaluations"];

    /// <summary>Prints the runs in their order.</summary>
    public static void Print(TextWriter output, IReadOnlyList<ComparedRun> runs)
    {
        if (runs.Count == 0) return;
        Table table = new Table().Border(Terminal.IsTerminal(output) ? TableBorder.Simple : TableBorder.Markdown);
        table.AddColumns("estimator", "recognition climbs");
        foreach (string name in NumberColumns)
            table.AddColumn(new TableColumn(name == "IW" ? runs[0].Weighted.Name : name).RightAligned());
        foreach (ComparedRun run in runs) table.AddRow([.. Cells(run).Select(Markup.Escape)]);
        foreach (string line in Lines(table)) output.WriteLine(line);
    }

    private static string[] Cells(ComparedRun run) =>
    [
        run.Estimator, run.Claim, $"{run.Samples}", Fixed(run.Elbo.Value, 2), Fixed(run.Weighted.Value, 2), run.Steps.ToString("N0", CultureInfo.InvariantCulture),
        Fixed(run.Seconds, 1), Fixed(run.CpuSeconds, 1), Fixed(run.StepsPerCpuSecond, 0), Fixed(run.Evaluations, 1),
    ];

    private static string Fixed(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    // Spectre pads above, below and at the right, which markdown would keep.
    private static IEnumerable<string> Lines(Table table)
    {
        using StringWriter text = new();
        IAnsiConsole console = Terminal.For(text);
        console.Profile.Width = Width;
        console.Write(table);
        return text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
    }
}
