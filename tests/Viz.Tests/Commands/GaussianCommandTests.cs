namespace DreamViz.Viz.Tests.Commands;

public sealed class GaussianCommandTests : IDisposable
{
    private static readonly string[] Small =
        ["train", "--data", "digits", "--layers", "6", "--gaussian-latents", "2", "--labels", "50", "--estimator", "nvil", "--optimizer", "adam"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_with_real_valued_units_is_saved_resumed_bit_for_bit_and_judged()
    {
        Captured.Run([.. Small, "--steps", "30", "--out", folder["whole"]]).Succeeded();
        Captured.Run([.. Small, "--steps", "10", "--out", folder["part"]]).Succeeded();
        Captured.Run("train", "--resume", folder["part"], "--steps", "30").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["whole/checkpoint.safetensors"]), File.ReadAllBytes(folder["part/checkpoint.safetensors"]));
        Captured.Run("evaluate", folder["whole"], "--bound", "iw:5").Succeeded();
        Captured.Run("evaluate", folder["whole"], "--bound", "exact").IsRefused("exact log-likelihood: expected no Gaussian latents, found 2");
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("concrete")]
    [InlineData("relax")]
    public void What_enumerates_or_relaxes_bits_takes_them_beside_real_valued_units(string estimator) =>
        Captured.Run("train", "--data", "digits", "--layers", "6", "--gaussian-latents", "2", "--steps", "2", "--estimator", estimator).Succeeded();
}
