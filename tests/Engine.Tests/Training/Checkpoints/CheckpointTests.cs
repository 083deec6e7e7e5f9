using System.Text.Json.Nodes;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Engine.Tests.Training.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, OptimizerKind.Adam)]
    [InlineData(2, OptimizerKind.Adam)]
    [InlineData(1, OptimizerKind.Momentum)]
    [InlineData(2, OptimizerKind.Sgd)]
    public void A_resumed_run_continues_bit_for_bit(int threads, OptimizerKind optimizer)
    {
        using WorkerTeam team = new(threads);
        TrainingSettings settings = SmallRuns.Settings with { Optimizer = optimizer, BatchSize = 17, RateDecaySteps = 100 };
        Trainer straight = SmallRuns.Trainer(3, settings);
        Run(straight, 100);
        Trainer first = SmallRuns.Trainer(3, settings, team);
        Run(first, 50);
        Trainer second = Reload(first).Resume(SmallRuns.Bars, team);
        Assert.Equal(SmallRuns.Hash(first), SmallRuns.Hash(second));
        Run(second, 50);
        Assert.Equal(SmallRuns.Hash(straight), SmallRuns.Hash(second));
    }

    [Theory]
    [InlineData("running-baseline")]
    [InlineData("nvil")]
    public void A_resumed_run_remembers_its_baselines(string estimator)
    {
        TrainingSettings settings = SmallRuns.Settings with { Estimator = estimator, Samples = 1, BaselineWidth = 9 };
        Trainer straight = SmallRuns.Trainer(3, settings);
        Run(straight, 50);
        Trainer resumed = Reload(straight).Resume(SmallRuns.Bars, WorkerTeam.Single);
        Assert.Equal(50, resumed.Cursor.EstimatorUpdates);
        Run(straight, 50);
        Run(resumed, 50);
        Assert.Equal(SmallRuns.Hash(straight), SmallRuns.Hash(resumed));
    }

    [Fact]
    public void A_checkpoint_from_before_there_were_baselines_is_read()
    {
        Trainer trainer = SmallRuns.Trainer();
        Run(trainer, 5);
        Checkpoint.Capture(trainer, []).Save(folder.File("c"), overwrite: false);
        SafeTensorsContent content = SafeTensorsContent.Read(folder.File("c"));
        Dictionary<string, string> metadata = new(content.Metadata);
        foreach (string key in new[] { "settings", "cursor" })
        {
            JsonObject old = JsonNode.Parse(metadata[key])!.AsObject();
            foreach (string name in new[] { "baseline_decay", "baseline_width", "baseline_rate", "estimator_updates" }) old.Remove(name);
            Assert.NotEqual(metadata[key], metadata[key] = old.ToJsonString());
        }

        using (FileStream stream = File.Create(folder.File("c"))) SafeTensors.Write(stream, metadata, Matrices(content));
        Assert.Equal(SmallRuns.Hash(trainer), SmallRuns.Hash(Checkpoint.Load(folder.File("c")).Resume(SmallRuns.Bars, WorkerTeam.Single)));
    }

    [Theory]
    [InlineData("nvil", true)]
    [InlineData("running-baseline", true)]
    [InlineData("black-box", false)]
    public void A_checkpoint_of_documents_from_before_baselines_were_per_word_is_read_and_its_baselines_begin_anew(string estimator, bool loses)
    {
        Dataset topics = DataCatalog.Open("topic-bars");
        TrainingSettings settings = new() { Estimator = estimator, Samples = 1, BaselineWidth = 9, BatchSize = 20 };
        Trainer trainer = new(topics, new ModelSettings { LatentLayers = [5] }, settings, 1, WorkerTeam.Single);
        Run(trainer, 10);
        Assert.False(Reload(trainer).LosesBaselines);
        SafeTensorsContent content = SafeTensorsContent.Read(folder.File("checkpoint"));
        Dictionary<string, string> metadata = new(content.Metadata) { ["format"] = "dreamviz-checkpoint-1" };
        using (FileStream stream = File.Create(folder.File("c")))
            SafeTensors.Write(stream, metadata, [.. Matrices(content).Where(matrix => !matrix.Item1.StartsWith("baseline.0.linear", StringComparison.Ordinal))]);

        Checkpoint older = Checkpoint.Load(folder.File("c"));
        Trainer resumed = older.Resume(topics, WorkerTeam.Single);
        Assert.Equal(loses, older.LosesBaselines);
        Assert.Equal((10, loses ? 0 : 10), (resumed.Step, resumed.Cursor.EstimatorUpdates));
        foreach ((Parameter ours, Parameter theirs) in trainer.Machine.Parameters.Zip(resumed.Machine.Parameters))
            Assert.True(ours.Value.Flat.SequenceEqual(theirs.Value.Flat), ours.Name);
        Run(resumed, 10);
        Assert.Null(resumed.FindNonFinite());
        Assert.Equal(loses ? 10 : 20, resumed.Cursor.EstimatorUpdates);
    }

    [Theory]
    [InlineData(AutoregressiveParts.All)]
    [InlineData(AutoregressiveParts.Prior | AutoregressiveParts.Recognition)]
    [InlineData(AutoregressiveParts.Likelihood)]
    public void A_resumed_run_remembers_what_is_autoregressive(AutoregressiveParts parts)
    {
        Trainer straight = SmallRuns.Trainer(3, model: SmallRuns.Model with { Autoregressive = parts });
        Run(straight, 30);
        Trainer resumed = Reload(straight).Resume(SmallRuns.Bars, WorkerTeam.Single);
        Assert.Equal(parts, resumed.Machine.Settings.Autoregressive);
        Run(straight, 30);
        Run(resumed, 30);
        Assert.Equal(SmallRuns.Hash(straight), SmallRuns.Hash(resumed));
    }

    [Fact]
    public void A_resumed_run_remembers_its_fixed_prior()
    {
        Trainer straight = SmallRuns.Trainer(3, model: SmallRuns.Model with { FixedPrior = 0.2 });
        Run(straight, 30);
        Checkpoint saved = Reload(straight);
        Trainer resumed = saved.Resume(SmallRuns.Bars, WorkerTeam.Single);
        Assert.Equal(0.2, resumed.Machine.Settings.FixedPrior);
        Assert.True(straight.Machine.Generative.PriorBiases.SequenceEqual(resumed.Machine.Generative.PriorBiases));
        Assert.True(straight.Machine.Generative.PriorBiases.SequenceEqual(saved.CreateMachine().Generative.PriorBiases));
        Run(straight, 30);
        Run(resumed, 30);
        Assert.Equal(SmallRuns.Hash(straight), SmallRuns.Hash(resumed));
    }

    [Theory]
    [InlineData("autoregressive")]
    [InlineData("fixed_prior")]
    public void A_checkpoint_from_before_there_was_a_choice_of_layers_is_read(string choice)
    {
        Trainer trainer = SmallRuns.Trainer();
        Checkpoint.Capture(trainer, []).Save(folder.File("c"), overwrite: false);
        SafeTensorsContent content = SafeTensorsContent.Read(folder.File("c"));
        Dictionary<string, string> metadata = new(content.Metadata);
        JsonObject old = JsonNode.Parse(metadata["model"])!.AsObject();
        Assert.True(old.Remove(choice));
        metadata["model"] = old.ToJsonString();
        using (FileStream stream = File.Create(folder.File("c"))) SafeTensors.Write(stream, metadata, Matrices(content));
        Assert.Equal(SmallRuns.Hash(trainer), SmallRuns.Hash(Checkpoint.Load(folder.File("c")).Resume(SmallRuns.Bars, WorkerTeam.Single)));
    }

    [Fact]
    public void A_checkpoint_whose_units_see_those_behind_them_is_refused()
    {
        Trainer trainer = SmallRuns.Trainer(model: SmallRuns.Model with { Autoregressive = AutoregressiveParts.Prior });
        trainer.Machine.Generative.Prior.SiblingWeights![2, 1] = 0.5f;
        Checkpoint damaged = Reload(trainer);
        foreach (Action use in new Action[] { () => damaged.Resume(SmallRuns.Bars, WorkerTeam.Single), () => damaged.CreateMachine() })
        {
            string message = Assert.Throws<InvalidInputException>(use).Message;
            Assert.Equal("checkpoint: expected zeros at and below the diagonal of prior.siblings, found 0.5 in row 3, column 2", message);
        }
    }

    [Fact]
    public void Everything_about_the_run_comes_back()
    {
        ModelSettings model = new() { LatentLayers = [7, 3], HiddenLayers = [5], Activation = Activation.LeakyRelu, VisibleBias = -4 };
        Trainer trainer = SmallRuns.Trainer(ulong.MaxValue, model: model);
        LoggedCommand[] commands =
        [
            new(3, new ChangeSettings(SmallRuns.Settings with { GenerativeRate = 0.1 + 0.2 })),
            new(4, new TakeStep(StepPhases.Wake)),
            new(5, new GoBack()),
            new(6, new Restart(ulong.MaxValue)),
        ];
        Checkpoint.Capture(trainer, commands).Save(folder.File("c"), overwrite: false);
        Checkpoint loaded = Checkpoint.Load(folder.File("c"));
        Assert.Equal("Bars 4×4, p = 0.25", loaded.DatasetName);
        Assert.Equal(ulong.MaxValue, loaded.Seed);
        Assert.Equal(SmallRuns.Settings, loaded.Settings);
        Assert.Equal(trainer.Cursor, loaded.Cursor);
        Assert.Equal(commands, loaded.Commands);
        Assert.Equal(model.LatentLayers, loaded.Model.LatentLayers);
        Assert.Equal(model.HiddenLayers, loaded.Model.HiddenLayers);
        Assert.Equal((model.Activation, model.VisibleBias), (loaded.Model.Activation, loaded.Model.VisibleBias));
    }

    [Fact]
    public void The_machine_alone_comes_back()
    {
        Trainer trainer = SmallRuns.Trainer();
        Run(trainer, 5);
        HelmholtzMachine machine = Reload(trainer).CreateMachine();
        foreach ((Parameter ours, Parameter theirs) in trainer.Machine.Parameters.Zip(machine.Parameters))
            for (int r = 0; r < ours.Value.Rows; r++)
                Assert.Equal(ours.Value.Row(r).ToArray(), theirs.Value.Row(r).ToArray());
    }

    [Fact]
    public void What_is_captured_does_not_change_while_training_goes_on()
    {
        Trainer trainer = SmallRuns.Trainer();
        Checkpoint captured = Checkpoint.Capture(trainer, []);
        string before = SmallRuns.Hash(trainer);
        Run(trainer, 5);
        captured.Save(folder.File("c"), overwrite: false);
        Assert.Equal(before, SmallRuns.Hash(Checkpoint.Load(folder.File("c")).Resume(SmallRuns.Bars, WorkerTeam.Single)));
    }

    [Fact]
    public void Data_of_another_size_is_refused_in_one_clear_line()
    {
        Checkpoint checkpoint = Reload(SmallRuns.Trainer());
        InvalidInputException e = Assert.Throws<InvalidInputException>(
            () => checkpoint.Resume(DataCatalog.Open("bars:5"), WorkerTeam.Single));
        Assert.Equal("checkpoint of layers 16-12-4: expected data of 16 units, found Bars 5×5, p = 0.2 of 25", e.Message);
    }

    [Fact]
    public void A_state_that_is_not_finite_is_never_saved()
    {
        Trainer trainer = SmallRuns.Trainer();
        trainer.Machine.Parameters[1].Value[0, 0] = float.NaN;
        InvalidInputException e = Assert.Throws<InvalidInputException>(() => Checkpoint.Capture(trainer, []));
        Assert.Contains(trainer.Machine.Parameters[1].Name, e.Message);
    }

    [Theory]
    [InlineData("format", "dreamviz-checkpoint-9")]
    [InlineData("format", null)]
    [InlineData("dataset", null)]
    [InlineData("seed", "-1")]
    [InlineData("seed", "18446744073709551616")]
    [InlineData("visible_units", "1e400")]
    [InlineData("visible_units", "1000000000")]
    [InlineData("model", "null")]
    [InlineData("model", "{\"latent_layers\":null}")]
    [InlineData("model", "{\"latent_layers\":[12,5]}")]
    [InlineData("model", "{\"latent_layers\":[12,4],\"hidden_layers\":[3]}")]
    [InlineData("model", "{\"latent_layers\":[2147483647]}")]
    [InlineData("model", "{\"latent_layers\":[12,4],\"latent_layers\":[12,4]}")]
    [InlineData("settings", "{\"batch_size\":0}")]
    [InlineData("settings", "{\"estimator\":\"magic\"}")]
    [InlineData("settings", "{\"unknown\":1}")]
    [InlineData("cursor", "{}")]
    [InlineData("cursor", "{\"step\":-1,\"wake_steps\":0,\"epoch\":0,\"position\":0,\"generative_updates\":0,\"recognition_updates\":0}")]
    [InlineData("cursor", "{\"step\":1,\"wake_steps\":0,\"epoch\":0,\"position\":2000000000,\"generative_updates\":0,\"recognition_updates\":0}")]
    [InlineData("commands", "[{\"step\":1,\"command\":{\"kind\":\"format-disk\"}}]")]
    [InlineData("commands", "[null")]
    public void Metadata_that_no_run_has_is_refused_by_one_exception(string key, string? value)
    {
        Checkpoint.Capture(SmallRuns.Trainer(), []).Save(folder.File("c"), overwrite: false);
        SafeTensorsContent content = SafeTensorsContent.Read(folder.File("c"));
        Dictionary<string, string> metadata = new(content.Metadata);
        if (value is null) metadata.Remove(key);
        else metadata[key] = value;
        using (FileStream stream = File.Create(folder.File("c"))) SafeTensors.Write(stream, metadata, Matrices(content));
        InvalidInputException e = Assert.Throws<InvalidInputException>(
            () => Checkpoint.Load(folder.File("c")).Resume(SmallRuns.Bars, WorkerTeam.Single));
        Assert.DoesNotContain('\n', e.Message);
    }

    private static (string, Matrix)[] Matrices(SafeTensorsContent content) =>
    [
        .. content.Names.Select(name =>
        {
            Matrix matrix = new(content.Shape(name).Rows, content.Shape(name).Columns);
            content.CopyTo(name, matrix);
            return (name, matrix);
        }),
    ];

    private Checkpoint Reload(Trainer trainer)
    {
        Checkpoint.Capture(trainer, []).Save(folder.File("checkpoint"), overwrite: false);
        return Checkpoint.Load(folder.File("checkpoint"));
    }

    private static void Run(Trainer trainer, int steps)
    {
        for (int i = 0; i < steps; i++) trainer.TakeStep(StepPhases.Both);
    }
}
