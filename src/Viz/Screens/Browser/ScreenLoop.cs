using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>
/// Drives the explorer: hands it the input of the window in control and asks for a frame of that window's size, at most 60
/// times a second, and only while some window can take a frame or a film is being recorded.
/// </summary>
internal sealed class ScreenLoop(IExplorer explorer, Audience audience, GlyphCache glyphs, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.0 / 60);

    /// <summary>The longest time a frame may advance by: a window that slept does not make the picture leap.</summary>
    private const double LongestAdvance = 0.25;

    private readonly DrawList list = new();
    private (int Width, int Height) size;

    /// <summary>Frames drawn so far.</summary>
    public long Drawn { get; private set; }

    /// <summary>Draws frames until told to stop.</summary>
    public void Run(CancellationToken stop)
    {
        for (long last = time.GetTimestamp(); !stop.IsCancellationRequested;)
        {
            TimeSpan rest = Interval - time.GetElapsedTime(last);
            if (rest > TimeSpan.Zero) stop.WaitHandle.WaitOne(rest);
            else if (!audience.Wanted && !explorer.RecordingRequested) audience.WaitForDemand(stop);
            else
            {
                double seconds = time.GetElapsedTime(last).TotalSeconds;
                last = time.GetTimestamp();
                Step(Math.Min(seconds, LongestAdvance));
            }
        }
    }

    /// <summary>Takes all waiting input, advances by this time, draws and publishes one frame.</summary>
    public void Step(double seconds)
    {
        while (audience.TryNextInput(out InputEvent input)) explorer.Handle(input);
        if (audience.TakeMotionWish()) explorer.ReducedMotion = true;
        if (audience.Size is { Width: > 0 } wanted) size = wanted;
        if (size.Width == 0) return;
        explorer.Frame(list, size.Width, size.Height, seconds);
        audience.Publish(list, size.Width, size.Height, glyphs.Count);
        Drawn++;
    }
}
