using System.Net.WebSockets;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>What all connections of a server share.</summary>
/// <param name="Audience">Who looks.</param>
/// <param name="Token">What they must know.</param>
/// <param name="Glyphs">The glyphs that frames name.</param>
/// <param name="Traffic">What was sent.</param>
/// <param name="Time">The clock of limits.</param>
internal sealed record ClientContext(Audience Audience, AccessToken Token, GlyphCache Glyphs, Traffic Traffic, TimeProvider Time);

/// <summary>
/// One connection. A receiver reads messages, each at most 64 KiB and at most so many a second; a sender waits until there
/// is something to say and says it; both end when either finds a reason to close. Whatever a page sends, the worst that
/// happens is that its own connection closes.
/// </summary>
internal sealed class Client : IDisposable
{
    /// <summary>The longest message that is read to its end.</summary>
    public const int MaximumMessage = 64 * 1024;

    /// <summary>How long a connection may stay silent about the token.</summary>
    public static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long the other side may take to close after the server's last word.</summary>
    public static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The code of a connection closed for a wrong token: that of another run.</summary>
    public const WebSocketCloseStatus WrongToken = (WebSocketCloseStatus)4001;

    private readonly WebSocket socket;
    private readonly ClientContext context;
    private readonly RateLimit rate;
    private readonly CancellationTokenSource abort;
    private readonly TaskCompletionSource greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ByteWriter output = new();
    private readonly FrameDelta delta = new();
    private volatile Watcher? watcher;
    private Frame shown = new();
    private Frame next = new();
    private int glyphsSent;
    private volatile Farewell? farewell;

    /// <summary>A connection just accepted.</summary>
    public Client(WebSocket socket, ClientContext context)
    {
        (this.socket, this.context) = (socket, context);
        rate = new(perSecond: 1000, burst: 2000, context.Time);
        abort = new(Timeout.InfiniteTimeSpan, context.Time);
    }

    /// <summary>Completes when the connection is over.</summary>
    public Task Ended => ended.Task;

    /// <summary>Serves the connection until it ends. Never throws.</summary>
    public async Task RunAsync()
    {
        using CancellationTokenRegistration aborting = abort.Token.Register(socket.Abort);
        await using ITimer patience = context.Time.CreateTimer(_ => LosePatience(), null, HelloTimeout, Timeout.InfiniteTimeSpan);
        Task receiving = ReceiveAsync();
        Task sending = SendAsync();
        await sending;
        if (watcher is { } seat) context.Audience.Leave(seat);
        await Task.WhenAny(receiving, Task.Delay(FarewellTimeout, context.Time));
        await abort.CancelAsync();
        await receiving;
        ended.TrySetResult();
    }

    /// <summary>Ends the connection with a code and a reason; the first reason counts. If the other side does not take it
    /// within <see cref="FarewellTimeout"/>, the connection is cut.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        if (Interlocked.CompareExchange(ref farewell, new(status, reason), null) is not null) return;
        abort.CancelAfter(FarewellTimeout);
        greeted.TrySetResult();
        watcher?.Wake();
    }

    /// <summary>Cuts the connection.</summary>
    public void Abort() => socket.Abort();

    /// <inheritdoc/>
    public void Dispose()
    {
        abort.Dispose();
        socket.Dispose();
    }

    private void LosePatience()
    {
        if (watcher is null) Close(WebSocketCloseStatus.PolicyViolation, "No token came.");
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            for (long length = 0; ;)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory((int)Math.Min(length, ClientMessage.MaximumLength)), default);
                if (part.MessageType == WebSocketMessageType.Close) break;
                length += part.Count;
                if (farewell is not null) continue;
                if (length > MaximumMessage) Close(WebSocketCloseStatus.MessageTooBig, "A message may have 64 KiB.");
                else if (!rate.TryTake()) Close(WebSocketCloseStatus.PolicyViolation, "Too many messages.");
                else if (part.MessageType == WebSocketMessageType.Text) Close(WebSocketCloseStatus.InvalidMessageType, "Messages are binary.");
                else if (part.EndOfMessage) Understand(buffer.AsSpan(0, (int)Math.Min(length, buffer.Length)), length);
                if (part.EndOfMessage) length = 0;
            }
        }
        catch (Exception error) when (IsDisconnect(error))
        {
        }

        Close(WebSocketCloseStatus.NormalClosure, "");
    }

    private void Understand(ReadOnlySpan<byte> bytes, long length)
    {
        if (length != bytes.Length || !ClientMessage.TryDecode(bytes, out ClientMessage message))
            Close(WebSocketCloseStatus.PolicyViolation, "Not a message of DreamViz.");
        else if (watcher is not { } seat) Greet(message);
        else if (!TryObey(seat, message)) Close(WebSocketCloseStatus.PolicyViolation, "Not a message for now.");
    }

    private void Greet(in ClientMessage message)
    {
        if (message.Kind != ClientMessageKind.Hello || !context.Token.Matches(message.Token))
        {
            Close(WrongToken, "The token is not that of this run.");
            return;
        }

        watcher = new(message.Width, message.Height, message.ReducedMotion);
        context.Audience.Join(watcher);
        greeted.TrySetResult();
    }

    private bool TryObey(Watcher seat, in ClientMessage message)
    {
        switch (message.Kind)
        {
            case ClientMessageKind.Hello:
                return false;
            case ClientMessageKind.Acknowledge:
                return context.Audience.TryAcknowledge(seat, message.Frame);
            case ClientMessageKind.Input:
                context.Audience.Accept(seat, message.Input);
                return true;
            case ClientMessageKind.Resize:
                context.Audience.Resize(seat, message.Width, message.Height);
                return true;
            default:
                context.Audience.Negotiate(seat, message.Kind);
                return true;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await greeted.Task;
            if (farewell is null) await SendColorsAsync();
            while (farewell is null)
            {
                await watcher!.Woken();
                if (farewell is null) await SendStandingAsync();
                while (farewell is null && context.Audience.TryTakeFrame(watcher, next)) await SendFrameAsync();
            }

            await socket.CloseOutputAsync(farewell!.Status, farewell.Reason, abort.Token);
        }
        catch (Exception error) when (IsDisconnect(error))
        {
            Close(WebSocketCloseStatus.NormalClosure, "");
        }
    }

    private Task SendColorsAsync()
    {
        output.Clear();
        ServerMessage.WriteColors(output);
        return SendOutputAsync();
    }

    private async Task SendStandingAsync()
    {
        if (!context.Audience.TryTakeStanding(watcher!, out Standing standing, out bool asked)) return;
        output.Clear();
        ServerMessage.WriteStanding(output, standing, asked);
        await SendOutputAsync();
    }

    private async Task SendFrameAsync()
    {
        if (next.Glyphs > glyphsSent)
        {
            output.Clear();
            ServerMessage.WriteGlyphs(output, context.Glyphs, glyphsSent, next.Glyphs);
            glyphsSent = next.Glyphs;
            await SendOutputAsync();
        }

        output.Clear();
        ServerMessage.WriteFrameHead(output, next);
        delta.Encode(shown.Bytes, next.Bytes, output);
        (shown, next) = (next, shown);
        await SendOutputAsync();
        context.Traffic.CountFrame();
    }

    private async Task SendOutputAsync()
    {
        await socket.SendAsync(output.Bytes, WebSocketMessageType.Binary, endOfMessage: true, abort.Token);
        context.Traffic.CountBytes(output.Bytes.Length);
    }

    private static bool IsDisconnect(Exception error) =>
        error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    private sealed record Farewell(WebSocketCloseStatus Status, string Reason);
}
