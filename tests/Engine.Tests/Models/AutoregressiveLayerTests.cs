using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Estimators;
using DreamViz.Engine.Tests.Training;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Models;

public class AutoregressiveLayerTests
{
    [Theory]
    [InlineData(AutoregressiveParts.None, "")]
    [InlineData(AutoregressiveParts.Prior, "prior 2×2")]
    [InlineData(AutoregressiveParts.Hidden, "generative.1 4×4")]
    [InlineData(AutoregressiveParts.Visible, "generative.0 9×9")]
    [InlineData(AutoregressiveParts.Likelihood, "generative.0 9×9, generative.1 4×4")]
    [InlineData(AutoregressiveParts.Recognition, "recognition.0 4×4, recognition.1 2×2")]
    [InlineData(AutoregressiveParts.All, "generative.0 9×9, generative.1 4×4, prior 2×2, recognition.0 4×4, recognition.1 2×2")]
    public void The_parts_that_the_settings_name_have_weights_among_siblings_and_no_others(AutoregressiveParts parts, string expected)
    {
        ModelSettings settings = new() { LatentLayers = [4, 2], Autoregressive = parts };
        IEnumerable<Parameter> siblings = Siblings(new HelmholtzMachine(new double[9], settings, 9, 1));
        Assert.Equal(expected, string.Join(", ", siblings
            .Select(p => $"{p.Name.Replace(".siblings", "", StringComparison.Ordinal)} {p.Value.Rows}×{p.Value.Columns}")));
    }

    [Fact]
    public void Learning_starts_as_the_machine_of_independent_units()
    {
        HelmholtzMachine plain = Bars(AutoregressiveParts.None).Machine, ordered = Bars(AutoregressiveParts.All).Machine;
        foreach (Parameter parameter in plain.Parameters)
            Assert.Equal(parameter.Value.Flat.ToArray(), ordered.Parameters.Single(p => p.Name == parameter.Name).Value.Flat.ToArray());
        foreach (Parameter parameter in Siblings(ordered)) Assert.DoesNotContain(parameter.Value.Flat.ToArray(), value => value != 0);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.Adam)]
    public void No_unit_ever_sees_itself_or_those_behind_it(OptimizerKind optimizer)
    {
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            Trainer trainer = Bars(SuitedLayers.Autoregressive(estimator.Key, Layers(estimator.Key)), estimator.Key, optimizer);
            for (int i = 0; i < 4; i++) trainer.TakeStep(StepPhases.Both);
            foreach (Parameter parameter in Siblings(trainer.Machine))
            {
                for (int j = 0; j < parameter.Value.Rows; j++)
                    Assert.Equal(-1, parameter.Value.Row(j)[..(j + 1)].IndexOfAnyExcept(0f));
            }

            if (estimator.Recognition != ClaimedObjective.None)
                Assert.All(Siblings(trainer.Machine), parameter => Assert.NotEqual(-1, parameter.Value.Flat.IndexOfAnyExcept(0f)));
        }
    }

    [Fact]
    public void Samples_leave_the_logits_that_completing_gives()
    {
        HelmholtzMachine machine = TinyMachines.Create("4-3 darn visible");
        ConditionalLayer layer = machine.Generative.Layers[0];
        BitMatrix parents = Kernels.Some.Bits(200, 3, 1), children = new(0, 0);
        LayerPass sampled = layer.CreatePass(), completed = layer.CreatePass();
        layer.ComputeLogits(parents, 1, sampled, WorkerTeam.Single);
        layer.Sample(sampled, new StreamKey(1, StreamPurpose.Sleep), children, WorkerTeam.Single);
        layer.ComputeLogits(parents, 1, completed, WorkerTeam.Single);
        layer.Complete(children, completed, WorkerTeam.Single);
        for (int r = 0; r < 200; r++)
        {
            for (int i = 0; i < 4; i++) Assert.Equal(completed.Logits[r, i], sampled.Logits[r, i], 1e-6);
        }
    }

    [Fact]
    public void Siblings_that_are_independent_have_no_weights_and_their_logits_stay()
    {
        HelmholtzMachine machine = TinyMachines.Create("4-3");
        ConditionalLayer layer = machine.Generative.Layers[0];
        LayerPass pass = layer.CreatePass();
        layer.ComputeLogits(Kernels.Some.Bits(5, 3, 1), 1, pass, WorkerTeam.Single);
        float[] before = pass.Logits.Flat.ToArray();
        layer.Complete(Kernels.Some.Bits(5, 4, 2), pass, WorkerTeam.Single);
        Assert.Null(layer.SiblingWeights);
        Assert.Equal(before, pass.Logits.Flat.ToArray());
    }

    [Fact]
    public void Parts_that_do_not_exist_and_weights_beyond_memory_are_refused()
    {
        ModelSettings unknown = new() { Autoregressive = (AutoregressiveParts)32 };
        Refuses(unknown, 4, "model, autoregressive: expected prior, hidden, visible or recognition, found 32");
        Refuses(new() { DocumentLengths = [3], Autoregressive = AutoregressiveParts.Likelihood }, 4,
            "model, autoregressive: expected no visible part where the words of documents are drawn, found Likelihood");
        ModelSettings wide = new() { LatentLayers = [1], VisibleBias = 0 };
        Assert.Equal(20_000, new HelmholtzMachine([], wide, 20_000, 1).LayerSizes[0]);
        Refuses(wide with { Autoregressive = AutoregressiveParts.Visible }, 20_000, "model, layers 20000-1: expected at most 134217728 parameters");
    }

    private static void Refuses(ModelSettings settings, int visible, string reason)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => new HelmholtzMachine(new double[visible], settings, visible, 1));
        Assert.StartsWith(reason, refusal.Message);
    }

    private static IEnumerable<Parameter> Siblings(HelmholtzMachine machine) =>
        machine.Parameters.Where(parameter => parameter.Name.EndsWith(".siblings", StringComparison.Ordinal));

    private static IReadOnlyList<int> Layers(string estimator) => SuitedLayers.Of(estimator, [7, 3]);

    private static Trainer Bars(
        AutoregressiveParts parts, string estimator = "wake-sleep", OptimizerKind optimizer = OptimizerKind.Sgd) => SmallRuns.Trainer(
        settings: SmallRuns.Settings with { Estimator = estimator, Optimizer = optimizer, Samples = EstimatorCatalog.Create(estimator).UsualSamples },
        model: new ModelSettings { LatentLayers = Layers(estimator), Autoregressive = parts });
}
