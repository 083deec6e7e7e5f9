using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public sealed class AudienceTests : IDisposable
{
    private readonly Audience audience = new(viewOnly: false);
    private readonly Watcher first = new(1280, 720);
    private readonly Watcher second = new(400, 900);
    private readonly DrawList list = new();

    public void Dispose() => audience.Dispose();

    [Fact]
    public void At_most_two_frames_are_under_way_and_then_the_newest_is_next()
    {
        audience.Join(first);
        var copy = new Frame();
        List<uint> taken = [];
        for (int i = 1; i <= 100; i++)
        {
            Publish(i);
            while (audience.TryTakeFrame(first, copy)) taken.Add(copy.Number);
        }

        Assert.Equal([1, 2], taken);
        Assert.True(audience.TryAcknowledge(first, 1));
        Assert.True(audience.TryTakeFrame(first, copy));
        Assert.Equal(100u, copy.Number);
        Assert.Equal(list.Bytes.ToArray(), copy.Bytes.ToArray());
    }

    [Fact]
    public void A_window_that_never_answers_costs_the_others_no_frame_and_the_screen_thread_no_wait()
    {
        audience.Join(first);
        audience.Join(second);
        var copy = new Frame();
        for (int i = 1; i <= 1000; i++)
        {
            Assert.True(audience.Wanted);
            Publish(i);
            audience.TryTakeFrame(second, copy);
            Assert.True(audience.TryTakeFrame(first, copy));
            Assert.Equal((uint)i, copy.Number);
            Assert.True(audience.TryAcknowledge(first, copy.Number));
        }

        Assert.Equal(1000u, audience.Published);
    }

    [Fact]
    public void No_frame_is_wanted_while_all_windows_are_behind()
    {
        Assert.False(audience.Wanted);
        audience.Join(first);
        var copy = new Frame();
        for (int i = 1; i <= 2; i++)
        {
            Assert.True(audience.Wanted);
            Publish(i);
            audience.TryTakeFrame(first, copy);
        }

        Assert.False(audience.Wanted);
        audience.TryAcknowledge(first, 2);
        Assert.True(audience.Wanted);
    }

    [Fact]
    public void A_frame_that_shows_nothing_new_is_not_sent()
    {
        audience.Join(first);
        var copy = new Frame();
        Publish(1);
        Assert.True(audience.TryTakeFrame(first, copy));
        Publish(1);
        Assert.False(audience.TryTakeFrame(first, copy));
        Assert.Equal(1u, audience.Published);
    }

    [Fact]
    public void A_newcomer_is_sent_the_newest_frame()
    {
        audience.Join(first);
        Publish(1);
        audience.Join(second);
        Assert.True(audience.TryTakeFrame(second, new()));
    }

    [Fact]
    public void A_frame_that_was_never_sent_cannot_be_acknowledged()
    {
        audience.Join(first);
        Publish(1);
        Assert.False(audience.TryAcknowledge(first, 1));
    }

    [Fact]
    public void The_first_window_controls_and_gives_the_size()
    {
        audience.Join(first);
        audience.Join(second);
        Assert.Equal((Standing.Controls, false), StandingOf(first));
        Assert.Equal((Standing.Watches, false), StandingOf(second));
        Assert.Equal((1280, 720), audience.Size);
        audience.Resize(second, 50, 50);
        Assert.Equal((1280, 720), audience.Size);
        audience.Resize(first, 640, 480);
        Assert.Equal((640, 480), audience.Size);
    }

    [Fact]
    public void Only_the_window_in_control_is_listened_to()
    {
        audience.Join(first);
        audience.Join(second);
        audience.Accept(second, new(InputKind.KeyDown, Key: Key.A));
        Assert.False(audience.TryNextInput(out _));
        audience.Accept(first, new(InputKind.KeyDown, Key: Key.B));
        Assert.True(audience.TryNextInput(out InputEvent input));
        Assert.Equal(Key.B, input.Key);
    }

    [Fact]
    public void A_window_that_asks_is_given_control_when_the_other_hands_over()
    {
        audience.Join(first);
        audience.Join(second);
        audience.Negotiate(second, ClientMessageKind.Ask);
        Assert.Equal((Standing.Controls, true), StandingOf(first));
        audience.Negotiate(second, ClientMessageKind.HandOver);
        Assert.Equal((Standing.Watches, false), StandingOf(second));
        audience.Negotiate(first, ClientMessageKind.Keep);
        Assert.Equal((Standing.Controls, false), StandingOf(first));
        audience.Negotiate(second, ClientMessageKind.Ask);
        audience.Negotiate(first, ClientMessageKind.HandOver);
        Assert.Equal((Standing.Watches, false), StandingOf(first));
        Assert.Equal((Standing.Controls, false), StandingOf(second));
        Assert.Equal((400, 900), audience.Size);
    }

    [Fact]
    public void What_was_held_down_is_let_go_when_control_changes()
    {
        audience.Join(first);
        audience.Join(second);
        audience.Accept(first, new(InputKind.PointerDown, 3, 4));
        audience.Accept(first, new(InputKind.KeyDown, Key: Key.Space));
        audience.Negotiate(second, ClientMessageKind.Take);
        List<InputEvent> events = [];
        while (audience.TryNextInput(out InputEvent input)) events.Add(input);
        Assert.Equal(
            [
                new(InputKind.PointerDown, 3, 4), new(InputKind.KeyDown, Key: Key.Space), new(InputKind.PointerUp, 3, 4),
                new(InputKind.KeyUp, Key: Key.Space), new(InputKind.PointerLeave),
            ],
            events);
    }

    [Fact]
    public void Control_passes_on_when_its_window_goes()
    {
        audience.Join(first);
        audience.Join(second);
        audience.Leave(first);
        Assert.Equal((Standing.Controls, false), StandingOf(second));
        audience.Leave(second);
        Assert.Equal((0, 0), audience.Size);
    }

    [Fact]
    public void Nobody_controls_a_server_open_to_others()
    {
        using var open = new Audience(viewOnly: true);
        open.Join(first);
        open.Negotiate(first, ClientMessageKind.Take);
        open.Accept(first, new(InputKind.KeyDown, Key: Key.A));
        open.TryTakeStanding(first, out Standing standing, out _);
        Assert.Equal(Standing.ViewOnly, standing);
        Assert.False(open.TryNextInput(out _));
        Assert.Equal((1280, 720), open.Size);
    }

    private (Standing, bool) StandingOf(Watcher watcher)
    {
        audience.TryTakeStanding(watcher, out Standing standing, out bool asked);
        return (standing, asked);
    }

    private void Publish(int content)
    {
        list.Clear();
        list.Fill(new(content, 0, 1, 1), 0, Palette.Wake);
        audience.Publish(list, 100, 100, 0);
    }
}
