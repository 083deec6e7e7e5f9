using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

/// <summary>A host with a fake explorer and its screen thread, on a free port.</summary>
internal sealed class RunningScreen : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task drawing;

    private RunningScreen(BrowserHost host, FakeExplorer explorer)
    {
        (Host, Explorer) = (host, explorer);
        Loop = new(explorer, host.Audience, GlyphCache.Shared, TimeProvider.System);
        drawing = Task.Factory.StartNew(() => Loop.Run(stop.Token), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public BrowserHost Host { get; }

    public FakeExplorer Explorer { get; }

    public ScreenLoop Loop { get; }

    public static async Task<RunningScreen> StartAsync(FakeExplorer? explorer = null) =>
        new(await BrowserHost.StartAsync(BrowserOptions.Default), explorer ?? new());

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await drawing;
        await Host.DisposeAsync();
        stop.Dispose();
    }
}
