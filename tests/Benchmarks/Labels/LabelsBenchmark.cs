using System.CommandLine;
using System.Globalization;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;
using DreamViz.Viz.Commands;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Labels;

/// <summary><c>labels</c>: how often recognition misnames held-out digits when few of the training examples have a label.</summary>
internal static class LabelsBenchmark
{
    private const int Seeds = 3;

    public static Command Create()
    {
        Option<long?> steps = Values.Whole("--steps", "N", "Steps to a run; 2,000 where not given.", 1, 1_000_000);
        DocumentedCommand command = new(
            "labels", "Classification error on held-out digits by how many training examples keep their label.", "labels --steps 2000");
        command.Add(steps);
        command.SetRun((parse, _) => Run(parse.InvocationConfiguration.Output, (int)(parse.GetValue(steps) ?? 2000)));
        return command;
    }

    private static int Run(TextWriter output, int steps)
    {
        Preset preset = PresetCatalog.Find("draw-a-seven");
        Dataset data = preset.Data.Open(preset.Key);
        int all = data.Training.Count;
        output.WriteLine("| what learns | labels | seed 1 | seed 2 | seed 3 | mean |\n|---|---:|---:|---:|---:|---:|");
        Print(output, "recognition alone, from the labels", 100, seed => Alone(preset, data, 100, seed, steps));
        Print(output, "both networks, from all pictures; labels summed out", 100, seed => Both(preset, data, 100, LabelInference.Exact, seed, steps));
        Print(output, "the same; labels drawn", 100, seed => Both(preset, data, 100, LabelInference.Sampled, seed, steps));
        Print(output, "recognition alone, from the labels", all, seed => Alone(preset, data, all, seed, steps));
        Print(output, "both networks, from all pictures", all, seed => Both(preset, data, all, LabelInference.Sampled, seed, steps));
        return 0;
    }

    private static void Print(TextWriter output, string name, int labels, Func<ulong, double> measure)
    {
        double[] errors = [.. Enumerable.Range(1, Seeds).Select(seed => 100 * measure((ulong)seed))];
        string cells = string.Join(" | ", errors.Append(errors.Average()).Select(error => error.ToString("0.0", CultureInfo.InvariantCulture)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {labels:N0} | {cells} |"));
    }

    private static double Both(Preset preset, Dataset data, int labels, LabelInference inference, ulong seed, int steps)
    {
        TrainingSettings settings = preset.Training with { LabeledExamples = labels, LabelInference = inference };
        Trainer trainer = new(data, preset.Model, settings, seed, WorkerTeam.Single);
        for (int i = 0; i < steps; i++) trainer.TakeStep(StepPhases.Both);
        return Error(trainer.Machine, data);
    }

    /// <summary>The same recognition network, by log q(y | x) of the labelled examples and nothing else.</summary>
    private static double Alone(Preset preset, Dataset data, int labels, ulong seed, int steps)
    {
        var machine = new HelmholtzMachine(new double[data.Units], preset.Model, data.Units, seed);
        var choice = new LabelChoice(data.Training.Labels!, preset.Model.Classes, seed);
        int[] known = [.. Enumerable.Range(0, data.Training.Count).Where(n => choice.Of(n, labels) >= 0)];
        Optimizer optimizer = Optimizer.Create(OptimizerKind.Adam, machine.Recognition.Parameters);
        int batch = preset.Training.BatchSize;
        float[] weights = [.. Enumerable.Repeat(1f / batch, batch)];
        (int[] chosen, int[] given) = (new int[batch], new int[batch]);
        (MachineSample sample, BitMatrix pictures) = (new MachineSample(machine), new BitMatrix(0, 0));
        for (int step = 0; step < steps; step++)
        {
            for (int b = 0; b < batch; b++) chosen[b] = known[(step * batch + b) * 7919L % known.Length];
            for (int b = 0; b < batch; b++) given[b] = choice.Of(chosen[b], labels);
            data.Training.Read(chosen, seed, 0, pictures);
            sample.ObserveLabels(given);
            machine.Recognition.Sample(sample, pictures, 1, new StreamKey(seed, StreamPurpose.Wake, step), WorkerTeam.Single);
            ((LabeledLayer)machine.Recognition.Layers[0]).AccumulateObservedLabels(sample.Recognition(0), weights, WorkerTeam.Single);
            optimizer.Apply(preset.Training.RecognitionRate, preset.Training.Momentum, WorkerTeam.Single);
        }

        return Error(machine, data);
    }

    private static double Error(HelmholtzMachine machine, Dataset data) =>
        ClassificationError.Estimate(machine, data.Test, data.Test.Count, 1, 1, WorkerTeam.Single).Error;
}
