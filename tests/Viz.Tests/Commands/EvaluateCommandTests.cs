using System.Globalization;
using System.Text.RegularExpressions;

namespace DreamViz.Viz.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_bounds_of_a_saved_run_are_ordered_named_and_say_on_what()
    {
        Captured.Run("train", "--preset", "tiny", "--steps", "300", "--out", folder["run"]).Succeeded();
        (double elbo, double weighted, double exact) = (Measure("elbo", "ELBO"), Measure("iw:50", "IW-50"), Measure("exact", "exact"));
        Assert.True(elbo < weighted && weighted < exact + 0.02, $"{elbo} {weighted} {exact}");

        double Measure(string bound, string name)
        {
            string line = Captured.Run("evaluate", folder["run"], "--bound", bound, "--examples", "200").Succeeded().Output;
            Match match = Regex.Match(
                line, $@"^{name}: (-\d+\.\d{{4}}) nats per example, the first 200 of 1,000 test examples of Bars 4×4, p = 0\.2, step 300\n$");
            Assert.True(match.Success, line);
            return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void The_part_of_the_data_can_be_chosen()
    {
        Captured.Run("train", "--data", "digits", "--layers", "4", "--steps", "2", "--out", folder["run"]).Succeeded();
        Assert.Contains("1,500 training examples", Captured.Run("evaluate", folder["run"], "--on", "training", "--bound", "elbo").Output);
        Captured.Run("evaluate", folder["run"], "--on", "validation").IsRefused("--on validation: expected validation examples");
    }

    [Fact]
    public void A_checkpoint_without_its_preset_needs_data_and_refuses_data_of_another_size()
    {
        Captured.Run("train", "--data", "digits", "--layers", "4", "--steps", "2", "--out", folder["run"]).Succeeded();
        File.Move(folder["run/checkpoint.safetensors"], folder["alone.safetensors"]);
        Captured.Run("evaluate", folder["alone.safetensors"]).IsRefused("expected --data");
        Captured.Run("evaluate", folder["alone.safetensors"], "--data", "bars").IsRefused("expected data of 64 units");
        Captured.Run("evaluate", folder["alone.safetensors"], "--data", "digits", "--bound", "elbo").Succeeded();
        Captured.Run("evaluate", folder["run"]).IsRefused("expected checkpoint.safetensors in it, found none");
    }

    [Fact]
    public void Exact_figures_of_large_networks_are_refused()
    {
        Captured.Run("train", "--data", "digits", "--layers", "17", "--steps", "2", "--out", folder["run"]).Succeeded();
        Captured.Run("evaluate", folder["run"], "--bound", "exact").IsRefused("at most 16 latent units, found 17");
    }
}
