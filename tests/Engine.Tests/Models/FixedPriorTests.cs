using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Tests.Estimators;
using DreamViz.Engine.Tests.Training;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Models;

/// <summary>p(z) held at φ. That learning is right with it the contract tests say, which have such machines, too.</summary>
public class FixedPriorTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.2, -1.3862943611198906)]
    [InlineData(1e-12, -27.631021115927547)]
    public void Every_unit_of_the_top_layer_is_on_with_the_probability_given(double probability, double logit)
    {
        HelmholtzMachine machine = SmallRuns.Trainer(model: Fixed(probability)).Machine;
        foreach (HelmholtzMachine one in new[] { machine, machine.Clone() })
        {
            foreach (float bias in one.Generative.PriorBiases) Assert.Equal((float)logit, bias);
        }
    }

    [Theory]
    [ClassData(typeof(EveryOptimizer))]
    public void No_estimator_and_no_optimizer_moves_it_or_computes_its_gradient(string key, OptimizerKind optimizer)
    {
        IReadOnlyList<int> layers = SuitedLayers.Of(key, [6, 3]);
        TrainingSettings settings = new() { Estimator = key, Samples = EstimatorCatalog.Create(key).UsualSamples, BatchSize = 5, Optimizer = optimizer, Momentum = 0.9 };
        Trainer trainer = SmallRuns.Trainer(3, settings, model: Fixed(0.2) with { LatentLayers = layers });
        string before = SmallRuns.Hash(trainer);
        for (int step = 0; step < 3; step++) trainer.TakeStep(StepPhases.Both);
        Assert.NotEqual(before, SmallRuns.Hash(trainer));
        foreach (float bias in trainer.Machine.Generative.PriorBiases) Assert.Equal((float)Math.Log(0.25), bias);
        Parameter biases = trainer.Machine.Generative.Prior.OutputBiases;
        Assert.DoesNotContain(biases, trainer.Machine.Parameters);
        biases.OpenGradient(out bool neverAccumulated);
        Assert.True(neverAccumulated);
    }

    [Fact]
    public void A_label_beside_it_is_each_class_as_often()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2 labels 4 fixed 0.3");
        Assert.Empty(machine.Generative.Prior.Parameters);
        var probabilities = new float[6];
        machine.Generative.Prior.ComputeProbabilities(machine.Generative.PriorBiases, probabilities);
        for (int i = 0; i < 6; i++) Assert.Equal(i < 4 ? 0.25f : 0.3f, probabilities[i], 1e-6f);
    }

    [Fact]
    public void A_machine_takes_no_parameters_from_one_with_another_prior()
    {
        HelmholtzMachine machine = SmallRuns.Trainer(model: Fixed(0.2)).Machine;
        Assert.Throws<ArgumentException>(() => machine.CopyFrom(SmallRuns.Trainer(model: Fixed(0.3)).Machine));
        Assert.Throws<ArgumentException>(() => machine.CopyFrom(SmallRuns.Trainer().Machine));
        machine.CopyFrom(SmallRuns.Trainer(model: Fixed(0.2)).Machine);
    }

    [Theory]
    [InlineData(0.0, AutoregressiveParts.None, "model, fixed prior: expected a probability between 0 and 1, both excluded, found 0")]
    [InlineData(1.0, AutoregressiveParts.None, "model, fixed prior: expected a probability between 0 and 1, both excluded, found 1")]
    [InlineData(double.NaN, AutoregressiveParts.None, "model, fixed prior: expected a probability between 0 and 1, both excluded, found NaN")]
    [InlineData(0.5, AutoregressiveParts.All, "model, fixed prior: expected none where the prior is autoregressive, which is learned, found 0.5")]
    public void What_no_prior_can_be_is_refused_in_one_line(double probability, AutoregressiveParts parts, string message)
    {
        ModelSettings settings = Fixed(probability) with { Autoregressive = parts };
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => new HelmholtzMachine(new double[4], settings, 4, 1)).Message);
    }

    private static ModelSettings Fixed(double probability) => SmallRuns.Model with { FixedPrior = probability };

    /// <summary>Every estimator of the catalogue by Adam, whose first steps go as far for small gradients as for large, and the other
    /// optimizers once.</summary>
    private sealed class EveryOptimizer : TheoryData<string, OptimizerKind>
    {
        public EveryOptimizer()
        {
            foreach (EstimatorDescription estimator in EstimatorCatalog.All) Add(estimator.Key, OptimizerKind.Adam);
            Add("wake-sleep", OptimizerKind.Sgd);
            Add("nvil", OptimizerKind.Momentum);
        }
    }
}
