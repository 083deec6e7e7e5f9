using System.Globalization;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class MetricsCsvTests
{
    [Fact]
    public void A_row_has_the_header_s_columns_in_the_invariant_culture()
    {
        string[] names = MetricsCsv.Header.Split(',');
        string[] fields = MetricsCsv.Row(new Evaluation(20_000, -19.25, -18.0625, 100), 1.5).Split(',');
        Assert.Equal(["step", "seconds", "elbo", "iw", "k"], names);
        Assert.Equal(["20000", "1.5", "-19.25", "-18.0625", "100"], fields);
    }

    [Fact]
    public void Bounds_are_written_without_loss()
    {
        double elbo = -1.0 / 3;
        string field = MetricsCsv.Row(new Evaluation(1, elbo, elbo, 5), 0).Split(',')[2];
        Assert.Equal(elbo, double.Parse(field, CultureInfo.InvariantCulture));
    }
}
