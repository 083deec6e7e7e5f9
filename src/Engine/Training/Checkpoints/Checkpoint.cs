using System.Globalization;
using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Baselines;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Training.Checkpoints;

/// <summary>All that a run needs to continue bit for bit: parameters, the optimizers' state, seed, settings, place in the
/// data, and the commands that led here. Saved as safetensors, the matrices by name, the rest as metadata.</summary>
public sealed class Checkpoint
{
    private const string FormatName = "dreamviz-checkpoint-2";
    private const string OlderFormatName = "dreamviz-checkpoint-1";

    private readonly IReadOnlyList<NamedMatrix> matrices;
    private readonly bool isOlder;

    private Checkpoint(IReadOnlyList<NamedMatrix> matrices, bool isOlder = false) => (this.matrices, this.isOlder) = (matrices, isOlder);

    /// <summary>The name of the dataset that the run learned from.</summary>
    public required string DatasetName { get; init; }

    /// <summary>D, visible units.</summary>
    public required int VisibleUnits { get; init; }

    /// <summary>The seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The machine's shape.</summary>
    public required ModelSettings Model { get; init; }

    /// <summary>The settings of the next step.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Where the run stands.</summary>
    public required TrainerCursor Cursor { get; init; }

    /// <summary>Every command that changed the run, oldest first.</summary>
    public required IReadOnlyList<LoggedCommand> Commands { get; init; }

    /// <summary>Whether <see cref="Resume"/> lets the estimator begin anew: up to version 1 of the format, baselines judged documents as
    /// wholes, not per word, and what they learned is of no use any more. Everything else goes on.</summary>
    public bool LosesBaselines =>
        isOlder && Model.DocumentLengths.Count > 0 && EstimatorCatalog.Create(Settings.Estimator) is BaselineEstimator;

    /// <summary>Copies the state of a trainer between two steps.</summary>
    /// <exception cref="InvalidInputException">A parameter is not finite: such a state is never saved.</exception>
    public static Checkpoint Capture(Trainer trainer, IReadOnlyList<LoggedCommand> commands)
    {
        if (trainer.FindNonFinite() is { } name)
            throw new InvalidInputException($"checkpoint: expected finite parameters, found others in {name}");
        return new Checkpoint([.. trainer.State.Select(Copy)])
        {
            DatasetName = trainer.Data.Name,
            VisibleUnits = trainer.Data.Units,
            Seed = trainer.Seed,
            Model = trainer.Machine.Settings,
            Settings = trainer.Settings,
            Cursor = trainer.Cursor,
            Commands = commands,
        };
    }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, is damaged, or is no checkpoint.</exception>
    public static Checkpoint Load(string path)
    {
        SafeTensorsContent content = SafeTensorsContent.Read(path);
        CheckpointMetadata metadata = new(content.Metadata, path);
        bool isOlder = metadata.Text("format") == OlderFormatName;
        if (!isOlder) metadata.Expect("format", FormatName);
        return new Checkpoint([.. content.Names.Select(name => Matrix(content, name))], isOlder)
        {
            DatasetName = metadata.Text("dataset"),
            VisibleUnits = metadata.Json<int>("visible_units"),
            Seed = metadata.Json<ulong>("seed"),
            Model = metadata.Json<ModelSettings>("model"),
            Settings = metadata.Json<TrainingSettings>("settings"),
            Cursor = metadata.Json<TrainerCursor>("cursor"),
            Commands = metadata.Json<LoggedCommand[]>("commands"),
        };
    }

    /// <summary>Writes the file durably.</summary>
    /// <exception cref="InvalidInputException">It cannot be written; a file that was there is intact.</exception>
    public void Save(string path, bool overwrite)
    {
        Dictionary<string, string> metadata = new()
        {
            ["format"] = FormatName,
            ["dataset"] = DatasetName,
            ["visible_units"] = VisibleUnits.ToString(CultureInfo.InvariantCulture),
            ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
            ["model"] = CheckpointMetadata.ToJson(Model),
            ["settings"] = CheckpointMetadata.ToJson(Settings),
            ["cursor"] = CheckpointMetadata.ToJson(Cursor),
            ["commands"] = CheckpointMetadata.ToJson(Commands),
        };
        (string, Matrix)[] tensors = [.. matrices.Select(m => (m.Name, m.Matrix))];
        DurableFile.Write(path, overwrite, stream => SafeTensors.Write(stream, metadata, tensors));
    }

    /// <summary>A trainer that continues the run bit for bit, if the data are the same and unless it <see cref="LosesBaselines"/>.
    /// </summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="team">Who computes; stays the caller's.</param>
    /// <exception cref="InvalidInputException">The layers do not fit the data, or the state does not fit the layers.</exception>
    public Trainer Resume(Dataset data, WorkerTeam team)
    {
        CheckFits(data);
        Trainer trainer = new(data, Model, Settings, Seed, team);
        HashSet<string> lost = LosesBaselines ? [.. trainer.Estimator.State.Select(matrix => matrix.Name)] : [];
        CopyTo([.. trainer.State.Where(matrix => !lost.Contains(matrix.Name))]);
        CheckOrder(trainer.Machine);
        trainer.Restore(LosesBaselines ? Cursor with { EstimatorUpdates = 0 } : Cursor);
        if (trainer.FindNonFinite() is { } name)
            throw new InvalidInputException($"checkpoint: expected finite parameters, found others in {name}");
        return trainer;
    }

    /// <summary>The machine alone, for evaluation and dreams.</summary>
    /// <exception cref="InvalidInputException">The state does not fit the layers.</exception>
    public HelmholtzMachine CreateMachine()
    {
        HelmholtzMachine machine = new(new double[VisibleUnits], Model, VisibleUnits, Seed);
        NamedMatrix[] parameters = [.. machine.Parameters.Select(p => new NamedMatrix(p.Name, p.Value))];
        CopyTo(parameters);
        CheckOrder(machine);
        return machine;
    }

    /// <exception cref="InvalidInputException">The layers do not fit the data.</exception>
    public void CheckFits(Dataset data)
    {
        if (data.Units != VisibleUnits)
            throw new InvalidInputException($"checkpoint of layers {VisibleUnits}-{string.Join('-', Model.LatentLayers)}: "
                + $"expected data of {VisibleUnits} units, found {data.Name} of {data.Units}");
        if (Model.DocumentLengths.Count > 0 != data.Vocabulary is not null)
            throw new InvalidInputException($"checkpoint: expected data of {(data.Vocabulary is null ? "documents" : "pictures")}, "
                + $"found {data.Name}");
    }

    private void CopyTo(NamedMatrix[] live)
    {
        Dictionary<string, Matrix> saved = matrices.ToDictionary(m => m.Name, m => m.Matrix);
        foreach ((string name, Matrix matrix) in live)
        {
            if (!saved.TryGetValue(name, out Matrix? source))
                throw new InvalidInputException($"checkpoint: expected a matrix {name}, found none");
            if ((source.Rows, source.Columns) != (matrix.Rows, matrix.Columns))
                throw new InvalidInputException($"checkpoint: expected {name} as [{matrix.Rows}, {matrix.Columns}], "
                    + $"found [{source.Rows}, {source.Columns}]");
            matrix.CopyFrom(source);
        }
    }

    /// <summary>A unit that saw itself or those behind it would have no probability.</summary>
    private static void CheckOrder(HelmholtzMachine machine)
    {
        foreach (ConditionalLayer layer in machine.Generative.Layers.Concat(machine.Recognition.Layers))
        {
            if (layer.SiblingWeights is not { } siblings) continue;
            for (int j = 0; j < siblings.Rows; j++)
            {
                int i = siblings.Row(j)[..(j + 1)].IndexOfAnyExcept(0f);
                if (i < 0) continue;
                string name = layer.Parameters.Single(parameter => parameter.Value == siblings).Name;
                throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                    $"checkpoint: expected zeros at and below the diagonal of {name}, found {siblings[j, i]} in row {j + 1}, column {i + 1}"));
            }
        }
    }

    private static NamedMatrix Copy(NamedMatrix source)
    {
        Matrix copy = new(source.Matrix.Rows, source.Matrix.Columns);
        copy.CopyFrom(source.Matrix);
        return source with { Matrix = copy };
    }

    private static NamedMatrix Matrix(SafeTensorsContent content, string name)
    {
        (int rows, int columns) = content.Shape(name);
        Matrix matrix = new(rows, columns);
        content.CopyTo(name, matrix);
        return new NamedMatrix(name, matrix);
    }
}
