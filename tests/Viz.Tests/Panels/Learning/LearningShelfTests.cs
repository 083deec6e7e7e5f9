using DreamViz.Viz.Screens;
using DreamViz.Viz.Tests.Simulation;

namespace DreamViz.Viz.Tests.Panels.Learning;

public sealed class LearningShelfTests : IDisposable
{
    private readonly ExplorerDriver driver = new("tiny", plays: true, stepsPerFrame: 3);

    public void Dispose() => driver.Dispose();

    [Fact]
    public void Weights_are_offered_while_there_are_several_explanations_and_baselines_while_there_are_baselines()
    {
        Choose("wake-sleep", 1);
        Assert.Equal(["Learning", "Units"], Tabs());
        Choose("reweighted-wake-sleep", 5);
        Assert.Equal(["Learning", "Units", "Weights"], Tabs());
        Choose("nvil", 1);
        Assert.Equal(["Learning", "Units", "Baseline"], Tabs());
        Choose("input-baseline", 3);
        Assert.Equal(["Learning", "Units", "Weights", "Baseline"], Tabs());
    }

    [Fact]
    public void The_effective_sample_size_is_read_off_the_weights()
    {
        Choose("reweighted-wake-sleep", 5);
        driver.ClickText("Weights");
        Assert.Contains("ESS", driver.Texts);
        string worth = Assert.Single(driver.Texts, text => text.EndsWith(" of 5", StringComparison.Ordinal));
        Assert.InRange(double.Parse(worth[..^5], System.Globalization.CultureInfo.InvariantCulture), 1, 5);
    }

    [Fact]
    public void A_baseline_leaves_less_of_the_signal()
    {
        Choose("input-baseline", 1);
        driver.Frames(60);
        driver.ClickText("Baseline");
        Assert.True(ValueOf("f − c") < 0.5 * ValueOf("f"));
        Assert.True(ValueOf("− C(x)") <= ValueOf("f − c"));
    }

    [Fact]
    public void Units_that_say_nothing_are_not_counted()
    {
        driver.Frames(20);
        driver.ClickText("Units");
        int units = driver.Scene.LayerSizes[1];
        string counted = Assert.Single(driver.Texts, text => text.EndsWith($" of {units}", StringComparison.Ordinal));
        Assert.InRange(int.Parse(counted.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 0, units);
    }

    [Fact]
    public void Labels_and_real_valued_units_say_what_they_tell_too()
    {
        using ExplorerDriver dials = new("style-dials", plays: true, stepsPerFrame: 3);
        dials.Frames(20);
        dials.ClickText("Units");
        Assert.Contains("y, h₁", dials.Texts);
        Assert.Contains("2 of 2", dials.Texts);
        Assert.Contains(Enumerable.Range(0, 16), bar => Hovered(dials, 350 + 11.875f * bar, 500).Contains("label ", StringComparison.Ordinal));
        Assert.Matches(@"g unit [12] says .* nats about a picture: how far q\(g \| x\) is from N\(0, 1\)", Hovered(dials, 400, 565));
    }

    [Fact]
    public void Every_figure_explains_itself_in_one_sentence()
    {
        Choose("reweighted-wake-sleep", 5);
        driver.ClickText("Weights");
        Assert.Contains("Effective sample size", Hovered("ESS"));
        driver.ClickText("Learning");
        Assert.Contains("The evidence lower bound", Hovered("ELBO"));
        driver.ClickText("Units");
        driver.Send(InputKind.PointerMove, 350, 550);
        driver.Frames(60);
        Assert.Contains(driver.Texts, text => text.Contains("about a picture", StringComparison.Ordinal));
    }

    [Fact]
    public void The_chosen_view_comes_back_with_the_estimator_that_has_it()
    {
        Choose("nvil", 1);
        driver.ClickText("Baseline");
        Assert.Contains("− C(x)", driver.Texts);
        Choose("wake-sleep", 1);
        Assert.Contains("ELBO", driver.Texts);
        Choose("nvil", 1);
        Assert.Contains("− C(x)", driver.Texts);
    }

    private void Choose(string estimator, int samples)
    {
        driver.Scene.Commands.Change(driver.Scene.Settings with { Estimator = estimator, Samples = samples });
        driver.Frames(10);
    }

    private static string Hovered(ExplorerDriver driver, float x, float y)
    {
        driver.Send(InputKind.PointerMove, x, y);
        driver.Frames(60);
        return string.Join(' ', driver.Texts);
    }

    private IEnumerable<string> Tabs() =>
        driver.Texts.Where(text => text is "Learning" or "Units" or "Weights" or "Baseline");

    private string Hovered(string text)
    {
        (_, float x, float baseline) = DrawnText.Of(driver.List).Last(word => word.Text == text);
        driver.Send(InputKind.PointerMove, x + 4, baseline - 4);
        driver.Frames(60);
        return string.Join(' ', driver.Texts);
    }

    /// <summary>The number that stands on the line of a name.</summary>
    private double ValueOf(string name)
    {
        IReadOnlyList<(string Text, float X, float Baseline)> words = DrawnText.Of(driver.List);
        (_, float left, float baseline) = words.Last(word => word.Text == name);
        string value = words.First(word => word.Baseline == baseline && word.X > left && word.X < 640).Text;
        return double.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
