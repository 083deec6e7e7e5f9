using System.Globalization;

namespace DreamViz.Engine.Training;

/// <summary>Evaluations as lines of a CSV file, numbers in the invariant culture, without line ends.</summary>
public static class MetricsCsv
{
    /// <summary>The first line: the columns' names. Bounds are in nats per example; perplexities, by the IW-K bound, are those of
    /// documents, the classification error that of data with labels, 0 to 1, and empty elsewhere.</summary>
    public const string Header = "step,seconds,elbo,iw,k,document_perplexity,token_perplexity,classification_error";

    /// <summary>One evaluation.</summary>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="seconds">Since the run began, by the caller's clock.</param>
    public static string Row(Evaluation evaluation, double seconds) => string.Create(CultureInfo.InvariantCulture,
        $"{evaluation.Step},{seconds:0.###},{evaluation.Elbo:R},{evaluation.ImportanceWeighted:R},{evaluation.Samples},{evaluation.Perplexity?.DocumentAveraged:R},{evaluation.Perplexity?.TokenAveraged:R},{evaluation.ClassificationError:R}");

    /// <summary>A row of a file whose first line named only the first of these columns: the others stay empty.</summary>
    public static string Complete(string row) => row + new string(',', Math.Max(0, Commas(Header) - Commas(row)));

    private static int Commas(string line) => line.AsSpan().Count(',');
}
