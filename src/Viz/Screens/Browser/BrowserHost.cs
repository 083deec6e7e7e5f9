using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using DreamViz.Engine;
using DreamViz.Viz.Drawing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>
/// Serves the page and its connections. Reads no configuration, environment or file; answers only requests that
/// <see cref="AccessGuard"/> lets through; keeps at most <see cref="MaximumClients"/> connections open to pages.
/// </summary>
public sealed class BrowserHost : IAsyncDisposable
{
    /// <summary>Pages connected at the same time, at most; more are answered 503.</summary>
    public const int MaximumClients = 64;

    private const int MaximumConnections = 4 * MaximumClients;
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication application;
    private readonly AccessToken token = AccessToken.Create();
    private readonly List<Client> clients = [];
    private readonly ClientContext context;
    private AccessGuard guard = null!;
    private bool stopping;
    private int reserved;

    private BrowserHost(BrowserOptions options, TimeProvider time)
    {
        context = new(new Audience(options.ViewOnly), token, GlyphCache.Shared, new Traffic(), time);
        application = Build(options);
    }

    /// <summary>The address to open, with the token in its fragment.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The port it listens at.</summary>
    public int Port { get; private set; }

    /// <summary>Who looks.</summary>
    internal Audience Audience => context.Audience;

    /// <summary>Connections to pages that are open.</summary>
    internal int Connections => Volatile.Read(ref reserved);

    /// <summary>What was sent.</summary>
    internal Traffic Traffic => context.Traffic;

    /// <summary>The token of this run.</summary>
    internal AccessToken Token => token;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="InvalidInputException">The options are refused, or the port cannot be used.</exception>
    public static async Task<BrowserHost> StartAsync(BrowserOptions options, TimeProvider? time = null)
    {
        options.Validate();
        var host = new BrowserHost(options, time ?? TimeProvider.System);
        try
        {
            await host.application.StartAsync();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await host.application.DisposeAsync();
            throw new InvalidInputException(Refusal(options, error), error);
        }

        host.Listen(options);
        return host;
    }

    /// <summary>Tells every page that DreamViz has stopped, closes all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        Client[] open;
        lock (clients)
        {
            stopping = true;
            open = [.. clients];
        }

        foreach (Client client in open) client.Close(WebSocketCloseStatus.EndpointUnavailable, "DreamViz has stopped.");
        await Task.WhenAll(open.Select(client => client.Ended));
        using var patience = new CancellationTokenSource(Client.FarewellTimeout, context.Time);
        await application.StopAsync(patience.Token);
        await application.DisposeAsync();
        context.Audience.Dispose();
    }

    /// <summary>Cuts every connection without a word, as a failing network would.</summary>
    internal void CutConnections()
    {
        lock (clients) clients.ForEach(client => client.Abort());
    }

    private static string Refusal(BrowserOptions options, Exception error)
    {
        string found = error is AddressInUseException || error.InnerException is AddressInUseException
            ? "another program listens there"
            : error.InnerException?.Message ?? error.Message;
        return $"--port: expected a port that is free at {AccessGuard.Name(options.Address)}, found that {options.Port} is not: {found}.";
    }

    private WebApplication Build(BrowserOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options));
        WebApplication built = builder.Build();
        built.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(15) });
        built.Run(AnswerAsync);
        return built;
    }

    private static void Limit(KestrelServerOptions kestrel, BrowserOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaximumConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MaximumClients;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestLineSize = 2048;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = HeaderTimeout;
        kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private void Listen(BrowserOptions options)
    {
        string bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Port = new Uri(bound).Port;
        guard = new(options.Address, Port);
        IPAddress shown = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : options.Address;
        Address = $"http://{AccessGuard.Authority(AccessGuard.Name(shown), Port)}/#{token}";
    }

    private Task AnswerAsync(HttpContext http)
    {
        if (guard is null || !guard.Allows(http.Request.Headers)) return RefuseAsync(http, StatusCodes.Status403Forbidden);
        SecurityHeaders.Apply(http.Response.Headers, http.Request.Headers.Host[0]!);
        if (http.Request.Method != HttpMethods.Get) return RefuseAsync(http, StatusCodes.Status405MethodNotAllowed);
        if (http.Request.Path == "/frames") return ConnectAsync(http);
        return PageFiles.Find(http.Request.Path) is { } file ? SendAsync(http, file) : RefuseAsync(http, StatusCodes.Status404NotFound);
    }

    private static Task RefuseAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }

    private static Task SendAsync(HttpContext http, PageFile file)
    {
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = file.Bytes.Length;
        return http.Response.Body.WriteAsync(file.Bytes, http.RequestAborted).AsTask();
    }

    private async Task ConnectAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(http, StatusCodes.Status426UpgradeRequired);
            return;
        }

        if (!TryReserve())
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        try
        {
            using var client = new Client(await http.WebSockets.AcceptWebSocketAsync(), context);
            if (TryAdd(client)) await client.RunAsync();
            lock (clients) clients.Remove(client);
        }
        finally
        {
            Interlocked.Decrement(ref reserved);
        }
    }

    private bool TryReserve()
    {
        if (Interlocked.Increment(ref reserved) <= MaximumClients) return true;
        Interlocked.Decrement(ref reserved);
        return false;
    }

    private bool TryAdd(Client client)
    {
        lock (clients)
        {
            if (!stopping) clients.Add(client);
            return !stopping;
        }
    }
}
