using System.Globalization;
using DreamViz.Viz.Commands;
using Spectre.Console;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>Rows that are read together.</summary>
/// <param name="Title">What they have in common.</param>
/// <param name="Rows">The figures.</param>
internal sealed record BenchmarkTable(string Title, IReadOnlyList<BenchmarkRow> Rows)
{
    private const int Width = 200;

    /// <summary>Prints it as a markdown table that also reads well as plain text; must, aim and verdict only where some
    /// row has them.</summary>
    public void Print(TextWriter output)
    {
        bool judged = Rows.Any(row => row.Must.HasValue || row.Aim.HasValue);
        Table table = new Table().Border(TableBorder.Markdown).AddColumn("measured");
        AddNumbers(table, "figure");
        if (judged) AddNumbers(table, "must", "aim");
        if (judged) table.AddColumn("result");
        table.AddColumn("behind it");
        foreach (BenchmarkRow row in Rows)
        {
            string figure = $"{Number(row.Ratio)} {row.Unit}";
            string[] judgement = judged ? [Bar(row.Must, row), Bar(row.Aim, row), row.Verdict] : [];
            string[] cells = [row.Name, figure, .. judgement, row.Detail];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        output.WriteLine($"\n## {Title}\n");
        foreach (string line in Lines(table)) output.WriteLine(line);
    }

    // Spectre pads above, below and at the right, which markdown would keep.
    private static IEnumerable<string> Lines(Table table)
    {
        using StringWriter text = new();
        IAnsiConsole console = Terminal.For(text);
        console.Profile.Width = Width;
        console.Write(table);
        return text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
    }

    private static void AddNumbers(Table table, params string[] names)
    {
        foreach (string name in names) table.AddColumn(new TableColumn(name).RightAligned());
    }

    private static string Bar(double? bar, BenchmarkRow row) =>
        bar is { } number ? $"{(row.LessIsBetter ? "≤" : "≥")} {number.ToString("0.##", CultureInfo.InvariantCulture)}" : "";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
