using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Panels;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Tests.Simulation;

namespace DreamViz.Viz.Tests.Panels;

public class InspectorPanelTests
{
    [Theory]
    [InlineData("1e99", int.MaxValue)]
    [InlineData("-7", 0)]
    [InlineData("12.7", 13)]
    public void A_whole_number_that_is_typed_is_the_nearest_that_is_allowed(string typed, int expected)
    {
        using var driver = new ExplorerDriver("style-dials");
        driver.Press(Key.Tab);
        driver.ClickText("1500");
        foreach (char c in typed) driver.Explorer.Handle(new InputEvent(InputKind.Text, Character: c));
        driver.Frames(1);
        driver.Press(Key.Enter);
        Assert.Equal(expected, driver.Scene.Settings.LabeledExamples);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("draw-a-seven")]
    [InlineData("style-dials")]
    public void Shows_of_the_settings_of_some_estimators_those_of_the_chosen_one_and_always_fits_the_drawer(string preset)
    {
        const float lowestBaseline = 632;
        using var driver = new ExplorerDriver(preset);
        driver.Press(Key.Tab);
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            driver.Scene.Commands.Change(EstimatorNeeds.Meet(new TrainingSettings { Estimator = estimator.Key }));
            driver.Frames(3);
            if (driver.Scene.Settings.Estimator != estimator.Key) continue;
            IReadOnlyList<string> own = EstimatorCatalog.Create(estimator.Key).OwnSettings;
            foreach (SettingProperty setting in SettingProperty.All.Where(s => EstimatorCatalog.OwnSettings.Contains(s.Name)))
                Assert.Equal(own.Contains(setting.Name), driver.Texts.Contains(setting.Label));
            Assert.InRange(DrawnText.Of(driver.List).Single(word => word.Text == "Reduced motion").Baseline, 400, lowestBaseline);
        }
    }
}
