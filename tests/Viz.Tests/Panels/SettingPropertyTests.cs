using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels;

namespace DreamViz.Viz.Tests.Panels;

public sealed class SettingPropertyTests
{
    public static TheoryData<string> Every() => [.. SettingProperty.All.Select(setting => setting.Name)];

    [Fact]
    public void The_inspector_shows_every_setting_that_is_not_hidden()
    {
        IEnumerable<string> visible = typeof(TrainingSettings).GetProperties()
            .Where(p => p.CanWrite && !p.IsDefined(typeof(HiddenAttribute), false)).Select(p => p.Name);
        Assert.Equal(visible, SettingProperty.All.Select(setting => setting.Name));
    }

    [Theory, MemberData(nameof(Every))]
    public void Every_setting_explains_itself_and_takes_any_value_of_its_range(string name)
    {
        SettingProperty setting = SettingProperty.All.Single(s => s.Name == name);
        Assert.NotEmpty(setting.Tooltip);
        var start = new TrainingSettings();
        foreach (double value in Values(setting))
        {
            TrainingSettings changed = setting.With(start, value);
            Assert.Equal(value, setting.Read(changed), 9);
            Assert.Equal(start, setting.With(changed, setting.Read(start)));
        }
    }

    [Fact]
    public void Settings_that_do_nothing_are_told_apart()
    {
        var relevance = new SettingRelevance();
        var plain = new TrainingSettings { Estimator = "wake-sleep", Optimizer = OptimizerKind.Sgd };
        Assert.False(relevance.Matters(nameof(TrainingSettings.RecognitionLearning), plain));
        Assert.False(relevance.Matters(nameof(TrainingSettings.Momentum), plain));
        TrainingSettings other = plain with { Estimator = "reweighted-wake-sleep", Optimizer = OptimizerKind.Adam };
        Assert.True(relevance.Matters(nameof(TrainingSettings.RecognitionLearning), other));
        Assert.True(relevance.Matters(nameof(TrainingSettings.Momentum), other));
    }

    [Fact]
    public void Settings_of_some_estimators_matter_to_those_alone()
    {
        var relevance = new SettingRelevance();
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            var settings = new TrainingSettings { Estimator = estimator.Key };
            foreach (string name in EstimatorCatalog.OwnSettings)
                Assert.Equal(EstimatorCatalog.Create(estimator.Key).OwnSettings.Contains(name), relevance.Matters(name, settings));
        }

        Assert.All(EstimatorCatalog.OwnSettings, name => Assert.Contains(SettingProperty.All, setting => setting.Name == name));
        Assert.True(relevance.Matters(nameof(TrainingSettings.BaselineWidth), new TrainingSettings { Estimator = "nvil" }));
        Assert.False(relevance.Matters(nameof(TrainingSettings.BaselineWidth), new TrainingSettings { Estimator = "running-baseline" }));
    }

    [Fact]
    public void The_name_of_every_estimator_fits_the_control_that_shows_it()
    {
        const float roomBesideChevron = 184 - 26 - 11;
        var canvas = new Canvas(new DrawList(), GlyphCache.Shared);
        canvas.Begin(1280, 720);
        Assert.All(EstimatorCatalog.All,
            e => Assert.InRange(canvas.Measure(e.Name, 12, FontWeight.Regular), 1, roomBesideChevron));
    }

    private static IEnumerable<double> Values(SettingProperty setting)
    {
        if (setting.Name == nameof(TrainingSettings.Estimator)) return Enumerable.Range(0, EstimatorCatalog.All.Count).Select(i => (double)i);
        if (setting.Choices is { } choices) return Enumerable.Range(0, choices.Count).Select(i => (double)i);
        return setting.Scale is { } scale ? [scale.Minimum, scale.Value(0.5), scale.Maximum] : [0, 1, 5000];
    }
}
