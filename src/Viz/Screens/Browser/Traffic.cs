namespace DreamViz.Viz.Screens.Browser;

/// <summary>What was sent to all windows together. Safe for several threads.</summary>
internal sealed class Traffic
{
    private long frames;
    private long bytes;

    /// <summary>Frames sent.</summary>
    public long Frames => Interlocked.Read(ref frames);

    /// <summary>Bytes of all messages sent.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>One more frame.</summary>
    public void CountFrame() => Interlocked.Increment(ref frames);

    /// <summary>More bytes.</summary>
    public void CountBytes(int count) => Interlocked.Add(ref bytes, count);
}
