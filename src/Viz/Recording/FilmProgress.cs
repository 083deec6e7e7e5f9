using System.Diagnostics;
using System.Globalization;
using DreamViz.Viz.Commands;
using Spectre.Console;

namespace DreamViz.Viz.Recording;

/// <summary>Shows how a film goes on: a live bar on a terminal, a plain line every two seconds elsewhere.</summary>
internal sealed class FilmProgress
{
    private const double SecondsBetweenLines = 2;

    private readonly FilmPlan plan;
    private readonly Action<double, string> show;
    private readonly Stopwatch filming = new();

    private FilmProgress(FilmPlan plan, Action<double, string> show) => (this.plan, this.show) = (plan, show);

    /// <summary>The last line, once there is a result.</summary>
    public string? Result { get; set; }

    /// <summary>Runs the body, which reports now and then.</summary>
    public static void Show(TextWriter output, FilmPlan plan, Action<FilmProgress> body)
    {
        string? result = Terminal.IsTerminal(output) ? ShowLive(output, plan, body) : ShowLines(output, plan, body);
        if (result is not null) output.WriteLine(result);
    }

    /// <summary>Training has come this far before the film.</summary>
    public void Trained(long step) => show(0, string.Create(CultureInfo.InvariantCulture, $"training to step {plan.From:N0}: {step:N0}"));

    /// <summary>So many frames are filmed.</summary>
    public void Filmed(long frames, long step)
    {
        filming.Start();
        double done = frames / (double)plan.Frames, seconds = filming.Elapsed.TotalSeconds;
        string left = seconds > 1 ? string.Create(CultureInfo.InvariantCulture, $", {frames / seconds:0} frames/s, {seconds / done - seconds:0} s left") : "";
        show(done, string.Create(CultureInfo.InvariantCulture, $"frame {frames:N0} of {plan.Frames:N0}, step {step:N0}{left}"));
    }

    private static string? ShowLive(TextWriter output, FilmPlan plan, Action<FilmProgress> body)
    {
        string? result = null;
        Progress progress = Terminal.For(output).Progress().Columns(
            new ProgressBarColumn { Width = 10 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left });
        progress.Start(context =>
        {
            ProgressTask task = context.AddTask("starting", maxValue: 1);
            FilmProgress film = new(plan, (done, text) => (task.Value, task.Description) = (done, Markup.Escape(text)));
            body(film);
            result = film.Result;
        });
        return result;
    }

    private static string? ShowLines(TextWriter output, FilmPlan plan, Action<FilmProgress> body)
    {
        Stopwatch since = Stopwatch.StartNew();
        FilmProgress film = new(plan, (_, text) =>
        {
            if (since.Elapsed.TotalSeconds < SecondsBetweenLines) return;
            since.Restart();
            output.WriteLine(text);
        });
        body(film);
        return film.Result;
    }
}
