using System.Diagnostics;
using Spectre.Console;

namespace DreamViz.Viz.Commands.Training;

/// <summary>Shows how a run goes on: a live bar on a terminal, plain lines elsewhere.</summary>
internal static class ProgressDisplay
{
    // What else there is to say then fits a terminal of 80 columns.
    private const int BarWidth = 10;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    /// <summary>Runs the body, which calls back with the state now and then.</summary>
    public static void Show(TextWriter output, Action<Action<TrainingState>> body)
    {
        if (Terminal.IsTerminal(output)) ShowLive(output, body);
        else ShowLines(output, body);
    }

    private static void ShowLive(TextWriter output, Action<Action<TrainingState>> body)
    {
        Progress progress = Terminal.For(output).Progress().Columns(
            new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left });
        progress.Start(context =>
        {
            ProgressTask task = context.AddTask("starting", maxValue: 1);
            body(state =>
            {
                task.Value = state.Done;
                task.Description = Markup.Escape(string.Join(", ", new[] { state.Left(), state.Summary() }.Where(s => s.Length > 0)));
            });
        });
    }

    /// <summary>A line for the first state, then for the first new evaluation after a while.</summary>
    private static void ShowLines(TextWriter output, Action<Action<TrainingState>> body)
    {
        Stopwatch since = Stopwatch.StartNew();
        long shown = -1;
        body(state =>
        {
            if (state.Newest is null || state.Newest.Step == shown) return;
            if (shown >= 0 && since.Elapsed < BetweenLines) return;
            (shown, string left) = (state.Newest.Step, state.Left());
            since.Restart();
            output.WriteLine(left.Length > 0 ? $"{state.Summary()}, {left}" : state.Summary());
        });
    }
}
