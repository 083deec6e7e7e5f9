namespace DreamViz.Viz.Tests.Commands;

public sealed class LabelCommandTests : IDisposable
{
    private static readonly string[] Small =
        ["train", "--data", "digits", "--layers", "6", "--labels", "50", "--label-inference", "exact", "--estimator", "score-function", "--optimizer", "adam"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_with_labels_is_saved_resumed_bit_for_bit_and_judged_by_its_classification_error()
    {
        Captured whole = Captured.Run([.. Small, "--steps", "30", "--out", folder["whole"]]).Succeeded();
        Assert.Contains("network 64-16,", whole.Output, StringComparison.Ordinal);
        Captured.Run([.. Small, "--steps", "10", "--out", folder["part"]]).Succeeded();
        Captured.Run("train", "--resume", folder["part"], "--steps", "30").Succeeded();
        Assert.Equal(File.ReadAllBytes(folder["whole/checkpoint.safetensors"]), File.ReadAllBytes(folder["part/checkpoint.safetensors"]));
        string judged = Captured.Run("evaluate", folder["whole"], "--bound", "elbo").Succeeded().Output;
        Assert.Matches(@"classification error of argmax q\(y \| x\): \d+\.\d\d%, 297 test examples of Digits 8×8\n$", judged);
        Assert.EndsWith(judged.TrimEnd('\n').Split('\n')[^1] + "\n", whole.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_where_there_are_none_are_refused_in_one_line() =>
        Captured.Run("train", "--data", "bars", "--labels", "10", "--steps", "1")
            .IsRefused("--labels: expected data with labels, found none in Bars 4×4, p = 0.25");
}
