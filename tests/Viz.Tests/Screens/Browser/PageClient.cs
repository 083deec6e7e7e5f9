using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

/// <summary>The page's side of a connection, without a page.</summary>
internal sealed class PageClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private byte[] buffer = new byte[1 << 20];

    public ClientWebSocket Socket { get; } = new();

    /// <summary>What the server said about this window last.</summary>
    public Standing Standing { get; private set; }

    /// <summary>Whether the server said that another window asks.</summary>
    public bool Asked { get; private set; }

    /// <summary>The newest frame's draw list.</summary>
    public byte[] Frame { get; private set; } = [];

    public static async Task<PageClient> ConnectAsync(BrowserHost host)
    {
        var client = new PageClient();
        using var patience = new CancellationTokenSource(Patience);
        await client.Socket.ConnectAsync(new($"ws://127.0.0.1:{host.Port}/frames"), patience.Token);
        return client;
    }

    /// <summary>Connects and says the right token.</summary>
    public static async Task<PageClient> EnterAsync(BrowserHost host, int width = 1280, int height = 720)
    {
        PageClient client = await ConnectAsync(host);
        await client.SendAsync(Hello(host.Token.ToString(), width, height));
        return client;
    }

    public static byte[] Hello(string token, int width = 1280, int height = 720)
    {
        byte[] message = new byte[22];
        message[0] = (byte)ClientMessageKind.Hello;
        BinaryPrimitives.WriteUInt128BigEndian(message.AsSpan(1), UInt128.Parse(token, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(17), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(19), (ushort)height);
        return message;
    }

    public static byte[] Input(InputEvent input)
    {
        byte[] message = new byte[19];
        message[0] = (byte)ClientMessageKind.Input;
        message[1] = (byte)input.Kind;
        BinaryPrimitives.WriteSingleLittleEndian(message.AsSpan(2), input.X);
        BinaryPrimitives.WriteSingleLittleEndian(message.AsSpan(6), input.Y);
        message[10] = input.Button;
        BinaryPrimitives.WriteSingleLittleEndian(message.AsSpan(11), input.Wheel);
        message[15] = (byte)input.Key;
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(16), input.Character);
        message[18] = (byte)input.Modifiers;
        return message;
    }

    public static byte[] Resize(int width, int height) =>
        [(byte)ClientMessageKind.Resize, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];

    public static byte[] Acknowledge(uint number)
    {
        byte[] message = new byte[5];
        message[0] = (byte)ClientMessageKind.Acknowledge;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(1), number);
        return message;
    }

    public async Task SendAsync(byte[] message, WebSocketMessageType type = WebSocketMessageType.Binary, bool end = true)
    {
        using var patience = new CancellationTokenSource(Patience);
        await Socket.SendAsync(message, type, end, patience.Token);
    }

    /// <summary>Reads up to the next frame, keeps it, and returns its number.</summary>
    public async Task<uint> NextFrameAsync()
    {
        while (true)
        {
            byte[] message = await ReadAsync() ?? throw new InvalidOperationException($"Closed: {Socket.CloseStatus}.");
            switch (message[0])
            {
                case 3:
                    (Standing, Asked) = ((Standing)message[1], message[2] == 1);
                    break;
                case 4:
                    int length = BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(13));
                    Frame = DeltaReference.Decode(Frame, message.AsSpan(17), length);
                    return BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(1));
            }
        }
    }

    /// <summary>Reads and acknowledges this many frames; returns the last one's number.</summary>
    public async Task<uint> FollowAsync(int frames)
    {
        uint number = 0;
        for (int i = 0; i < frames; i++)
        {
            number = await NextFrameAsync();
            await SendAsync(Acknowledge(number));
        }

        return number;
    }

    /// <summary>Reads until the server closes; returns its code.</summary>
    public async Task<WebSocketCloseStatus?> ClosedAsync()
    {
        while (await ReadAsync() is not null)
        {
        }

        return Socket.CloseStatus;
    }

    public void Dispose() => Socket.Dispose();

    private async Task<byte[]?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        for (int length = 0; ;)
        {
            // Glyphs of every size that the process has used come first, and tests use many.
            if (length == buffer.Length) Array.Resize(ref buffer, 2 * length);
            ValueWebSocketReceiveResult part = await Socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return buffer[..length];
        }
    }
}
