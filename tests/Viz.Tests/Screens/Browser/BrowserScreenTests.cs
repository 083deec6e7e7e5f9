using System.Net;
using System.Text.RegularExpressions;
using DreamViz.Engine;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public class BrowserScreenTests
{
    [Fact]
    public async Task Prints_why_and_where_before_the_explorer_opens_and_ends_when_told_to()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        string printed = "";
        Task running = Task.Run(() => BrowserScreen.Run(
            BrowserOptions.Default, "No display.",
            () =>
            {
                printed = output.ToString();
                return new FakeExplorer();
            },
            () => new(12_480, 3_806), output, stop.Token));
        await Eventually.True(() => Volatile.Read(ref printed).Length > 0);
        await stop.CancelAsync();
        await running;
        string[] lines = printed.Split(Environment.NewLine);
        Assert.Equal("No display.", lines[0]);
        Assert.Matches("^Open http://127\\.0\\.0\\.1:[0-9]+/#[0-9a-f]{32}$", lines[1]);
        int port = int.Parse(Regex.Match(lines[1], ":([0-9]+)/").Groups[1].Value);
        await using BrowserHost again = await BrowserHost.StartAsync(new(port, IPAddress.Loopback));
        Assert.Equal(port, again.Port);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_in_one_line()
    {
        await using BrowserHost host = await BrowserHost.StartAsync(BrowserOptions.Default);
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(
            () => BrowserHost.StartAsync(new(host.Port, IPAddress.Loopback)));
        Assert.Equal(
            $"--port: expected a port that is free at 127.0.0.1, found that {host.Port} is not: another program listens there.", refusal.Message);
    }

    [Fact]
    public async Task An_address_beyond_this_machine_must_be_allowed()
    {
        await Assert.ThrowsAsync<InvalidInputException>(() => BrowserHost.StartAsync(new(0, IPAddress.Any)));
        await Assert.ThrowsAsync<InvalidInputException>(() => BrowserHost.StartAsync(new(-1, IPAddress.Loopback)));
        await Assert.ThrowsAsync<InvalidInputException>(() => BrowserHost.StartAsync(new(65536, IPAddress.Loopback)));
        Assert.True(new BrowserOptions(0, IPAddress.Any, AllowRemote: true).ViewOnly);
        Assert.False(new BrowserOptions(0, IPAddress.Any, AllowRemote: true, RemoteControl: true).ViewOnly);
    }

    [Fact]
    public async Task Every_run_has_a_token_of_its_own()
    {
        await using BrowserHost first = await BrowserHost.StartAsync(BrowserOptions.Default);
        await using BrowserHost second = await BrowserHost.StartAsync(BrowserOptions.Default);
        Assert.NotEqual(first.Token.ToString(), second.Token.ToString());
        Assert.EndsWith("/#" + first.Token, first.Address);
    }

    [Fact]
    public async Task A_window_hears_that_the_program_stopped()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.EnterAsync(screen.Host);
        await client.FollowAsync(1);
        screen.Close();
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, await client.ClosedAsync());
    }

    [Fact]
    public void The_status_says_step_speed_frames_and_windows() =>
        Assert.Equal("step 12,480 · 3,806 steps/s · 60 frames/s · 1 window", StatusLine.Compose(new(12_480, 3_806), 59.7, 1));
}
