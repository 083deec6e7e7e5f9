using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Estimators;

public class NetworkEvaluationsTests
{
    private static readonly MachineShape Flat = new([784, 200], new ModelSettings { LatentLayers = [200] });
    private static readonly MachineShape Stack = new([8, 4, 2], new ModelSettings { LatentLayers = [4, 2] });

    [Theory]
    [InlineData("wake-sleep", 1, 2, 1, 2, 1, 0)]
    [InlineData("wake-phase", 1, 1, 1, 1, 0, 0)]
    [InlineData("score-function", 1, 1, 1, 1, 1, 0)]
    [InlineData("vimco", 5, 5, 5, 1, 1, 0)]
    [InlineData("disarm", 1, 2, 2, 1, 1, 0)]
    [InlineData("local-expectation", 1, 201, 1, 1, 1, 0)]
    [InlineData("nvil", 1, 1, 1, 1, 1, 785.0 / 784)]
    public void A_single_layer_explains_an_example_in_one_pass_and_judges_every_explanation(
        string key, int samples, double forward, double backward, double recognition, double recognitionBackward, double own) =>
        Assert.Equal(
            new NetworkEvaluations(forward, backward, recognition, recognitionBackward, own), Of(key, Flat, samples));

    [Fact]
    public void In_a_stack_only_the_lowest_recognition_layer_is_shared_by_explanations()
    {
        // 32 of 40 weights are the lowest layer's.
        Assert.Equal(0.8 + 0.2 * 5, Of("vimco", Stack, 5).RecognitionForward, 1e-12);
        Assert.Equal(0.8 + 0.2 * 3, Of("disarm", Stack, 1).RecognitionForward, 1e-12);
        Assert.Equal(1, Of("disarm", Stack, 1).RecognitionBackward, 1e-12);
        Assert.Equal(64 + 1, Of("exact", Stack, 1).GenerativeForward);
    }

    [Fact]
    public void Real_valued_units_are_computed_with_the_top_recognition_layer()
    {
        // 8 · 4 weights of the lowest layer; 4 · 2 of the bits above, 4 · 6 for μ and σ of three units beside them.
        MachineShape withDials = Stack with { Settings = Stack.Settings with { GaussianLatents = 3 } };
        Assert.Equal(0.5 + 0.5 * 5, Of("vimco", withDials, 5).RecognitionForward, 1e-12);
        Assert.Equal(Of("nvil", Stack, 1).Own * 40 / 64, Of("nvil", withDials, 1).Own, 1e-12);
    }

    [Theory]
    [InlineData("straight-through", 1, 1.2)]
    [InlineData("muprop", 2, 2.4)]
    [InlineData("concrete", 2, 2.4)]
    [InlineData("rebar", 8, 8 * (1.2 + 0.2))]
    public void Relaxed_passes_also_go_through_the_recognition_layers_above(string key, double flat, double stack)
    {
        Assert.Equal(flat, Of(key, Flat, 1).Relaxed, 1e-12);
        Assert.Equal(stack, Of(key, Stack, 1).Relaxed, 1e-12);
        Assert.Equal(flat, Of(key, Flat, 1).RelaxedLowest, 1e-12);
        Assert.Equal(flat, Of(key, Stack, 1).RelaxedLowest, 1e-12);
    }

    [Fact]
    public void A_network_that_reads_relaxed_latents_counts_by_its_weights()
    {
        // Forward and backward at four points, three passes more at two of them; 40 weights in the machine.
        TrainingSettings settings = new() { Estimator = "relax", BaselineWidth = 5 };
        NetworkEvaluations count = EstimatorCatalog.Create("relax").Evaluations(Stack, settings);
        Assert.Equal(14.0 * 5 * Stack.LayerSizes.Skip(1).Sum() / 40, count.RelaxedOwn, 1e-12);
        Assert.Equal(Of("rebar", Stack, 1).Relaxed, count.Relaxed, 1e-12);
    }

    [Theory]
    [InlineData("straight-through", 0, 0)]
    [InlineData("concrete", 0, 0)]
    [InlineData("muprop", 1, 1)]
    [InlineData("rebar", 2, 2 * (1 + 0.2))]
    [InlineData("relax", 2, 2 * (1 + 0.2))]
    public void Log_probabilities_of_relaxed_activities_count_where_they_are_read(string key, double flat, double stack)
    {
        Assert.Equal(flat, Of(key, Flat, 1).RelaxedJudged, 1e-12);
        Assert.Equal(stack, Of(key, Stack, 1).RelaxedJudged, 1e-12);
    }

    [Theory]
    [InlineData(RecognitionLearning.Wake, 5, 1, 1)]
    [InlineData(RecognitionLearning.Both, 6, 2, 2)]
    [InlineData(RecognitionLearning.Sleep, 6, 2, 1)]
    public void Dreams_cost_where_recognition_learns_from_them(
        RecognitionLearning learning, double forward, double recognition, double recognitionBackward)
    {
        var settings = new TrainingSettings { Samples = 5, RecognitionLearning = learning };
        Assert.Equal(new NetworkEvaluations(forward, 5, recognition, recognitionBackward),
            EstimatorCatalog.Create("reweighted-wake-sleep").Evaluations(Flat, settings));
    }

    private static NetworkEvaluations Of(string key, MachineShape shape, int samples) =>
        EstimatorCatalog.Create(key).Evaluations(shape, new TrainingSettings { Samples = samples });
}
