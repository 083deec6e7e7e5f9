using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Engine.Tests.Training;

/// <summary>Runs of machines with bits, a label and real-valued units.</summary>
public sealed class GaussianTrainingTests : IDisposable
{
    private static readonly Dataset Digits = DataCatalog.Open("digits");

    private static readonly ModelSettings Model = new() { LatentLayers = [12], Classes = 10, GaussianLatents = 3 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("nvil", OptimizerKind.Adam, 9)]
    [InlineData("vimco", OptimizerKind.Sgd, 0)]
    [InlineData("wake-sleep", OptimizerKind.Sgd, 0)]
    [InlineData("reweighted-wake-sleep", OptimizerKind.Momentum, 9)]
    [InlineData("analytic-kl", OptimizerKind.Sgd, 9)]
    [InlineData("local-expectation", OptimizerKind.Adam, 0)]
    public void One_two_or_three_threads_end_in_the_same_bits(string estimator, OptimizerKind optimizer, int hidden)
    {
        string expected = Hash(1);
        foreach (int threads in new[] { 2, 3 }) Assert.Equal(expected, Hash(threads));

        string Hash(int threads)
        {
            using WorkerTeam team = new(threads);
            return SmallRuns.Hash(Run(estimator, optimizer, 10, Model with { HiddenLayers = hidden == 0 ? [] : [hidden] }, team));
        }
    }

    [Theory]
    [InlineData("nvil")]
    [InlineData("wake-sleep")]
    [InlineData("analytic-kl")]
    [InlineData("local-expectation")]
    public void A_resumed_run_continues_bit_for_bit(string estimator)
    {
        Trainer straight = Run(estimator, OptimizerKind.Adam, 8, Model, WorkerTeam.Single);
        Checkpoint.Capture(straight, []).Save(folder.File("c"), overwrite: false);
        Trainer resumed = Checkpoint.Load(folder.File("c")).Resume(Digits, WorkerTeam.Single);
        Assert.Equal(3, resumed.Machine.Shape.GaussianUnits);
        foreach (Trainer trainer in new[] { straight, resumed })
            for (int i = 0; i < 4; i++)
                trainer.TakeStep(StepPhases.Both);
        Assert.Equal(SmallRuns.Hash(straight), SmallRuns.Hash(resumed));
    }

    [Theory]
    [InlineData("concrete", OptimizerKind.Sgd)]
    [InlineData("straight-through", OptimizerKind.Adam)]
    [InlineData("muprop", OptimizerKind.Sgd)]
    [InlineData("rebar", OptimizerKind.Adam)]
    [InlineData("exact", OptimizerKind.Sgd)]
    [InlineData("local-expectation", OptimizerKind.Sgd)]
    public void In_a_stack_of_bits_one_two_or_three_threads_and_a_resumed_run_end_in_the_same_bits(string estimator, OptimizerKind optimizer)
    {
        string expected = Hash(1, resumes: false);
        Assert.Equal(expected, Hash(1, resumes: true));
        foreach (int threads in new[] { 2, 3 }) Assert.Equal(expected, Hash(threads, resumes: false));

        string Hash(int threads, bool resumes)
        {
            using WorkerTeam team = new(threads);
            Trainer trainer = Run(estimator, optimizer, 6, new ModelSettings { LatentLayers = [5, 3], GaussianLatents = 3 }, team);
            if (resumes)
            {
                Checkpoint.Capture(trainer, []).Save(folder.File("c"), overwrite: false);
                trainer = Checkpoint.Load(folder.File("c")).Resume(Digits, team);
            }

            for (int i = 0; i < 4; i++) trainer.TakeStep(StepPhases.Both);
            return SmallRuns.Hash(trainer);
        }
    }

    [Fact]
    public void Without_them_a_machine_has_the_parameters_that_it_always_had()
    {
        HelmholtzMachine with = Run("nvil", OptimizerKind.Adam, 0, Model, WorkerTeam.Single).Machine;
        HelmholtzMachine without = Run("nvil", OptimizerKind.Adam, 0, Model with { GaussianLatents = 0 }, WorkerTeam.Single).Machine;
        Assert.Equal(["generative.0.gaussian", "recognition.gaussian.weights", "recognition.gaussian.biases"],
            with.Parameters.Select(parameter => parameter.Name).Except(without.Parameters.Select(parameter => parameter.Name)));
        foreach (Parameter parameter in without.Parameters)
            Assert.Equal(parameter.Value.Flat.ToArray(), with.Parameters.Single(other => other.Name == parameter.Name).Value.Flat.ToArray());
    }

    [Fact]
    public void Real_valued_units_explain_what_bits_leave_over()
    {
        ModelSettings few = new() { LatentLayers = [2], HiddenLayers = [16] };
        double with = Elbo(few with { GaussianLatents = 2 }), without = Elbo(few);
        Assert.True(with > without + 1, $"{with} against {without}");

        double Elbo(ModelSettings model) => Bounds.Elbo(
            Run("nvil", OptimizerKind.Adam, 300, model, WorkerTeam.Single).Machine, Digits.Test, 297, 5, 1, WorkerTeam.Single).Value;
    }

    private static Trainer Run(string estimator, OptimizerKind optimizer, int steps, ModelSettings model, WorkerTeam team)
    {
        double rate = optimizer == OptimizerKind.Adam ? 0.01 : 0.05;
        TrainingSettings settings = new()
        {
            Estimator = estimator,
            Samples = 2,
            BatchSize = 50,
            Optimizer = optimizer,
            GenerativeRate = rate,
            RecognitionRate = rate,
        };
        Trainer trainer = new(Digits, model, settings, 1, team);
        for (int i = 0; i < steps; i++) trainer.TakeStep(StepPhases.Both);
        Assert.Null(trainer.FindNonFinite());
        return trainer;
    }
}
