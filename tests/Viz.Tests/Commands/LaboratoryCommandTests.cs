using System.Text.Json;

namespace DreamViz.Viz.Tests.Commands;

public sealed class LaboratoryCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_prints_the_figures_and_writes_them_with_a_picture()
    {
        string output = Captured.Run(
            "laboratory", "--data", "bars", "--layers", "3", "--steps", "50", "--estimates", "600", "--threads", "1",
            "--estimators", "score-function,exact,wake-phase", "--json", folder["figures.json"], "--picture", folder["lab.png"]).Succeeded().Output;
        Assert.Contains("16-3, frozen at step 50, 1 example, 600 answers each, same samples", output);
        Assert.Contains("all 8 states summed", output);
        Assert.Matches(@"Score function +1 +none found", output);
        Assert.Matches(@"Wake phase only \* +1 +100%", output);
        Assert.Contains("Variance, unit by unit", output);
        JsonElement figures = JsonDocument.Parse(File.ReadAllBytes(folder["figures.json"])).RootElement;
        Assert.Equal(8, figures.GetProperty("exactStates").GetInt64());
        JsonElement[] all = [.. figures.GetProperty("estimators").EnumerateArray()];
        Assert.Equal(["score-function", "exact", "wake-phase"], all.Select(e => e.GetProperty("estimator").GetString()!));
        Assert.Equal([false, false, true], all.Select(e => e.GetProperty("biasFound").GetBoolean()));
        Assert.Equal(0, all[1].GetProperty("noise").GetDouble());
        Assert.Equal(3, all[0].GetProperty("unitVariances").GetArrayLength());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder["lab.png"])[..4]);
    }

    [Fact]
    public void Estimators_that_are_not_defined_are_listed_with_the_reason()
    {
        string output = Captured.Run(
            "laboratory", "--data", "bars", "--layers", "8-5", "--steps", "0", "--estimates", "20", "--estimators", "exact,nvil").Succeeded().Output;
        Assert.Contains("left out: estimator exact: expected at most 12 latent units, found 13 (16-8-5)", output);
    }

    [Fact]
    public void No_estimator_that_is_defined_is_an_error() => Captured.Run(
        "laboratory", "--data", "bars", "--layers", "8-5", "--steps", "0", "--estimates", "20", "--estimators", "exact")
        .IsRefused("--estimators: expected one that this network allows, found none; estimator exact: expected at most 12 latent units");

    [Fact]
    public void It_says_which_labels_are_given()
    {
        string Output(params string[] more) => Captured.Run(
            ["laboratory", "--data", "digits", "--layers", "2", "--steps", "0", "--estimates", "5", "--estimators", "nvil", .. more])
            .Succeeded().Output;
        Assert.Contains("1 example, its label drawn", Output("--labels", "0"));
        Assert.Contains("1 example, its label summed out", Output("--labels", "0", "--label-inference", "exact", "--estimator", "nvil"));
        Assert.Contains("3 examples, labels given", Output("--labels", "1500", "--examples", "3"));
        Assert.Matches(@"40 examples, \d+ labels given, the others drawn", Output("--labels", "300", "--examples", "40", "--json", folder["labels.json"]));
        Assert.InRange(JsonDocument.Parse(File.ReadAllBytes(folder["labels.json"])).RootElement.GetProperty("labelsGiven").GetInt32(), 1, 39);
    }

    [Fact]
    public void A_saved_run_can_be_measured()
    {
        Captured.Run("train", "--data", "bars", "--layers", "3", "--steps", "7", "--out", folder["run"]).Succeeded();
        string output = Captured.Run(
            "laboratory", "--checkpoint", folder["run"], "--estimates", "20", "--estimators", "exact", "--examples", "5").Succeeded().Output;
        Assert.Contains("frozen at step 7, 5 examples", output);
        Captured.Run("laboratory", "--checkpoint", folder["run"], "--steps", "5").IsRefused("--steps: expected none with --checkpoint");
        Captured.Run("laboratory", "--checkpoint", folder["nothing"]).IsRefused("no such file or folder");
    }

    [Fact]
    public void Equal_seeds_print_equal_figures()
    {
        Assert.Equal(Figures(), Figures());

        string Figures()
        {
            string path = folder[$"{Guid.NewGuid()}.json"];
            Captured.Run("laboratory", "--data", "bars", "--layers", "2", "--steps", "5", "--estimates", "50", "--estimators", "disarm,nvil", "--json", path).Succeeded();
            return string.Join('\n', File.ReadLines(path).Where(line => !line.Contains("\"seconds\"")));
        }
    }

    [Theory]
    [InlineData("--estimators reinforce", "estimator: expected one of wake-sleep")]
    [InlineData("--estimators disarm,disarm", "--estimators: expected each estimator once")]
    [InlineData("--estimates 1", "--estimates: expected a whole number from 2")]
    [InlineData("--examples 0", "--examples")]
    [InlineData("--data bars --examples 9999 --steps 0", "--examples 9999: expected at most the 5000 training examples")]
    [InlineData("--picture lab.jpg", "--picture: expected a name that ends in .png, found 'lab.jpg'")]
    [InlineData("--json no/such/folder/figures.json", "--json no/such/folder/figures.json: expected a folder")]
    [InlineData("--samples 51", "--samples")]
    public void Bad_input_is_refused_in_one_line(string arguments, string part) =>
        Captured.Run(["laboratory", .. arguments.Split(' ')]).IsRefused(part);

    [Fact]
    public void Files_that_are_there_are_kept_unless_they_may_be_replaced()
    {
        File.WriteAllText(folder["figures.json"], "mine");
        string[] line = ["laboratory", "--data", "bars", "--layers", "2", "--steps", "0", "--estimates", "5", "--estimators", "exact", "--json", folder["figures.json"]];
        Captured.Run(line).IsRefused("--overwrite replaces it");
        Assert.Equal("mine", File.ReadAllText(folder["figures.json"]));
        Captured.Run([.. line, "--overwrite"]).Succeeded();
        Assert.Contains("exactStates", File.ReadAllText(folder["figures.json"]));
    }
}
