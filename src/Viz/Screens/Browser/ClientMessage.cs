using System.Buffers.Binary;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>What a page may say.</summary>
internal enum ClientMessageKind : byte
{
    /// <summary>The token, the size of the canvas and the user's wish for less motion: the first message.</summary>
    Hello = 1,

    /// <summary>An input event.</summary>
    Input,

    /// <summary>The canvas has a new size.</summary>
    Resize,

    /// <summary>A frame has been drawn, and with it all before it.</summary>
    Acknowledge,

    /// <summary>A watcher asks for control.</summary>
    Ask,

    /// <summary>A watcher takes control.</summary>
    Take,

    /// <summary>The window in control hands it to whoever asked.</summary>
    HandOver,

    /// <summary>The window in control keeps it.</summary>
    Keep,
}

/// <summary>One message from a page. Every kind has one exact length; numbers are little-endian.</summary>
/// <remarks>Hello: code, token (16 bytes, big-endian), width, height (u16), reduced motion (0 or 1). Input: code, kind, x, y
/// (f32), button, wheel (f32), key, character (u16), modifiers. Resize: code, width, height. Acknowledge: code, frame number
/// (u32). The rest: the code alone.</remarks>
/// <param name="Kind">What is said.</param>
/// <param name="Token">Of a Hello.</param>
/// <param name="Width">Of a Hello or Resize, in physical pixels.</param>
/// <param name="Height">Of a Hello or Resize, in physical pixels.</param>
/// <param name="ReducedMotion">Of a Hello.</param>
/// <param name="Input">Of an Input.</param>
/// <param name="Frame">Of an Acknowledge.</param>
internal readonly record struct ClientMessage(
    ClientMessageKind Kind, UInt128 Token = default, int Width = 0, int Height = 0, bool ReducedMotion = false,
    InputEvent Input = default, uint Frame = 0)
{
    /// <summary>Bytes of the longest message.</summary>
    public const int MaximumLength = 22;

    /// <summary>Sides of a canvas that are drawn for; pages send no others.</summary>
    public const int MinimumSide = 16, MaximumSide = 8192;

    private const float MaximumCoordinate = 1 << 17;
    private const float MaximumWheel = 1000;

    /// <summary>Reads a message; false where the bytes are not exactly one, whatever they are.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ClientMessage message)
    {
        message = default;
        return !bytes.IsEmpty && (ClientMessageKind)bytes[0] switch
        {
            ClientMessageKind.Hello => TryHello(bytes[1..], out message),
            ClientMessageKind.Input => TryInput(bytes[1..], out message),
            ClientMessageKind.Resize => TryResize(bytes[1..], out message),
            ClientMessageKind.Acknowledge => TryAcknowledge(bytes[1..], out message),
            ClientMessageKind.Ask or ClientMessageKind.Take or ClientMessageKind.HandOver or ClientMessageKind.Keep =>
                TryBare(bytes, out message),
            _ => false,
        };
    }

    private static bool TryHello(ReadOnlySpan<byte> body, out ClientMessage message)
    {
        message = default;
        if (body.Length != 21 || body[20] > 1 || !TrySize(body[16..20], out int width, out int height)) return false;
        message = new(ClientMessageKind.Hello, BinaryPrimitives.ReadUInt128BigEndian(body), width, height, body[20] == 1);
        return true;
    }

    private static bool TryResize(ReadOnlySpan<byte> body, out ClientMessage message)
    {
        message = default;
        if (body.Length != 4 || !TrySize(body, out int width, out int height)) return false;
        message = new(ClientMessageKind.Resize, Width: width, Height: height);
        return true;
    }

    private static bool TrySize(ReadOnlySpan<byte> body, out int width, out int height)
    {
        width = BinaryPrimitives.ReadUInt16LittleEndian(body);
        height = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        return width is >= MinimumSide and <= MaximumSide && height is >= MinimumSide and <= MaximumSide;
    }

    private static bool TryAcknowledge(ReadOnlySpan<byte> body, out ClientMessage message)
    {
        message = default;
        if (body.Length != 4) return false;
        message = new(ClientMessageKind.Acknowledge, Frame: BinaryPrimitives.ReadUInt32LittleEndian(body));
        return true;
    }

    private static bool TryBare(ReadOnlySpan<byte> bytes, out ClientMessage message)
    {
        message = new((ClientMessageKind)bytes[0]);
        return bytes.Length == 1;
    }

    private static bool TryInput(ReadOnlySpan<byte> body, out ClientMessage message)
    {
        message = default;
        if (body.Length != 18) return false;
        var input = new InputEvent(
            (InputKind)body[0], BinaryPrimitives.ReadSingleLittleEndian(body[1..]), BinaryPrimitives.ReadSingleLittleEndian(body[5..]),
            body[9], BinaryPrimitives.ReadSingleLittleEndian(body[10..]), (Key)body[14],
            (char)BinaryPrimitives.ReadUInt16LittleEndian(body[15..]), (Modifiers)body[17]);
        if (!IsSensible(input)) return false;
        message = new(ClientMessageKind.Input, Input: input);
        return true;
    }

    private static bool IsSensible(in InputEvent input) =>
        input.Kind is >= InputKind.PointerMove and <= InputKind.Text
        && MathF.Abs(input.X) <= MaximumCoordinate && MathF.Abs(input.Y) <= MaximumCoordinate
        && MathF.Abs(input.Wheel) <= MaximumWheel
        && input.Button <= 2 && input.Key <= Key.F11
        && input.Modifiers <= (Modifiers.Shift | Modifiers.Control | Modifiers.Alt)
        && (input.Kind == InputKind.Text ? !char.IsControl(input.Character) && !char.IsSurrogate(input.Character) : input.Character == 0);
}
