using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public class HandshakeTests
{
    [Fact]
    public async Task Of_hundreds_of_handshakes_only_those_of_the_page_itself_are_answered()
    {
        await using BrowserHost host = await BrowserHost.StartAsync(BrowserOptions.Default);
        string[] requests = [.. Foreign(host.Port)];
        Assert.True(requests.Length >= 200);
        List<string> wrong = [];
        foreach (string request in requests)
        {
            int status = await RawConnection.StatusAsync(host.Port, request);
            if (status is not (400 or 403)) wrong.Add($"{status} for {request.ReplaceLineEndings(" | ")}");
        }

        Assert.Empty(wrong);
        Assert.Equal(0, host.Audience.Count);
    }

    [Fact]
    public async Task The_page_itself_is_let_in_and_so_is_a_program_without_origin()
    {
        await using BrowserHost host = await BrowserHost.StartAsync(BrowserOptions.Default);
        foreach (string name in Own(host.Port))
        {
            Assert.Equal(101, await RawConnection.StatusAsync(host.Port, RawConnection.Handshake("/frames", $"Host: {name}", $"Origin: http://{name}")));
            Assert.Equal(101, await RawConnection.StatusAsync(host.Port, RawConnection.Handshake("/frames", $"Host: {name}")));
            Assert.Equal(200, await RawConnection.StatusAsync(host.Port, $"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n"));
        }
    }

    private static string[] Own(int port) => [$"127.0.0.1:{port}", $"localhost:{port}"];

    private static IEnumerable<string> Foreign(int port) =>
        from path in (string[])["/frames", "/"]
        from headers in ForeignHosts(port).Concat(ForeignOrigins(port)).Concat(Proxied(port)).Concat(Doubled(port))
        select RawConnection.Handshake(path, headers);

    private static IEnumerable<string[]> ForeignHosts(int port)
    {
        string[] hosts =
        [
            "", "null", "127.0.0.1", "localhost", $"127.0.0.1:{port + 1}", $"127.0.0.1:0{port}", $"127.0.0.1:+{port}", "127.0.0.1:",
            $"127.0.0.1:{port}:{port}", $"127.0.0.1:{port}.", $"127.0.0.1.:{port}", $"localhost.:{port}", $"LOCALHOST:{port}",
            $"LocalHost:{port}", $"[::1]:{port}", "[::1]", $"::1:{port}", $"[::ffff:127.0.0.1]:{port}", $"2130706433:{port}",
            $"0x7f000001:{port}", $"0x7f.0.0.1:{port}", $"0177.0.0.1:{port}", $"127.1:{port}", $"127.0.1:{port}", $"127.0.0.2:{port}",
            $"0.0.0.0:{port}", $"0:{port}", $"user@127.0.0.1:{port}", $"user:word@127.0.0.1:{port}", $"127.0.0.1:{port}@evil.example",
            "evil.example", $"evil.example:{port}", $"127.0.0.1.evil.example:{port}", $"localhost.evil.example:{port}",
            $"evil-localhost:{port}", $"evil127.0.0.1:{port}", $"http://127.0.0.1:{port}", $"127.0.0.1:{port}/", $"127.0.0.1:{port}#",
            $"127.0.0.1:{port}?", $"127.0.0.1:{port},127.0.0.1:{port}", $"127.0.0.1%00:{port}", $"127.0.0.1%2e:{port}", $"１27.0.0.1:{port}",
        ];
        foreach (string host in hosts)
        {
            yield return [$"Host: {host}"];
            yield return [$"Host: {host}", $"Origin: http://{host}"];
            yield return [$"Host: {host}", $"Origin: http://127.0.0.1:{port}"];
        }
    }

    private static IEnumerable<string[]> ForeignOrigins(int port)
    {
        string[] origins =
        [
            "null", "", "http://", "file://", "chrome-extension://abcdefgh", "http://evil.example", $"http://evil.example:{port}",
            $"https://127.0.0.1:{port}", $"ws://127.0.0.1:{port}", $"HTTP://127.0.0.1:{port}", "http://127.0.0.1", "http://localhost",
            $"http://127.0.0.1:{port + 1}", $"http://127.0.0.1:{port}/", $"http://127.0.0.1:{port}.", $"http://127.0.0.1.:{port}",
            $"http://127.0.0.1:{port}.evil.example", $"http://127.0.0.1:{port}@evil.example", $"http://user@127.0.0.1:{port}",
            $"http://evil.example/http://127.0.0.1:{port}", $"http://evil.example#http://127.0.0.1:{port}", $"http://[::1]:{port}",
            $"http://2130706433:{port}", $"http://127.1:{port}", $"http://LOCALHOST:{port}", $"http://localhost.:{port}",
            $"http://127.0.0.1:{port}, http://evil.example", $"http://evil.example http://127.0.0.1:{port}", $"127.0.0.1:{port}",
            $"//127.0.0.1:{port}", $"http:/127.0.0.1:{port}", $"http://0.0.0.0:{port}", $"http://127.0.0.1:{port}0",
        ];
        foreach (string origin in origins)
            foreach (string host in Own(port)) yield return [$"Host: {host}", $"Origin: {origin}"];
        yield return [$"Host: 127.0.0.1:{port}", $"Origin: http://localhost:{port}"];
        yield return [$"Host: localhost:{port}", $"Origin: http://127.0.0.1:{port}"];
    }

    private static IEnumerable<string[]> Proxied(int port)
    {
        string[] headers =
        [
            "Forwarded: for=10.0.0.1;host=evil.example", "Via: 1.1 proxy", "X-Forwarded-For: 10.0.0.1", $"X-Forwarded-Host: 127.0.0.1:{port}",
            "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "x-forwarded-port: 80", "X-Forwarded-Server: evil.example",
            "X-Real-IP: 127.0.0.1", "X-Host: evil.example", "X-HTTP-Host-Override: evil.example", "X-Original-Host: evil.example",
            "X-Original-URL: /", "X-Rewrite-URL: /",
        ];
        foreach (string header in headers)
            foreach (string host in Own(port)) yield return [$"Host: {host}", header];
    }

    private static IEnumerable<string[]> Doubled(int port)
    {
        string own = $"127.0.0.1:{port}";
        yield return [];
        yield return [$"Host: {own}", $"Host: {own}"];
        yield return [$"Host: {own}", "Host: evil.example"];
        yield return ["Host: evil.example", $"Host: {own}"];
        yield return [$"Host: {own}", $"Origin: http://{own}", $"Origin: http://{own}"];
        yield return [$"Host: {own}", $"Origin: http://{own}", "Origin: http://evil.example"];
        yield return [$"Host: {own}", "Origin: http://evil.example", $"Origin: http://{own}"];
        yield return [$"Host : {own}"];
        yield return [$" Host: {own}"];
    }
}
