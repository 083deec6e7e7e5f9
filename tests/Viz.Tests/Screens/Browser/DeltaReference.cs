namespace DreamViz.Viz.Tests.Screens.Browser;

/// <summary>Rebuilds a frame from a FrameDelta, as its description says, byte by byte and checking everything.</summary>
internal static class DeltaReference
{
    public static byte[] Decode(ReadOnlySpan<byte> before, ReadOnlySpan<byte> delta, int length)
    {
        byte[] now = new byte[length];
        int expected = 0, written = 0, at = 0;
        while (written < length)
        {
            for (uint rest = Variable(delta, ref at); rest > 0; rest--) now[written++] = delta[at++];
            if (written == length) break;
            uint zigzag = Variable(delta, ref at);
            int source = expected + (int)(zigzag >> 1 ^ -(zigzag & 1));
            for (uint rest = Variable(delta, ref at); rest > 0; rest--) now[written++] = before[source++];
            expected = source;
        }

        Assert.Equal(delta.Length, at);
        return now;
    }

    private static uint Variable(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            value |= (uint)(bytes[at] & 0x7F) << shift;
            if (bytes[at++] < 0x80) return value;
        }
    }
}
