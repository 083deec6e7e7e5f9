using System.Globalization;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class MetricsCsvTests
{
    private static readonly Evaluation Pictures = new(20_000, -19.25, -18.0625, 100);

    [Fact]
    public void A_row_has_the_header_s_columns_in_the_invariant_culture()
    {
        Evaluation documents = Pictures with { Perplexity = new Perplexity(1032.5, 1040.25), ClassificationError = 0.125 };
        Assert.Equal(["step", "seconds", "elbo", "iw", "k", "document_perplexity", "token_perplexity", "classification_error"],
            MetricsCsv.Header.Split(','));
        Assert.Equal("20000,1.5,-19.25,-18.0625,100,1032.5,1040.25,0.125", MetricsCsv.Row(documents, 1.5));
    }

    [Fact]
    public void What_does_not_apply_is_empty() =>
        Assert.Equal("20000,1.5,-19.25,-18.0625,100,,,", MetricsCsv.Row(Pictures, 1.5));

    [Fact]
    public void A_row_of_an_older_file_gets_the_columns_that_it_lacks()
    {
        Assert.Equal(MetricsCsv.Row(Pictures, 1.5), MetricsCsv.Complete("20000,1.5,-19.25,-18.0625,100"));
        Assert.Equal("1,2,3,4,5,6,7,8", MetricsCsv.Complete("1,2,3,4,5,6,7,8"));
    }

    [Fact]
    public void Bounds_are_written_without_loss()
    {
        double elbo = -1.0 / 3;
        string field = MetricsCsv.Row(new Evaluation(1, elbo, elbo, 5), 0).Split(',')[2];
        Assert.Equal(elbo, double.Parse(field, CultureInfo.InvariantCulture));
    }
}
