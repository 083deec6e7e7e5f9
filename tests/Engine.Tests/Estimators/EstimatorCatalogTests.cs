using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators;

public class EstimatorCatalogTests
{
    [Fact]
    public void Every_estimator_is_found_by_its_own_key_and_says_what_it_does_in_one_sentence()
    {
        Assert.Equal(EstimatorCatalog.All.Count, EstimatorCatalog.All.Select(e => e.Key).Distinct().Count());
        foreach (EstimatorDescription description in EstimatorCatalog.All)
        {
            Assert.Equal(description, EstimatorCatalog.Create(description.Key).Description);
            Assert.EndsWith(".", description.Summary, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', description.Summary);
        }
    }

    [Fact]
    public void Every_class_of_estimator_is_in_the_catalog()
    {
        IEnumerable<Type> classes = typeof(Estimator).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Estimator)) && !type.IsAbstract);
        Assert.Equal(
            classes.Select(type => type.Name).Order(),
            EstimatorCatalog.All.Select(e => EstimatorCatalog.Create(e.Key).GetType().Name).Order());
    }

    [Fact]
    public void An_unknown_estimator_is_refused_with_the_known_ones()
    {
        var refusal = Assert.Throws<InvalidInputException>(() => EstimatorCatalog.Create("magic"));
        Assert.All(EstimatorCatalog.All, e => Assert.Contains(e.Key, refusal.Message, StringComparison.Ordinal));
        Assert.Contains("magic", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecognitionLearning.Wake, 1, 0)]
    [InlineData(RecognitionLearning.Both, 0.5, 0.5)]
    [InlineData(RecognitionLearning.Sleep, 0, 1)]
    public void Reweighting_learns_recognition_where_the_settings_say_and_wake_sleep_from_dreams(
        RecognitionLearning learning, double wake, double sleep)
    {
        Assert.Equal(new RecognitionShares(wake, sleep), new ReweightedWakeSleep().Shares(learning));
        Assert.Equal(new RecognitionShares(0, 1), new WakeSleep().Shares(learning));
    }
}
