using System.CommandLine;
using DreamViz.Viz.Commands;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>A command that measures tables, prints each as markdown as soon as it is there, and
/// writes them as JSON if asked.</summary>
internal sealed class MeasuringCommand : Command
{
    private readonly Option<string?> json = Values.Text("--json", "FILE", "Also write every row: name, ratio, must, aim, unit.");
    private readonly Option<bool> quick = new("--quick") { Description = "Less exact, in less than 45 seconds." };
    private readonly Option<long?> windows = Values.Whole(
        "--windows", "N", "How long: so many windows of every contender, or as long in shorter ones; 12 where not given.", MeasuringPlan.FewestWindows, 1000);
    private readonly Func<MeasuringPlan, ParseResult, IEnumerable<BenchmarkTable>> measure;

    /// <param name="name">What the user types.</param>
    /// <param name="description">What it measures.</param>
    /// <param name="measure">Yields every table when it is measured.</param>
    public MeasuringCommand(string name, string description, Func<MeasuringPlan, IEnumerable<BenchmarkTable>> measure)
        : this(name, description, (plan, _) => measure(plan))
    {
    }

    /// <param name="name">What the user types.</param>
    /// <param name="description">What it measures.</param>
    /// <param name="measure">Also receives the parsed line, for options that the caller adds.</param>
    public MeasuringCommand(
        string name, string description, Func<MeasuringPlan, ParseResult, IEnumerable<BenchmarkTable>> measure)
        : base(name, description)
    {
        this.measure = measure;
        Option[] all = [json, quick, windows];
        foreach (Option option in all) Add(option);
        this.SetRun((parse, _) => Run(parse));
    }

    private int Run(ParseResult parse)
    {
        string? path = parse.GetValue(json);
        if (path is not null) BenchmarkJson.Check(path);
        TextWriter output = parse.InvocationConfiguration.Output;
        output.WriteLine($"# {Name}\n\n{Description}\n");
        foreach (string line in MachineDescription.Lines()) output.WriteLine(line);
        List<BenchmarkRow> rows = [];
        MeasuringPlan plan = MeasuringPlan.Create((int?)parse.GetValue(windows), parse.GetValue(quick));
        foreach (BenchmarkTable table in measure(plan, parse))
        {
            table.Print(output);
            rows.AddRange(table.Rows);
        }

        if (path is not null) BenchmarkJson.Write(path, rows);
        return 0;
    }
}
