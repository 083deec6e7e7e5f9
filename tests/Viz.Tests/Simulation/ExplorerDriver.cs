using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

/// <summary>An explorer without thread and clock, driven by real input events at 1280 × 720.</summary>
internal sealed class ExplorerDriver : IDisposable
{
    public const int Rate = 60;

    public ExplorerDriver(string preset = "dreaming-digits", bool plays = false, double stepsPerFrame = 1)
        : this(new ExplorerOptions { Preset = PresetCatalog.Find(preset), StartPlaying = plays, StepsPerFrame = stepsPerFrame }) { }

    public ExplorerDriver(ExplorerOptions options)
    {
        Explorer = new Explorer(options with { CaptureFrameRate = Rate });
        Frames(2);
    }

    public Explorer Explorer { get; }

    public Scene Scene => Explorer.Scene;

    public DrawList List { get; } = new();

    public long Step => Explorer.Progress.Step;

    public IReadOnlyList<string> Texts => [.. DrawnText.Of(List).Select(word => word.Text)];

    public void Frames(int count)
    {
        for (int i = 0; i < count; i++) Explorer.Frame(List, 1280, 720, 1.0 / Rate);
    }

    public void Send(InputKind kind, float x, float y) => Explorer.Handle(new InputEvent(kind, x, y));

    public void Click(float x, float y)
    {
        Send(InputKind.PointerMove, x, y);
        Send(InputKind.PointerDown, x, y);
        Send(InputKind.PointerUp, x, y);
        Frames(2);
    }

    /// <summary>Clicks in the middle of the newest drawn text that reads like this.</summary>
    public void ClickText(string text)
    {
        (_, float x, float baseline) = DrawnText.Of(List).Last(word => word.Text == text);
        Click(x + 4, baseline - 4);
    }

    public void Drag(float fromX, float toX, float y)
    {
        Send(InputKind.PointerMove, fromX, y);
        Send(InputKind.PointerDown, fromX, y);
        Frames(1);
        Send(InputKind.PointerMove, toX, y);
        Frames(1);
        Send(InputKind.PointerUp, toX, y);
        Frames(2);
    }

    public void Press(Key key)
    {
        Explorer.Handle(new InputEvent(InputKind.KeyDown, Key: key));
        Explorer.Handle(new InputEvent(InputKind.KeyUp, Key: key));
        Frames(2);
    }

    public void Dispose() => Explorer.Dispose();
}
