using DreamViz.Engine;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>Where training stands, for the status line.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="StepsPerSecond">How fast.</param>
public readonly record struct RunProgress(long Step, double StepsPerSecond);

/// <summary>The screen where there is no window: listens, prints the address, then opens the explorer and shows it to
/// whoever comes.</summary>
public static class BrowserScreen
{
    /// <summary>Runs on the calling thread until told to stop.</summary>
    /// <param name="options">Where to listen.</param>
    /// <param name="why">One line that says why there is no window; null if none was wanted.</param>
    /// <param name="open">Opens what is shown; called once the address was printed.</param>
    /// <param name="progress">Where training stands; called from another thread, also before the explorer is open.</param>
    /// <param name="output">Receives address and status.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InvalidInputException">The options are refused, or the port cannot be used.</exception>
    public static void Run(
        BrowserOptions options, string? why, Func<IExplorer> open, Func<RunProgress> progress, TextWriter output, CancellationToken stop)
    {
        BrowserHost host = BrowserHost.StartAsync(options).GetAwaiter().GetResult();
        try
        {
            using var status = new StatusLine(output, host, progress);
            status.Begin(why, options);
            new ScreenLoop(open(), host.Audience, GlyphCache.Shared, TimeProvider.System).Run(stop);
        }
        finally
        {
            host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
