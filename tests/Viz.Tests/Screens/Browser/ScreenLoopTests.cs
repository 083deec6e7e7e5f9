using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public sealed class ScreenLoopTests : IDisposable
{
    private readonly Audience audience = new(viewOnly: false);
    private readonly FakeExplorer explorer = new();
    private readonly Watcher watcher = new(640, 480);
    private readonly ScreenLoop loop;

    public ScreenLoopTests() => loop = new(explorer, audience, GlyphCache.Shared, TimeProvider.System);

    public void Dispose() => audience.Dispose();

    [Fact]
    public void A_frame_has_the_size_of_the_window_in_control_and_comes_after_its_input()
    {
        audience.Join(watcher);
        audience.Accept(watcher, new(InputKind.KeyDown, Key: Key.Space));
        int glyphsBefore = GlyphCache.Shared.Count;
        loop.Step(0.5);
        Assert.Equal((640, 480), explorer.Size);
        Assert.Equal(0.5, explorer.Time);
        Assert.Equal(Key.Space, Assert.Single(explorer.Inputs).Key);
        var frame = new Frame();
        Assert.True(audience.TryTakeFrame(watcher, frame));
        Assert.Equal((640, 480), (frame.Width, frame.Height));
        // Other tests use the cache at the same time.
        Assert.InRange(frame.Glyphs, Math.Max(1, glyphsBefore), GlyphCache.Shared.Count);
    }

    [Fact]
    public void A_system_that_asks_for_less_motion_is_heard_once_when_its_window_comes_into_control()
    {
        audience.Join(watcher);
        loop.Step(1);
        Assert.False(explorer.ReducedMotion);
        var calm = new Watcher(640, 480, reducedMotion: true);
        audience.Join(calm);
        loop.Step(1);
        Assert.False(explorer.ReducedMotion);
        audience.Negotiate(calm, ClientMessageKind.Take);
        loop.Step(1);
        Assert.True(explorer.ReducedMotion);
        explorer.ReducedMotion = false;
        loop.Step(1);
        Assert.False(explorer.ReducedMotion);
    }

    [Fact]
    public void Nothing_is_drawn_before_the_first_window_comes()
    {
        loop.Step(1);
        Assert.Equal(0, loop.Drawn);
        Assert.Equal(0, explorer.Time);
    }

    [Fact]
    public void A_film_goes_on_when_its_window_is_gone()
    {
        audience.Join(watcher);
        loop.Step(1);
        audience.Leave(watcher);
        explorer.RecordingRequested = true;
        loop.Step(1);
        Assert.Equal(2, loop.Drawn);
        Assert.Equal((640, 480), explorer.Size);
    }

    [Fact]
    public async Task While_all_windows_sleep_only_a_film_keeps_the_screen_drawing()
    {
        audience.Join(watcher);
        using var stop = new CancellationTokenSource();
        Task running = Task.Run(() => loop.Run(stop.Token));
        var copy = new Frame();
        await Eventually.True(() =>
        {
            audience.TryTakeFrame(watcher, copy);
            return !audience.Wanted;
        });
        uint published = audience.Published;
        await Task.Delay(200);
        Assert.InRange(audience.Published, published, published + 1);
        explorer.RecordingRequested = true;
        audience.Resize(watcher, 640, 480);
        await Eventually.True(() => audience.Published > published + 10);
        await stop.CancelAsync();
        await running;
    }
}
