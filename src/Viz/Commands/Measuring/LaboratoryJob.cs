using System.Globalization;
using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands.Measuring;

/// <summary>Trains, freezes, measures, and tells.</summary>
internal sealed class LaboratoryJob(LaboratoryPlan plan, LaboratoryFiles files, WorkerTeam team)
{
    private const int Slice = 64;

    /// <summary>Does it all.</summary>
    /// <exception cref="InvalidInputException">The machine or the data does not allow it.</exception>
    public void Run(TextWriter output, CancellationToken stop)
    {
        (HelmholtzMachine machine, long step) = Freeze(stop);
        int[] examples = Examples();
        BitMatrix batch = new(0, 0);
        Dataset data = plan.Setup.Data;
        TrainingSettings settings = plan.Setup.Preset.Training;
        data.Training.Read(examples, plan.Setup.Seed, 0, batch);
        int[] labels = LabelChoice.Given(data.Training, machine.Shape.Classes, plan.Setup.Seed, settings.LabeledExamples, examples);
        FrozenRun frozen = new(machine, batch, data.Training, settings, plan.Setup.Seed, labels);
        EstimatorLaboratory laboratory = new(
            frozen, plan.Laboratory, [.. plan.Estimators.Select(key => (key, plan.SamplesOf(key)))], team, TimeProvider.System);
        IReadOnlyList<ExcludedEstimator> excluded = laboratory.Read().Excluded;
        if (excluded.Count == plan.Estimators.Count)
            throw new InvalidInputException($"--estimators: expected one that this network allows, found none; {excluded[0].Reason}");
        while (!laboratory.IsDone && !stop.IsCancellationRequested) laboratory.Advance(Slice);
        stop.ThrowIfCancellationRequested();
        LaboratoryResult result = laboratory.Read();
        LaboratoryReport report = new(plan, frozen, result, step);
        report.Print(output);
        if (files.Json is { } json) DurableFile.Write(json, files.Overwrite, stream => LaboratoryJson.Write(stream, frozen, result, step));
        if (files.Picture is not { } picture) return;
        FrozenWeights weights = new(frozen.Machine, batch, data, frozen.Settings, frozen.Seed, step, labels);
        DurableFile.Write(picture, files.Overwrite, stream => LaboratoryPicture.Write(stream, weights, result, plan.Laboratory.Basis));
    }

    private (HelmholtzMachine Machine, long Step) Freeze(CancellationToken stop)
    {
        if (plan.Saved is { } saved) return (saved.CreateMachine(), saved.Cursor.Step);
        Trainer trainer = new(plan.Setup.Data, plan.Setup.Preset.Model, plan.Setup.Preset.Training, plan.Setup.Seed, team);
        while (trainer.Step < plan.Steps)
        {
            stop.ThrowIfCancellationRequested();
            trainer.TakeStep(StepPhases.Both);
            if (trainer.FindNonFinite() is { } name)
                throw new InvalidInputException(string.Create(
                    CultureInfo.InvariantCulture, $"{name} became non-finite at step {trainer.Step}: expected a lower --rate, or fewer --steps"));
        }

        return (trainer.Machine, trainer.Step);
    }

    private int[] Examples()
    {
        int count = plan.Setup.Data.Training.Count;
        if (plan.Examples > count)
            throw new InvalidInputException($"--examples {plan.Examples}: expected at most the {count} training examples");
        return [.. Enumerable.Range(0, plan.Examples)];
    }
}
