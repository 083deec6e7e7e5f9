using DreamViz.Engine.Tests.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

/// <summary>A host with a fake explorer and its screen thread, on a free port. The host's clock stands still unless a test moves
/// it, so that no limit of time is passed because a machine is slow.</summary>
internal sealed class RunningScreen : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task drawing;
    private Task? closing;

    private RunningScreen(BrowserHost host, TestClock clock, FakeExplorer explorer)
    {
        (Host, Clock, Explorer) = (host, clock, explorer);
        Loop = new(explorer, host.Audience, GlyphCache.Shared, TimeProvider.System);
        drawing = Task.Factory.StartNew(() => Loop.Run(stop.Token), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public BrowserHost Host { get; }

    public TestClock Clock { get; }

    public FakeExplorer Explorer { get; }

    public ScreenLoop Loop { get; }

    public static async Task<RunningScreen> StartAsync(FakeExplorer? explorer = null)
    {
        var clock = new TestClock();
        return new(await BrowserHost.StartAsync(BrowserOptions.Default, clock), clock, explorer ?? new());
    }

    /// <summary>Begins to close the host, which gives its windows time to close.</summary>
    public void Close() => closing ??= CloseAsync();

    public async ValueTask DisposeAsync()
    {
        Close();
        await Eventually.True(() =>
        {
            // Windows that a test left open do not answer the farewell.
            Clock.Advance(Client.FarewellTimeout);
            return closing!.IsCompleted;
        });
        await closing!;
        stop.Dispose();
    }

    private async Task CloseAsync()
    {
        await stop.CancelAsync();
        await drawing;
        await Host.DisposeAsync();
    }
}
