using System.Globalization;
using DreamViz.Engine;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Commands.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Screens.Software;

namespace DreamViz.Viz.Commands.Comparing;

/// <summary>One comparison: runs one after the other, the table, the file and the plot.</summary>
internal sealed class ComparisonJob : IDisposable
{
    private readonly ComparisonPlan plan;
    private readonly string? json;
    private readonly TextWriter output;
    private readonly HeldOutChoice heldOut;
    private readonly WorkerTeam team;
    private readonly List<ComparedRun> runs;
    private readonly List<string> refusals = [];

    /// <param name="plan">What is compared.</param>
    /// <param name="json">Where results go, or null.</param>
    /// <param name="beside">Earlier results, or null.</param>
    /// <param name="output">Receives progress and the table.</param>
    /// <exception cref="InvalidInputException">A file cannot be read or written.</exception>
    public ComparisonJob(ComparisonPlan plan, string? json, string? beside, TextWriter output)
    {
        (this.plan, this.json, this.output) = (plan, json, output);
        heldOut = HeldOutChoice.ForFigures(plan.Setup.Data);
        runs = beside is null ? [] : [.. ComparisonFile.Read(beside).Where(run => plan.Estimators.All(e => e.Key != run.Estimator))];
        Save();
        team = new WorkerTeam(plan.Setup.Threads);
    }

    /// <summary>Best ELBO first.</summary>
    private IReadOnlyList<ComparedRun> Sorted => [.. runs.OrderByDescending(run => run.Elbo.Value)];

    /// <summary>All runs, then the table.</summary>
    public void Run(CancellationToken stop)
    {
        output.WriteLine(Describe());
        foreach (EstimatorDescription description in plan.Estimators) Run(EstimatorCatalog.Create(description.Key), stop);
        ComparisonTable.Print(output, Sorted);
        foreach (string refusal in refusals) output.WriteLine($"Without a figure: {refusal}");
    }

    /// <summary>Draws the plot.</summary>
    /// <exception cref="InvalidInputException">The file cannot be written.</exception>
    public void Draw(string path, (int Width, int Height) size)
    {
        if (runs.Count == 0) throw new InvalidInputException($"--plot {path}: expected at least one estimator with a figure, found none");
        DrawList list = new();
        Canvas canvas = new(list, GlyphCache.Shared);
        canvas.Begin(size.Width, size.Height);
        double floor = IndependentFloor.Compute(plan.Setup.Data.Training, heldOut.Examples, plan.Setup.Data.Units);
        new ComparisonChart(Sorted, floor) { Subject = Subject(), Judged = Judged(), Refusals = refusals }.Draw(canvas);
        SoftwareScreen screen = new(size.Width, size.Height);
        screen.Draw(list);
        DurableFile.Write(path, overwrite: true, stream => PngWriter.Write(stream, screen.Pixels, size.Width, size.Height));
    }

    /// <inheritdoc/>
    public void Dispose() => team.Dispose();

    private void Run(Estimator estimator, CancellationToken stop)
    {
        string key = estimator.Description.Key;
        if (plan.Refusal(estimator) is { } refusal)
        {
            refusals.Add(refusal);
            return;
        }

        try
        {
            ComparedRun run = new ComparisonTrainer(plan, heldOut.Examples, team, stop).Run(estimator);
            runs.Add(run);
            Save();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{key}: {run.Elbo.Name} {run.Elbo.Value:0.00}, {run.Weighted.Name} {run.Weighted.Value:0.00}, {run.Steps:N0} steps in {run.Seconds:0.0} s"));
        }
        catch (InvalidInputException failure)
        {
            refusals.Add(failure.Message);
        }
    }

    private void Save()
    {
        if (json is not null) DurableFile.Write(json, overwrite: true, stream => ComparisonFile.Write(stream, Sorted));
    }

    private string Describe() => $"{Subject()}, seed {plan.Setup.Seed}, threads {plan.Setup.Threads}; {Judged()}";

    private string Subject()
    {
        TrainingSettings training = plan.Setup.Preset.Training;
        string decay = training.RateDecaySteps > 0 ? string.Create(CultureInfo.InvariantCulture, $"/(1 + t/{training.RateDecaySteps})") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Setup.Data.Name}, network {plan.Shape}, {plan.Steps:N0} steps of {training.BatchSize} examples, {training.Optimizer} {training.GenerativeRate}{decay}");
    }

    private string Judged() =>
        $"nats per example, {heldOut.Describe(Math.Min(plan.Examples, heldOut.Examples.Count), plan.Setup.Data)}";
}
