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

    [Fact]
    public void What_is_not_defined_for_them_is_refused_in_one_line()
    {
        Captured.Run("train", "--data", "digits", "--layers", "6", "--gaussian-latents", "2", "--steps", "1", "--estimator", "exact").IsRefused("estimator exact: expected no Gaussian latents, found 2");
        Captured.Run("train", "--data", "digits", "--layers", "6", "--gaussian-latents", "2", "--steps", "1", "--estimator", "concrete")
            .IsRefused("estimator concrete: expected no Gaussian latents, found 2");
    }
}
