using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

/// <summary>Runs of machines with a label, on the digits that come with the program.</summary>
public class LabeledTrainingTests
{
    private static readonly Dataset Digits = DataCatalog.Open("digits");

    private static readonly ModelSettings Model = new() { LatentLayers = [12], Classes = 10, HiddenLayers = [33] };

    private static readonly TrainingSettings Settings = new()
    {
        Estimator = "nvil",
        BatchSize = 50,
        LabeledExamples = 200,
        Optimizer = OptimizerKind.Adam,
        GenerativeRate = 0.01,
        RecognitionRate = 0.01,
    };

    [Theory]
    [InlineData(LabelInference.Exact, "nvil", OptimizerKind.Adam)]
    [InlineData(LabelInference.Sampled, "nvil", OptimizerKind.Sgd)]
    [InlineData(LabelInference.Exact, "vimco", OptimizerKind.Sgd)]
    [InlineData(LabelInference.Exact, "wake-sleep", OptimizerKind.Sgd)]
    [InlineData(LabelInference.Sampled, "wake-sleep", OptimizerKind.Momentum)]
    [InlineData(LabelInference.Exact, "analytic-kl", OptimizerKind.Sgd)]
    [InlineData(LabelInference.Sampled, "analytic-kl", OptimizerKind.Adam)]
    [InlineData(LabelInference.Sampled, "local-expectation", OptimizerKind.Sgd)]
    [InlineData(LabelInference.Sampled, "concrete", OptimizerKind.Sgd)]
    [InlineData(LabelInference.Sampled, "muprop", OptimizerKind.Momentum)]
    [InlineData(LabelInference.Exact, "straight-through", OptimizerKind.Adam)]
    public void One_two_or_three_threads_end_in_the_same_bits(LabelInference inference, string estimator, OptimizerKind optimizer)
    {
        TrainingSettings settings = Settings with { LabelInference = inference, Estimator = estimator, Samples = 2, Optimizer = optimizer };
        string expected = Hash(1);
        foreach (int threads in new[] { 2, 3 }) Assert.Equal(expected, Hash(threads));

        string Hash(int threads)
        {
            using WorkerTeam team = new(threads);
            return SmallRuns.Hash(Run(settings, 30, team: team));
        }
    }

    [Theory]
    [InlineData(LabelInference.Exact)]
    [InlineData(LabelInference.Sampled)]
    public void Known_labels_teach_recognition_to_name_pictures(LabelInference inference)
    {
        Trainer trainer = Run(Settings with { LabelInference = inference }, 400);
        LabelEstimate estimate = ClassificationError.Estimate(trainer.Machine, Digits.Test, 297, 1, 1, WorkerTeam.Single);
        Assert.Equal(297, estimate.Examples);
        Assert.InRange(estimate.Error, 0.01, 0.25);
    }

    [Fact]
    public void Without_labels_recognition_names_pictures_no_better_than_chance_allows() =>
        Assert.True(ClassificationError.Estimate(
            Run(Settings with { LabeledExamples = 0 }, 1).Machine, Digits.Test, 297, 1, 1, WorkerTeam.Single).Error > 0.7);

    [Fact]
    public void Wake_rows_say_which_example_they_explain_and_whether_its_label_is_known()
    {
        LabelChoice choice = new(Digits.Training.Labels!, 10, 1);
        foreach (LabelInference inference in Enum.GetValues<LabelInference>())
        {
            Trainer trainer = Run(Settings with { LabelInference = inference, LabeledExamples = 700, Samples = 2, Estimator = "vimco" }, 1);
            double shares = 0;
            for (int r = 0; r < trainer.WakeRows; r++)
            {
                int example = trainer.WakeExample(r), label = trainer.WakeLabel(r);
                Assert.Equal(choice.Of(example, 700), label);
                if (label >= 0) Assert.True(trainer.WakeBits(1)[r, label]);
                var bits = new BitMatrix(0, 0);
                Digits.Training.Read([example], 1, 0, bits);
                Assert.True(bits.Row(0).SequenceEqual(trainer.WakeBits(0).Row(r)));
                shares += trainer.WakeShare(r);
            }

            Assert.Equal(1, shares, 1e-5);
        }
    }

    [Fact]
    public void A_label_wants_data_with_labels_of_its_classes()
    {
        Refused(() => _ = new Trainer(SmallRuns.Bars, Model, Settings, 1, WorkerTeam.Single),
            "model, classes: expected 0 for data without labels, found 10 for Bars 4×4, p = 0.25");
        Refused(() => _ = new Trainer(Digits, Model with { Classes = 4 }, Settings, 1, WorkerTeam.Single),
            "data, label of example 5: expected 0 to 3, found 4");
        Refused(() => _ = new Trainer(Digits, Model with { Classes = 65 }, Settings, 1, WorkerTeam.Single),
            "model, classes: expected 0, or 2 to 64, found 65");
    }

    private static void Refused(Action action, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(action).Message);

    private static Trainer Run(TrainingSettings settings, int steps, WorkerTeam? team = null)
    {
        Trainer trainer = new(Digits, Model, settings, 1, team ?? WorkerTeam.Single);
        for (int i = 0; i < steps; i++) trainer.TakeStep(StepPhases.Both);
        Assert.Null(trainer.FindNonFinite());
        return trainer;
    }
}
