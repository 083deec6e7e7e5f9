using System.Collections.Concurrent;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>
/// Everyone who looks: the newest frame, who controls, who is how far behind, and the input of the window in control. The
/// screen thread publishes and never waits: each window copies the newest frame when it can take one, and what came between
/// is dropped.
/// </summary>
internal sealed class Audience(bool viewOnly) : IDisposable
{
    /// <summary>Frames under way to a window, at most.</summary>
    public const int MaximumUnacknowledged = 2;

    private const int MaximumQueuedInput = 4096;

    private readonly Lock gate = new();
    private readonly List<Watcher> watchers = [];
    private readonly Frame newest = new();
    private readonly HeldInput held = new();
    private readonly ConcurrentQueue<InputEvent> inputs = new();
    private readonly ManualResetEvent demand = new(false);
    private Watcher? controller;
    private Watcher? asking;
    private bool motionUnasked;

    /// <summary>Windows that look now.</summary>
    public int Count { get { lock (gate) return watchers.Count; } }

    /// <summary>The number of the newest frame.</summary>
    public uint Published { get { lock (gate) return newest.Number; } }

    /// <summary>Whether some window could take a frame now.</summary>
    public bool Wanted { get { lock (gate) return watchers.Exists(watcher => watcher.HasCredit); } }

    /// <summary>The size to draw: that of the window in control, else of the one that came first; 0 × 0 with nobody there.</summary>
    public (int Width, int Height) Size
    {
        get
        {
            lock (gate)
            {
                Watcher? leader = controller ?? watchers.FirstOrDefault();
                return leader is null ? (0, 0) : (leader.Width, leader.Height);
            }
        }
    }

    /// <summary>Waits until something happens after which a frame may be wanted: someone comes, has drawn, acts
    /// or resizes; or until told to stop.</summary>
    public void WaitForDemand(CancellationToken stop)
    {
        WaitHandle.WaitAny([demand, stop.WaitHandle]);
        demand.Reset();
    }

    /// <summary>Adds a window; the first controls.</summary>
    public void Join(Watcher watcher)
    {
        lock (gate)
        {
            watchers.Add(watcher);
            if (!viewOnly && controller is null) (controller, motionUnasked) = (watcher, true);
        }

        watcher.Wake();
        demand.Set();
    }

    /// <summary>Removes a window; control goes to whoever asked for it, else to the one that has looked longest.</summary>
    public void Leave(Watcher watcher)
    {
        lock (gate)
        {
            if (!watchers.Remove(watcher)) return;
            if (asking == watcher) Ask(null);
            if (controller == watcher) Give(asking ?? watchers.FirstOrDefault());
        }
    }

    /// <summary>The window's canvas has a new size.</summary>
    public void Resize(Watcher watcher, int width, int height)
    {
        lock (gate) (watcher.Width, watcher.Height) = (width, height);
        demand.Set();
    }

    /// <summary>Takes an event if this window controls; drops it else, or when the screen thread does not keep up.</summary>
    public void Accept(Watcher watcher, in InputEvent input)
    {
        lock (gate)
        {
            if (controller != watcher || inputs.Count >= MaximumQueuedInput) return;
            held.Track(input);
            inputs.Enqueue(input);
        }

        demand.Set();
    }

    /// <summary>The next event of the window in control, oldest first.</summary>
    public bool TryNextInput(out InputEvent input) => inputs.TryDequeue(out input);

    /// <summary>A word about control.</summary>
    public void Negotiate(Watcher watcher, ClientMessageKind word)
    {
        lock (gate)
        {
            bool controls = controller == watcher;
            if (viewOnly) return;
            if (word == ClientMessageKind.Ask && !controls) Ask(watcher);
            if (word == ClientMessageKind.Take && !controls) Give(watcher);
            if (word == ClientMessageKind.HandOver && controls && asking is not null) Give(asking);
            if (word == ClientMessageKind.Keep && controls) Ask(null);
        }
    }

    /// <summary>The window has drawn this frame and all before; false for a frame it was never sent.</summary>
    public bool TryAcknowledge(Watcher watcher, uint number)
    {
        lock (gate)
        {
            if (number > watcher.LastSent) return false;
            while (watcher.Unacknowledged.TryPeek(out uint oldest) && oldest <= number) watcher.Unacknowledged.Dequeue();
        }

        watcher.Wake();
        demand.Set();
        return true;
    }

    /// <summary>Whether a window has come into control whose user's system asks for less motion; true once for each.</summary>
    public bool TakeMotionWish()
    {
        lock (gate)
        {
            bool wished = motionUnasked && controller is { ReducedMotion: true };
            motionUnasked = false;
            return wished;
        }
    }

    /// <summary>Makes a drawn frame the newest; one that shows nothing new is left out.</summary>
    public void Publish(DrawList list, int width, int height, int glyphs)
    {
        lock (gate)
        {
            if (newest.Shows(list.Bytes, width, height)) return;
            newest.Advance(list.Bytes, width, height, glyphs);
            foreach (Watcher watcher in watchers) watcher.Wake();
        }
    }

    /// <summary>Copies the newest frame for a window that may be sent one and has not seen it, and counts it as under way.</summary>
    public bool TryTakeFrame(Watcher watcher, Frame copy)
    {
        lock (gate)
        {
            if (newest.Number == watcher.LastSent || !watcher.HasCredit) return false;
            copy.CopyFrom(newest);
            watcher.LastSent = newest.Number;
            watcher.Unacknowledged.Enqueue(newest.Number);
            return true;
        }
    }

    /// <summary>What the window may do and whether another asks it for control, if that was not told yet.</summary>
    public bool TryTakeStanding(Watcher watcher, out Standing standing, out bool asked)
    {
        lock (gate)
        {
            bool controls = controller == watcher;
            standing = viewOnly ? Standing.ViewOnly : controls ? Standing.Controls : Standing.Watches;
            asked = controls && asking is not null;
            bool changed = watcher.StandingChanged;
            watcher.StandingChanged = false;
            return changed;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => demand.Dispose();

    private void Ask(Watcher? watcher)
    {
        asking = watcher;
        TellStanding(controller);
    }

    private void Give(Watcher? next)
    {
        foreach (InputEvent release in held.Release()) inputs.Enqueue(release);
        TellStanding(controller);
        (controller, asking, motionUnasked) = (next, null, true);
        TellStanding(controller);
        demand.Set();
    }

    private static void TellStanding(Watcher? watcher)
    {
        if (watcher is null) return;
        watcher.StandingChanged = true;
        watcher.Wake();
    }
}
