using DreamViz.Engine.Estimators;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;
using DreamViz.Viz.Tests.Simulation;

namespace DreamViz.Viz.Tests.Panels.Laboratory;

public class LaboratoryPanelTests
{
    // 4096 answers at 32 a frame, the reference, and some.
    private const int FramesToTheEnd = 134;

    [Fact]
    public void The_flask_opens_it_and_the_flask_closes_it()
    {
        using ExplorerDriver driver = Driver();
        driver.Click(1123, 26);
        Assert.Contains("Estimator laboratory", driver.Texts);
        Assert.DoesNotContain("Reconstruction", driver.Texts);
        driver.Click(1123, 26);
        Assert.DoesNotContain("Estimator laboratory", driver.Texts);
        Assert.Contains("Reconstruction", driver.Texts);
    }

    [Fact]
    public void Its_key_opens_it_and_Escape_closes_it()
    {
        using ExplorerDriver driver = Driver();
        driver.Press(Key.L);
        Assert.True(driver.Scene.LaboratoryOpen);
        driver.Press(Key.Escape);
        Assert.False(driver.Scene.LaboratoryOpen);
    }

    [Fact]
    public void Six_estimators_are_measured_against_the_exact_gradient()
    {
        using ExplorerDriver driver = Driver();
        driver.Press(Key.L);
        driver.Frames(10);
        Assert.Contains(driver.Texts, text => text.EndsWith(" of 4,096 estimates each", StringComparison.Ordinal));
        driver.Frames(FramesToTheEnd);
        Assert.Contains("4,096 estimates each", driver.Texts);
        Assert.Contains("exact gradient: 256 states", driver.Texts);
        Assert.Equal(6, driver.Texts.Count(text => text == "bias"));
        Assert.Contains("none found", driver.Texts);
        Assert.Contains("z8", driver.Texts);
        foreach (string name in (string[])["Score function", "Running baseline", "MuProp", "DisARM", "Leave-one-out", "Straight-through"])
            Assert.Equal(3, driver.Texts.Count(text => text == name));
    }

    [Fact]
    public void Labels_of_curves_never_overlap()
    {
        using ExplorerDriver driver = Driver();
        driver.Press(Key.L);
        driver.Frames(FramesToTheEnd);
        float[] baselines = [.. DrawnText.Of(driver.List).Where(word => word.X is > 510 and < 520 && word.Baseline is > 475 and < 645).Select(word => word.Baseline).Order()];
        Assert.Equal(6, baselines.Length);
        Assert.All(baselines.Zip(baselines.Skip(1), (a, b) => b - a), gap => Assert.InRange(gap, 12, 200));
    }

    [Fact]
    public void Training_goes_on_while_its_weights_stay()
    {
        using ExplorerDriver driver = Driver(plays: true);
        driver.Press(Key.L);
        driver.Frames(1);
        string frozen = driver.Texts.Single(text => text.StartsWith("weights frozen at step", StringComparison.Ordinal));
        long step = driver.Step;
        driver.Frames(20);
        Assert.True(driver.Step > step);
        Assert.StartsWith(frozen.Split(" · ")[0], driver.Texts.Single(text => text.StartsWith("weights frozen", StringComparison.Ordinal)));
        driver.Click(744, 696);
        Assert.DoesNotContain(driver.Texts, text => text.StartsWith(frozen.Split(" · ")[0] + " ", StringComparison.Ordinal));
    }

    [Fact]
    public void Clicking_a_dartboard_chooses_it_and_the_button_trains_with_it()
    {
        using ExplorerDriver driver = Driver();
        driver.Press(Key.L);
        driver.Frames(20);
        Assert.Contains("Train with Leave-one-out, K = 5", driver.Texts);
        driver.ClickText("DisARM");
        driver.Click(120, 230);
        driver.ClickText("Train with Score function, K = 1");
        driver.Frames(2);
        Assert.Equal(("score-function", 1), (driver.Scene.Settings.Estimator, driver.Scene.Settings.Samples));
        driver.Press(Key.Right);
        Assert.Equal("score-function", driver.Scene.Snapshot!.Settings.Estimator);
    }

    [Fact]
    public void Another_estimator_can_be_compared_in_any_place()
    {
        using ExplorerDriver driver = Driver();
        driver.Press(Key.L);
        driver.Frames(20);
        driver.Click(196, 132);
        driver.ClickText("Local expectation");
        driver.Frames(20);
        Assert.Equal(3, driver.Texts.Count(text => text == "Local expectation"));
        Assert.DoesNotContain("Score function", driver.Texts);
    }

    [Fact]
    public void An_estimator_that_is_not_defined_says_why()
    {
        using var driver = new ExplorerDriver(); // 84 latent units
        driver.Press(Key.L);
        driver.Frames(3);
        driver.Click(196, 132);
        driver.ClickText("Exact enumeration");
        driver.Frames(3);
        string all = string.Join(' ', driver.Texts);
        Assert.Contains("Exact enumeration", all);
        Assert.Contains("expected at most 12", all);
    }

    [Fact]
    public void Equal_budgets_average_the_cheap_ones()
    {
        using ExplorerDriver driver = Driver();
        driver.Press(Key.L);
        driver.Frames(20);
        Assert.Contains("1 eval", driver.Texts);
        driver.ClickText("Same budget");
        driver.Frames(20);
        Assert.DoesNotContain("1 eval", driver.Texts);
        Assert.Contains(driver.Texts, text => text.EndsWith("answers each", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_figure_explains_itself()
    {
        using ExplorerDriver driver = Driver();
        driver.Press(Key.L);
        driver.Frames(20);
        (float X, float Y, string Part)[] figures =
        [
            (120, 130, "Recognition repeats"), (120, 230, "spread is noise"), (60, 333, "chance of that without bias"), (60, 354, "How far a single answer"),
            (60, 375, "beyond the last ring"), (60, 396, "evaluates how well"), (1100, 430, "one scale"), (300, 560, "turns flat"),
            (820, 490, "latent unit 1"), (850, 696, "Same budget: each answer"), (1100, 696, "from its next step"),
        ];
        foreach ((float x, float y, string part) in figures)
        {
            driver.Send(InputKind.PointerMove, x, y);
            driver.Frames(40);
            Assert.Contains(part, string.Join(' ', driver.Texts));
        }
    }

    [Fact]
    public void Another_run_is_frozen_anew()
    {
        using ExplorerDriver driver = Driver(plays: true);
        driver.Frames(10);
        driver.Press(Key.L);
        driver.Frames(5);
        driver.Press(Key.Space);
        driver.Press(Key.N);
        driver.Frames(5);
        Assert.Contains(driver.Texts, text => text.StartsWith("weights frozen at step 0", StringComparison.Ordinal));
    }

    private static ExplorerDriver Driver(bool plays = false)
    {
        Preset tiny = PresetCatalog.Find("tiny");
        Preset preset = tiny with
        {
            Model = tiny.Model with { LatentLayers = [8] },
            Training = tiny.Training with { Estimator = EstimatorCatalog.All[0].Key, Samples = 5 },
        };
        var driver = new ExplorerDriver(new ExplorerOptions { Preset = preset, StartPlaying = plays });
        driver.Scene.Notice = null;
        driver.Frames(2);
        return driver;
    }
}
