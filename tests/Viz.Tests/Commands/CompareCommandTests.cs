using System.Text.Json.Nodes;
using DreamViz.Engine.Estimators;
using DreamViz.Viz.Tests.Golden;

namespace DreamViz.Viz.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private static readonly string[] Quick =
        ["compare", "--data", "bars:2", "--examples", "40", "--iw-samples", "20", "--batch", "5", "--threads", "1"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_estimator_of_the_catalog_has_a_row_and_an_object()
    {
        string output = Run("--json", folder["all.json"]);
        JsonArray runs = Read("all.json");
        Assert.Equal(EstimatorCatalog.All.Select(e => e.Key).Order(), runs.Select(run => $"{run!["estimator"]}").Order());
        foreach (JsonNode? run in runs)
        {
            (double elbo, double weighted) = ((double)run!["elbo"]!, (double)run["iw20"]!);
            Assert.True(elbo <= weighted && weighted < 0, $"{run["estimator"]}: {elbo}, {weighted}");
            Assert.Equal((30, 40), ((long)run["steps"]!, (int)run["examples"]!));
            Assert.True((double)run["seconds"]! > 0);
            Assert.Contains($"| {run["estimator"]} ", output, StringComparison.Ordinal);
        }

        Assert.Equal(runs.Select(run => (double)run!["elbo"]!).OrderDescending(), runs.Select(run => (double)run!["elbo"]!));
    }

    [Fact]
    public void What_is_not_defined_for_the_network_is_named_with_its_reason()
    {
        string output = Run("--layers", "8-5", "--estimators", "wake-sleep,exact", "--json", folder["two.json"]);
        Assert.Contains("Without a figure: estimator exact: expected at most 12 latent units, found 13 (4-8-5)", output, StringComparison.Ordinal);
        Assert.Equal("wake-sleep", $"{Assert.Single(Read("two.json"))!["estimator"]}");
    }

    [Fact]
    public void A_run_of_the_comparison_is_the_run_that_train_makes()
    {
        Run("--estimators", "disarm", "--json", folder["one.json"]);
        Captured.Run("train", "--data", "bars:2", "--layers", "2", "--steps", "30", "--batch", "5", "--estimator", "disarm", "--optimizer", "adam",
            "--rate", "0.001", "--samples", "1", "--out", folder["run"]).Succeeded();
        string line = Captured.Run("evaluate", folder["run"], "--bound", "iw:20", "--examples", "40").Succeeded().Output;
        double weighted = (double)Read("one.json")[0]!["iw20"]!;
        Assert.StartsWith(FormattableString.Invariant($"IW-20: {weighted:0.0000} nats"), line);
    }

    [Fact]
    public void Earlier_results_stand_beside_new_ones_and_are_replaced_by_them()
    {
        Run("--estimators", "disarm,vimco", "--json", folder["old.json"]);
        string output = Run("--estimators", "disarm,score-function", "--steps", "7", "--beside", folder["old.json"], "--json", folder["new.json"]);
        Dictionary<string, long> steps = Read("new.json").ToDictionary(run => $"{run!["estimator"]}", run => (long)run!["steps"]!);
        Assert.Equal(new Dictionary<string, long> { ["disarm"] = 7, ["score-function"] = 7, ["vimco"] = 30 }, steps);
        Assert.Contains("| vimco ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_time_is_over_says_after_how_many_steps()
    {
        Run("--estimators", "nvil", "--steps", "1000000000", "--budget-seconds", "0.05", "--json", folder["short.json"]);
        Assert.InRange((long)Read("short.json")[0]!["steps"]!, 1, 999_999_999);
    }

    [Fact]
    public void The_plot_is_a_picture_of_the_size_asked_for()
    {
        Run("--estimators", "disarm", "--plot", folder["plot.png"], "--plot-size", "640x360");
        Picture plot = PngReader.Read(folder["plot.png"]);
        Assert.Equal((640, 360), (plot.Width, plot.Height));
        Assert.True(plot.Rgba.Distinct().Count() > 20);
    }

    [Fact]
    public void Bad_input_is_refused_in_one_line()
    {
        Captured.Run([.. Quick, "--estimators", "disarm,magic"]).IsRefused("found \"magic\"");
        Captured.Run([.. Quick, "--beside", folder["none.json"]]).IsRefused("none.json cannot be read");
        File.WriteAllText(folder["bad.json"], "[{\"estimator\": 3}]");
        Captured.Run([.. Quick, "--beside", folder["bad.json"]]).IsRefused("expected the results of a comparison");
        Captured.Run([.. Quick, "--json", folder["no/such/folder.json"]]).IsRefused("expected an existing directory");
        Captured.Run([.. Quick, "--plot-size", "4"]).IsRefused("--plot-size: expected a size such as 1280x720");
    }

    private static string Run(params string[] more)
    {
        string[] layers = more.Contains("--layers") ? [] : ["--layers", "2"], steps = more.Contains("--steps") ? [] : ["--steps", "30"];
        return Captured.Run([.. Quick, .. layers, .. steps, .. more]).Succeeded().Output;
    }

    private JsonArray Read(string name) => JsonNode.Parse(File.ReadAllText(folder[name]))!.AsArray();
}
