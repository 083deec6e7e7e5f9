using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public class AttackTests
{
    private const WebSocketCloseStatus WrongToken = (WebSocketCloseStatus)4001;

    [Fact]
    public async Task A_wrong_token_is_turned_away_at_its_first_and_at_its_last_bit()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        byte[] right = PageClient.Hello(screen.Host.Token.ToString());
        foreach (int at in (int[])[1, 8, 16])
        {
            byte[] wrong = [.. right];
            wrong[at] ^= 1;
            using PageClient client = await PageClient.ConnectAsync(screen.Host);
            await client.SendAsync(wrong);
            Assert.Equal(WrongToken, await client.ClosedAsync());
        }

        Assert.Equal(0, screen.Host.Audience.Count);
        Assert.Equal(0, screen.Host.Traffic.Bytes);
    }

    [Fact]
    public async Task Nothing_but_the_token_is_taken_first()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.ConnectAsync(screen.Host);
        await client.SendAsync(PageClient.Input(new(InputKind.KeyDown, Key: Key.A)));
        Assert.Equal(WrongToken, await client.ClosedAsync());
        Assert.Empty(screen.Explorer.Inputs);
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.ConnectAsync(screen.Host);
        await Eventually.True(() => screen.Clock.Waiting == 1);
        screen.Clock.Advance(Client.HelloTimeout);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_connection_that_does_not_answer_the_farewell_is_cut_after_a_second()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.ConnectAsync(screen.Host);
        await client.SendAsync(PageClient.Input(new(InputKind.KeyDown, Key: Key.A)));
        Assert.Equal(WrongToken, await client.ClosedAsync());
        screen.Clock.Advance(Client.FarewellTimeout - TimeSpan.FromTicks(1));
        Assert.Equal(1, screen.Host.Connections);
        screen.Clock.Advance(TimeSpan.FromTicks(1));
        await Eventually.True(() => screen.Host.Connections == 0);
    }

    [Fact]
    public async Task A_message_of_10_MB_is_closed_as_too_big()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.EnterAsync(screen.Host);
        Task sending = SendIgnoringCut(client, new byte[10_000_000], end: true);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.ClosedAsync());
        await sending;
    }

    [Fact]
    public async Task A_message_that_never_ends_is_closed_as_too_big()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.EnterAsync(screen.Host);
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++) await SendIgnoringCut(client, new byte[1000], end: false);
        });
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.ClosedAsync());
        await sending;
    }

    [Fact]
    public async Task Empty_fragments_without_end_are_closed()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.EnterAsync(screen.Host);
        Task sending = Task.Run(async () =>
        {
            while (client.Socket.State == WebSocketState.Open) await SendIgnoringCut(client, [], end: false);
        });
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ClosedAsync());
        await sending;
    }

    [Fact]
    public async Task A_flood_of_valid_messages_is_closed()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient client = await PageClient.EnterAsync(screen.Host);
        byte[] move = PageClient.Input(new(InputKind.PointerMove, 1, 1));
        Task sending = Task.Run(async () =>
        {
            while (client.Socket.State == WebSocketState.Open) await SendIgnoringCut(client, move, end: true);
        });
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ClosedAsync());
        await sending;
    }

    [Fact]
    public async Task Text_a_second_hello_and_a_frame_of_the_future_are_closed()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient text = await PageClient.EnterAsync(screen.Host);
        await text.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await text.ClosedAsync());
        using PageClient twice = await PageClient.EnterAsync(screen.Host);
        await twice.SendAsync(PageClient.Hello(screen.Host.Token.ToString()));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await twice.ClosedAsync());
        using PageClient future = await PageClient.EnterAsync(screen.Host);
        await future.SendAsync(PageClient.Acknowledge(uint.MaxValue));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await future.ClosedAsync());
    }

    [Fact]
    public async Task Garbage_closes_its_own_connection_and_nothing_else()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        using PageClient honest = await PageClient.EnterAsync(screen.Host);
        await honest.FollowAsync(1);
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            byte[] garbage = new byte[random.Next(1, 300)];
            random.NextBytes(garbage);
            await SendRawAsync(screen.Host.Port, RawConnection.Handshake("/frames", $"Host: 127.0.0.1:{screen.Host.Port}"), garbage);
            await SendRawAsync(screen.Host.Port, "", garbage);
        }

        await honest.FollowAsync(20);
        Assert.Equal(Standing.Controls, honest.Standing);
        await Eventually.True(() => screen.Host.Audience.Count == 1);
    }

    [Fact]
    public async Task Twenty_windows_all_see_the_picture_move()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        PageClient[] clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PageClient.EnterAsync(screen.Host)));
        await Task.WhenAll(clients.Select(client => client.FollowAsync(20)));
        Assert.Single(clients, client => client.Standing == Standing.Controls);
        foreach (PageClient client in clients) client.Dispose();
        await Eventually.True(() => screen.Host.Audience.Count == 0);
    }

    [Fact]
    public async Task Sixty_four_windows_are_served_and_the_next_is_told_to_come_later()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        PageClient[] clients = await Task.WhenAll(Enumerable.Range(0, BrowserHost.MaximumClients).Select(_ => PageClient.EnterAsync(screen.Host)));
        await Task.WhenAll(clients.Select(client => client.FollowAsync(1)));
        string handshake = RawConnection.Handshake("/frames", $"Host: 127.0.0.1:{screen.Host.Port}");
        Assert.Equal(503, await RawConnection.StatusAsync(screen.Host.Port, handshake));
        clients[0].Dispose();
        await Eventually.True(() => screen.Host.Audience.Count == BrowserHost.MaximumClients - 1);
        await EventuallyLetInAsync(screen.Host.Port, handshake);
        foreach (PageClient client in clients) client.Dispose();
    }

    [Fact]
    public async Task Windows_that_never_read_cost_the_others_nothing()
    {
        await using RunningScreen screen = await RunningScreen.StartAsync();
        PageClient[] asleep = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => PageClient.EnterAsync(screen.Host)));
        using PageClient awake = await PageClient.EnterAsync(screen.Host);
        await Eventually.True(() => screen.Host.Audience.Count == 41);
        uint begun = await awake.FollowAsync(1);
        uint ended = await awake.FollowAsync(60);
        Assert.True(ended >= begun + 60);
        Assert.True(screen.Host.Traffic.Frames <= 61 + 40 * Audience.MaximumUnacknowledged + Audience.MaximumUnacknowledged);
        foreach (PageClient client in asleep) client.Dispose();
    }

    [Fact]
    public async Task A_request_whose_headers_never_end_is_closed()
    {
        await using BrowserHost host = await BrowserHost.StartAsync(BrowserOptions.Default);
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, host.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: 127.0.0.1:{host.Port}\r\n"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        byte[] answer = new byte[4096];
        int read = await connection.GetStream().ReadAsync(answer, patience.Token);
        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, read));
    }

    [Fact]
    public async Task Bodies_other_methods_and_long_lines_are_refused()
    {
        await using BrowserHost host = await BrowserHost.StartAsync(BrowserOptions.Default);
        string own = $"Host: 127.0.0.1:{host.Port}\r\n";
        Assert.Equal(405, await RawConnection.StatusAsync(host.Port, $"POST / HTTP/1.1\r\n{own}Content-Length: 0\r\n\r\n"));
        Assert.Equal(405, await RawConnection.StatusAsync(host.Port, $"OPTIONS / HTTP/1.1\r\n{own}\r\n"));
        Assert.Equal(414, await RawConnection.StatusAsync(host.Port, $"GET /{new string('a', 4000)} HTTP/1.1\r\n{own}\r\n"));
        Assert.Equal(431, await RawConnection.StatusAsync(host.Port, $"GET / HTTP/1.1\r\n{own}A: {new string('a', 20_000)}\r\n\r\n"));
        Assert.Equal(426, await RawConnection.StatusAsync(host.Port, $"GET /frames HTTP/1.1\r\n{own}\r\n"));
        foreach (string path in (string[])["/%2e%2e/etc/passwd", "/page.html/", "/Page/page.html", "//page.html", "/page.js%00"])
            Assert.Contains(await RawConnection.StatusAsync(host.Port, $"GET {path} HTTP/1.1\r\n{own}\r\n"), (int[])[400, 404]);
    }

    private static async Task EventuallyLetInAsync(int port, string handshake)
    {
        for (int attempt = 0; attempt < 1000; attempt++)
        {
            if (await RawConnection.StatusAsync(port, handshake) == 101) return;
            await Task.Delay(10);
        }

        Assert.Fail("A place that became free was not given.");
    }

    private static async Task SendRawAsync(int port, string head, byte[] garbage)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        await connection.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. garbage]);
    }

    private static async Task SendIgnoringCut(PageClient client, byte[] bytes, bool end)
    {
        try
        {
            await client.SendAsync(bytes, end: end);
        }
        catch (Exception error) when (error is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The server closed in between.
        }
    }
}
