using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Tests.Estimators;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public class TrainerTests
{
    private static readonly Dataset Bars = TinyData.Bars(4);

    private static readonly TrainingSettings Reweighted = new()
    {
        Estimator = "reweighted-wake-sleep",
        Samples = 5,
        RecognitionLearning = RecognitionLearning.Both,
    };

    public static TheoryData<TrainingSettings> EveryWayToLearn() =>
    [
        new TrainingSettings(),
        new TrainingSettings { Samples = 3, Optimizer = OptimizerKind.Momentum, GenerativeRate = 0.03, RecognitionRate = 0.05 },
        Reweighted with { Optimizer = OptimizerKind.Adam, GenerativeRate = 0.01, RecognitionRate = 0.02, RateDecaySteps = 5000 },
        Reweighted with { RecognitionLearning = RecognitionLearning.Wake },
        Reweighted with { RecognitionLearning = RecognitionLearning.Sleep },
    ];

    /// <summary>The above, and every estimator with Adam.</summary>
    public static TheoryData<TrainingSettings> EveryWayAndEstimator() =>
    [
        .. EveryWayToLearn(),
        .. EstimatorCatalog.All.Select(e => new TrainingSettings
        {
            Estimator = e.Key,
            Samples = Math.Max(2, EstimatorCatalog.Create(e.Key).MinimumSamples),
            BaselineWidth = 30,
            Optimizer = OptimizerKind.Adam,
            GenerativeRate = 0.01,
            RecognitionRate = 0.01,
        }),
    ];

    [Theory]
    [MemberData(nameof(EveryWayToLearn))]
    public void Training_raises_the_exact_log_likelihood(TrainingSettings settings)
    {
        Trainer trainer = Create(settings, new ModelSettings { LatentLayers = [8, 4] });
        double before = ExactValue(trainer);
        Steps(trainer, 1500);
        Assert.True(ExactValue(trainer) > before + 1, $"{before} → {ExactValue(trainer)}");
        Assert.Null(trainer.FindNonFinite());
    }

    [Theory]
    [MemberData(nameof(EveryWayAndEstimator))]
    public void A_restored_run_continues_bit_for_bit(TrainingSettings settings)
    {
        var model = new ModelSettings { LatentLayers = SuitedLayers.Of(settings.Estimator, [12, 4]) };
        Trainer unbroken = Create(settings, model);
        Steps(unbroken, 37);
        Trainer resumed = Create(settings, model, seed: 7);
        Restore(unbroken, resumed);
        Steps(unbroken, 20);
        Steps(resumed, 20);
        Assert.Equal(Contents(unbroken), Contents(resumed));
        Assert.Equal(unbroken.Cursor, resumed.Cursor);
    }

    [Fact]
    public void A_seed_gives_a_run_and_another_seed_another()
    {
        (Trainer one, Trainer same, Trainer other) = (Create(Reweighted), Create(Reweighted), Create(Reweighted, seed: 8));
        foreach (Trainer trainer in new[] { one, same, other }) Steps(trainer, 10);
        Assert.Equal(Contents(one), Contents(same));
        Assert.NotEqual(Contents(one), Contents(other));
    }

    [Fact]
    public void Awake_only_the_generative_network_learns_and_asleep_only_the_recognition_network()
    {
        Trainer trainer = Create(new TrainingSettings());
        string Theta() => Text(trainer.Machine.Generative.Parameters);
        string Lambda() => Text(trainer.Machine.Recognition.Parameters);
        (string theta, string lambda) = (Theta(), Lambda());
        trainer.TakeStep(StepPhases.Wake);
        Assert.NotEqual(theta, Theta());
        Assert.Equal(lambda, Lambda());
        theta = Theta();
        trainer.TakeStep(StepPhases.Sleep);
        Assert.Equal(theta, Theta());
        Assert.NotEqual(lambda, Lambda());
        Assert.Equal((2, 1), (trainer.Cursor.Step, trainer.Cursor.WakeSteps));
    }

    [Fact]
    public void The_wake_world_shows_the_training_examples_and_the_logits_of_both_networks()
    {
        Trainer trainer = Create(Reweighted);
        HelmholtzMachine before = trainer.Machine.Clone();
        trainer.TakeStep(StepPhases.Wake);
        var example = new BitMatrix(0, 0);
        Assert.Equal(trainer.Settings.BatchSize * 5, trainer.WakeRows);
        for (int row = 0; row < trainer.WakeRows; row++)
        {
            Bars.Training.Read([trainer.WakeExample(row)], 0, 0, example);
            Assert.True(example.Row(0).SequenceEqual(trainer.WakeBits(0).Row(row)));
        }

        ConditionalLayer[] layers =
            [before.Generative.Layers[0], before.Recognition.Layers[0], before.Recognition.Layers[1]];
        BitMatrix[] parents = [trainer.WakeBits(1), trainer.WakeBits(0), trainer.WakeBits(1)];
        for (int l = 0; l < 3; l++) SameLogits(layers[l], parents[l], trainer.WakeLogits(l));
    }

    [Fact]
    public void The_dream_shows_the_logits_from_which_it_was_drawn()
    {
        Trainer trainer = Create(new TrainingSettings());
        HelmholtzMachine before = trainer.Machine.Clone();
        trainer.TakeStep(StepPhases.Sleep);
        Assert.Equal(trainer.Settings.BatchSize, trainer.DreamRows);
        for (int l = 0; l < 2; l++) SameLogits(before.Generative.Layers[l], trainer.DreamBits(l + 1), trainer.DreamLogits(l));
        for (int row = 0; row < trainer.DreamRows; row++)
            Assert.True(before.Generative.PriorBiases.SequenceEqual(trainer.DreamLogits(2).Row(row)));
    }

    [Theory]
    [InlineData("wake-sleep", RecognitionLearning.Both, 0, 1)]
    [InlineData("reweighted-wake-sleep", RecognitionLearning.Wake, 1, 0)]
    [InlineData("reweighted-wake-sleep", RecognitionLearning.Both, 0.5, 0.5)]
    [InlineData("reweighted-wake-sleep", RecognitionLearning.Sleep, 0, 1)]
    public void A_step_moves_each_network_by_its_own_rate_along_the_mean_gradient_of_its_phases(
        string key, RecognitionLearning learning, double wakeShare, double sleepShare)
    {
        Trainer trainer = Create(Reweighted with
        {
            Estimator = key,
            RecognitionLearning = learning,
            GenerativeRate = 0.2,
            RecognitionRate = 0.7,
            RateDecaySteps = 10,
        });
        Steps(trainer, 5);
        HelmholtzMachine expected = trainer.Machine.Clone();
        trainer.TakeStep(StepPhases.Both);

        Estimator estimator = EstimatorCatalog.Create(key);
        (MachineSample wake, MachineSample dream) = (new MachineSample(expected), new MachineSample(expected));
        var examples = new BitMatrix(20, 16);
        for (int b = 0; b < 20; b++) trainer.WakeBits(0).Row(5 * b).CopyTo(examples.Row(b));
        float[] mean = [.. Enumerable.Repeat(1f / 20, 20)];
        expected.Recognition.Sample(wake, examples, 5, new StreamKey(7, StreamPurpose.Wake, 5), WorkerTeam.Single);
        expected.Generative.ComputeLogits(wake, WorkerTeam.Single);
        estimator.AccumulateWake(expected, wake, mean, wakeShare, WorkerTeam.Single);
        Climb(expected.Generative.Parameters, 0.2 / 1.5);
        expected.Generative.Sample(dream, 20, new StreamKey(7, StreamPurpose.Sleep, 5), WorkerTeam.Single);
        expected.Recognition.ComputeLogits(dream, WorkerTeam.Single);
        estimator.AccumulateSleep(expected, dream, mean, sleepShare, WorkerTeam.Single);
        Climb(expected.Recognition.Parameters, 0.7 / 1.5);
        foreach ((Parameter want, Parameter got) in expected.Parameters.Zip(trainer.Machine.Parameters))
            foreach ((float w, float g) in want.Value.Flat.ToArray().Zip(got.Value.Flat.ToArray())) Assert.Equal(w, g, 2e-6f);
    }

    public static TheoryData<string, RecognitionLearning> EveryUpdate()
    {
        var updates = new TheoryData<string, RecognitionLearning>();
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            foreach (RecognitionLearning learning in Enum.GetValues<RecognitionLearning>()) updates.Add(estimator.Key, learning);
        }

        return updates;
    }

    /// <summary>Plain ascent may climb while gradients are accumulated; momentum without memory keeps them until the update.
    /// </summary>
    [Theory]
    [MemberData(nameof(EveryUpdate))]
    public void Climbing_at_once_gives_the_bits_of_climbing_later(string estimator, RecognitionLearning learning)
    {
        TrainingSettings settings = new()
        {
            Estimator = estimator,
            RecognitionLearning = learning,
            Samples = 3,
            BatchSize = 7,
            Momentum = 0,
        };
        ModelSettings model = new() { LatentLayers = [9], HiddenLayers = [5] };
        Trainer atOnce = Create(settings, model);
        Trainer later = Create(settings with { Optimizer = OptimizerKind.Momentum }, model);
        Steps(atOnce, 30);
        Steps(later, 30);
        foreach ((Parameter one, Parameter other) in atOnce.Machine.Parameters.Zip(later.Machine.Parameters))
            Assert.Equal(other.Value.Flat.ToArray(), one.Value.Flat.ToArray());
    }

    [Theory]
    [InlineData(StepPhases.Both)]
    [InlineData(StepPhases.Sleep)]
    public void A_dream_from_which_nobody_learns_is_the_same_whenever_it_is_looked_at(StepPhases last)
    {
        var settings = new TrainingSettings { Estimator = "score-function", GenerativeRate = 0.1 };
        (Trainer watched, Trainer alone) = (Create(settings), Create(settings));
        for (int step = 0; step < 5; step++)
        {
            foreach (Trainer trainer in new[] { watched, alone }) trainer.TakeStep(step < 4 ? StepPhases.Both : last);
            Assert.Equal(1, watched.DreamRows);
        }

        foreach (Trainer trainer in new[] { watched, alone }) trainer.TakeStep(StepPhases.Wake);
        for (int l = 0; l < watched.Machine.LayerSizes.Count; l++)
        {
            Assert.Equal(watched.DreamBits(l).Words, alone.DreamBits(l).Words);
            Assert.Equal(watched.DreamLogits(l).Row(0), alone.DreamLogits(l).Row(0));
        }
    }

    [Fact]
    public void Batch_size_samples_estimator_and_optimizer_may_change_in_mid_run()
    {
        Trainer trainer = Create(new TrainingSettings());
        Steps(trainer, 3);
        trainer.Settings = Reweighted with { BatchSize = 77, Samples = 7, Optimizer = OptimizerKind.Adam, GenerativeRate = 0.01 };
        Steps(trainer, 3);
        Assert.Equal((77 * 7, 77), (trainer.WakeRows, trainer.DreamRows));
        Assert.Equal(3 * 20 + 3 * 77, trainer.Epoch * 30 + trainer.Cursor.Position);
        trainer.Settings = new TrainingSettings { BatchSize = 1 };
        Steps(trainer, 3);
        Assert.Equal((1, 1), (trainer.WakeRows, trainer.DreamRows));
        Assert.Null(trainer.FindNonFinite());
    }

    [Fact]
    public void Visible_weights_stay_positive_where_the_model_wants_that()
    {
        Trainer trainer = Create(Reweighted, new ModelSettings { LatentLayers = [12, 4], NonNegativeVisibleWeights = true });
        for (int i = 0; i < 50; i++)
        {
            trainer.TakeStep(StepPhases.Both);
            foreach (float weight in trainer.Machine.Parameters[0].Value.Flat) Assert.True(weight >= 0);
        }
    }

    [Theory]
    [InlineData("784-500-300-100")]
    [InlineData("784-200-200")]
    [InlineData("64-32-16")]
    public void Networks_of_any_depth_run(string layers)
    {
        int[] sizes = [.. layers.Split('-').Select(int.Parse)];
        Dataset data = TinyData.Of(sizes[0], 1, 1, 2, 3, 4);
        var trainer = new Trainer(data, new ModelSettings { LatentLayers = sizes[1..] }, Reweighted, 1, WorkerTeam.Single);
        Steps(trainer, 2);
        Assert.Null(trainer.FindNonFinite());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_found_in_its_layer(float value)
    {
        Trainer trainer = Create(Reweighted);
        foreach (Parameter parameter in trainer.Machine.Parameters)
        {
            float sound = parameter.Value[0, 0];
            parameter.Value[0, 0] = value;
            Assert.Equal(parameter.Name, trainer.FindNonFinite());
            parameter.Value[0, 0] = sound;
        }

        Assert.Null(trainer.FindNonFinite());
    }

    [Fact]
    public void Settings_out_of_their_ranges_are_refused_and_the_old_ones_stay()
    {
        TrainingSettings good = Reweighted;
        Trainer trainer = Create(good);
        TrainingSettings[] bad =
        [
            good with { BatchSize = 0 }, good with { BatchSize = 501 }, good with { Samples = 0 }, good with { Samples = 51 },
            good with { GenerativeRate = double.NaN }, good with { RecognitionRate = 3 }, good with { GenerativeRate = 0 },
            good with { RateDecaySteps = -1 }, good with { RateDecaySteps = double.PositiveInfinity },
            good with { Momentum = 1 }, good with { Optimizer = (OptimizerKind)7 }, good with { Estimator = "magic" },
            good with { RecognitionLearning = (RecognitionLearning)(-1) }, good with { BaselineDecay = 1 },
            good with { BaselineWidth = 0 }, good with { BaselineRate = 0 }, good with { Estimator = "vimco", Samples = 1 },
            good with { Estimator = "exact" },
        ];
        foreach (TrainingSettings settings in bad)
        {
            var refusal = Assert.Throws<InvalidInputException>(() => trainer.Settings = settings);
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.Throws<InvalidInputException>(() => Create(settings));
        }

        Assert.Equal(good, trainer.Settings);
    }

    [Fact]
    public void A_cursor_that_does_not_fit_the_data_is_refused()
    {
        Trainer trainer = Create(Reweighted);
        TrainerCursor good = trainer.Cursor;
        TrainerCursor[] bad =
        [
            good with { Step = -1 }, good with { WakeSteps = -1 }, good with { Epoch = -1 }, good with { Position = -1 },
            good with { Position = 31 }, good with { GenerativeUpdates = -1 }, good with { RecognitionUpdates = -1 },
            good with { EstimatorUpdates = -1 },
        ];
        foreach (TrainerCursor cursor in bad) Assert.Throws<InvalidInputException>(() => trainer.Restore(cursor));
        Assert.Equal(good, trainer.Cursor);
    }

    private static Trainer Create(TrainingSettings settings, ModelSettings? model = null, ulong seed = 7) =>
        new(Bars, model ?? new ModelSettings { LatentLayers = [12, 4] }, settings, seed, WorkerTeam.Single);

    private static void Steps(Trainer trainer, int count)
    {
        for (int i = 0; i < count; i++) trainer.TakeStep(StepPhases.Both);
    }

    private static void Climb(IReadOnlyList<Parameter> parameters, double rate)
    {
        foreach (Parameter parameter in parameters)
        {
            for (int i = 0; i < parameter.Value.Flat.Length; i++)
                parameter.Value.Flat[i] += (float)(rate * parameter.Gradient.Flat[i]);
        }
    }

    private static void Restore(Trainer source, Trainer destination)
    {
        foreach ((NamedMatrix from, NamedMatrix to) in source.State.Zip(destination.State))
        {
            Assert.Equal(from.Name, to.Name);
            to.Matrix.CopyFrom(from.Matrix);
        }

        destination.Restore(source.Cursor);
    }

    private static string Contents(Trainer trainer) =>
        string.Join('\n', trainer.State.Select(m => $"{m.Name} {Convert.ToHexString(Bytes(m.Matrix))}"));

    private static string Text(IReadOnlyList<Parameter> parameters) =>
        string.Join('\n', parameters.Select(p => Convert.ToHexString(Bytes(p.Value))));

    private static ReadOnlySpan<byte> Bytes(Matrix matrix) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(matrix.Flat);

    private static void SameLogits(ConditionalLayer layer, BitMatrix parents, Matrix logits)
    {
        LayerPass pass = layer.CreatePass();
        layer.ComputeLogits(parents, 1, pass, WorkerTeam.Single);
        Assert.Equal((pass.Logits.Rows, pass.Logits.Columns), (logits.Rows, logits.Columns));
        for (int r = 0; r < logits.Rows; r++) Assert.True(pass.Logits.Row(r).SequenceEqual(logits.Row(r)));
    }

    private static double ExactValue(Trainer trainer) =>
        ExactLogLikelihood.Compute(trainer.Machine, trainer.Data.Training, 100, 1, WorkerTeam.Single).Value;
}
