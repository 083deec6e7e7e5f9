using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public class ClientMessageTests
{
    private static readonly InputEvent[] Events =
    [
        new(InputKind.PointerMove, 12.5f, 700), new(InputKind.PointerDown, 1, 2, 2, Modifiers: Modifiers.Shift),
        new(InputKind.PointerUp, 1, 2, 1), new(InputKind.PointerLeave), new(InputKind.Wheel, 5, 6, Wheel: -3.5f),
        new(InputKind.KeyDown, Key: Key.Question, Modifiers: Modifiers.Shift), new(InputKind.KeyUp, Key: Key.F11),
        new(InputKind.Text, Character: 'ß'),
    ];

    private static readonly byte[][] Valid =
    [
        PageClient.Hello("0123456789abcdef0123456789abcdef"), PageClient.Resize(1920, 1080), PageClient.Acknowledge(77),
        [(byte)ClientMessageKind.Ask], [(byte)ClientMessageKind.Take], [(byte)ClientMessageKind.HandOver], [(byte)ClientMessageKind.Keep],
        .. Events.Select(PageClient.Input),
    ];

    [Fact]
    public void Every_event_arrives_as_it_was_sent()
    {
        foreach (InputEvent sent in Events)
        {
            Assert.True(ClientMessage.TryDecode(PageClient.Input(sent), out ClientMessage message));
            Assert.Equal(new ClientMessage(ClientMessageKind.Input, Input: sent), message);
        }
    }

    [Fact]
    public void Every_valid_message_is_understood_and_nothing_shorter_or_longer()
    {
        foreach (byte[] valid in Valid)
        {
            Assert.True(ClientMessage.TryDecode(valid, out _));
            for (int length = 0; length < valid.Length; length++) Assert.False(ClientMessage.TryDecode(valid.AsSpan(0, length), out _));
            Assert.False(ClientMessage.TryDecode([.. valid, 0], out _));
        }
    }

    [Fact]
    public void A_million_mutants_are_refused_or_mean_something_sensible()
    {
        var random = new Random(7);
        byte[] mutant = new byte[64];
        int accepted = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            int length = Mutate(random, mutant);
            if (!ClientMessage.TryDecode(mutant.AsSpan(0, length), out ClientMessage message)) continue;
            accepted++;
            if (!IsSensible(message)) Assert.Fail($"Accepted {Convert.ToHexString(mutant, 0, length)} as {message}.");
        }

        Assert.InRange(accepted, 1000, 900_000);
    }

    private static int Mutate(Random random, byte[] mutant)
    {
        byte[] valid = Valid[random.Next(Valid.Length)];
        valid.CopyTo(mutant, 0);
        int length = random.Next(4) == 0 ? random.Next(mutant.Length) : valid.Length;
        for (int changes = random.Next(4); changes > 0; changes--) mutant[random.Next(Math.Max(1, length))] = (byte)random.Next(256);
        if (random.Next(8) == 0) BitConverter.TryWriteBytes(mutant.AsSpan(2), new[] { float.NaN, float.PositiveInfinity, -1e38f }[random.Next(3)]);
        return length;
    }

    private static bool IsSensible(in ClientMessage message) => message.Kind switch
    {
        ClientMessageKind.Hello or ClientMessageKind.Resize => message is { Width: >= 16 and <= 8192, Height: >= 16 and <= 8192 },
        ClientMessageKind.Input => IsSensible(message.Input),
        _ => Enum.IsDefined(message.Kind),
    };

    private static bool IsSensible(in InputEvent input) =>
        Enum.IsDefined(input.Kind) && Enum.IsDefined(input.Key) && input.Button <= 2 && (int)input.Modifiers <= 7
        && float.IsFinite(input.X) && float.IsFinite(input.Y) && float.IsFinite(input.Wheel)
        && !char.IsControl(input.Kind == InputKind.Text ? input.Character : 'a') && !char.IsSurrogate(input.Character);
}
