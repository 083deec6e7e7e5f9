using System.Runtime.InteropServices;
using DreamViz.Engine;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>Where training stands, for the status line.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="StepsPerSecond">How fast.</param>
public readonly record struct RunProgress(long Step, double StepsPerSecond);

/// <summary>The screen where there is no window: listens, prints the address, then opens the explorer and shows it to
/// whoever comes, until Ctrl+C.</summary>
public static class BrowserScreen
{
    /// <summary>Runs until interrupted or told to stop; returns 0.</summary>
    /// <param name="options">Where to listen.</param>
    /// <param name="why">One line that says why there is no window; null if none was wanted.</param>
    /// <param name="open">Opens what is shown; called on the screen thread once the address was printed.</param>
    /// <param name="progress">Where training stands; called from another thread.</param>
    /// <param name="output">Receives address and status.</param>
    /// <param name="stop">Ends it like Ctrl+C.</param>
    /// <exception cref="InvalidInputException">The options are refused, or the port cannot be used.</exception>
    public static async Task<int> RunAsync(
        BrowserOptions options, string? why, Func<IExplorer> open, Func<RunProgress> progress, TextWriter output, CancellationToken stop = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using PosixSignalRegistration interrupt = StopOn(PosixSignal.SIGINT, stopping);
        using PosixSignalRegistration terminate = StopOn(PosixSignal.SIGTERM, stopping);
        await using BrowserHost host = await BrowserHost.StartAsync(options);
        var status = new StatusLine(output, host, progress);
        status.Begin(why, options);
        Task drawing = DrawAsync(host, open, stopping);
        await status.RunAsync(stopping.Token);
        await drawing;
        return 0;
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stopping) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stopping.Cancel();
        });

    private static Task DrawAsync(BrowserHost host, Func<IExplorer> open, CancellationTokenSource stopping) =>
        Task.Factory.StartNew(
            () =>
            {
                try
                {
                    IExplorer explorer = open();
                    new ScreenLoop(explorer, host.Audience, GlyphCache.Shared, TimeProvider.System).Run(stopping.Token);
                }
                finally
                {
                    stopping.Cancel();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
