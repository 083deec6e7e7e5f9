using System.Threading.Channels;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>A window's place in the <see cref="Audience"/>: its size, its standing and how far it is behind. Guarded by the
/// audience's lock, except the wake-up.</summary>
internal sealed class Watcher(int width, int height, bool reducedMotion = false)
{
    private readonly Channel<bool> wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Canvas width in physical pixels.</summary>
    public int Width { get; set; } = width;

    /// <summary>Canvas height in physical pixels.</summary>
    public int Height { get; set; } = height;

    /// <summary>Whether the user's system asks for less motion.</summary>
    public bool ReducedMotion { get; } = reducedMotion;

    /// <summary>The frames that were sent but not yet acknowledged, oldest first.</summary>
    public Queue<uint> Unacknowledged { get; } = new(Audience.MaximumUnacknowledged);

    /// <summary>The last frame sent.</summary>
    public uint LastSent { get; set; }

    /// <summary>Whether standing or requests changed since they were last told.</summary>
    public bool StandingChanged { get; set; } = true;

    /// <summary>Whether another frame may be sent.</summary>
    public bool HasCredit => Unacknowledged.Count < Audience.MaximumUnacknowledged;

    /// <summary>Tells the sender to look again.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Waits for <see cref="Wake"/>.</summary>
    public ValueTask<bool> Woken() => wake.Reader.ReadAsync();
}
