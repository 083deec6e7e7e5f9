using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Controls;

/// <summary>Turns a stream of events into what happened in one frame. At most one press and one release reach a frame, in
/// that order; what follows waits for the next, so that a quick click is never lost.</summary>
internal sealed class UiInput
{
    private const int Capacity = 1024;

    private readonly Queue<InputEvent> queue = new();
    private readonly List<InputEvent> keys = [];

    /// <summary>The pointer, in design pixels.</summary>
    public Vector2 Pointer { get; private set; } = new(-1e6f);

    /// <summary>Where the pointer was in the previous frame.</summary>
    public Vector2 PreviousPointer { get; private set; } = new(-1e6f);

    /// <summary>Where the left button last went down.</summary>
    public Vector2 PressPoint { get; private set; }

    /// <summary>Whether the left button is down at the end of the frame's events.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Whether the left button went down in this frame.</summary>
    public bool Pressed { get; private set; }

    /// <summary>Whether the left button came up in this frame.</summary>
    public bool Released { get; private set; }

    /// <summary>Wheel notches in this frame, positive away from the user.</summary>
    public float Wheel { get; set; }

    /// <summary>Modifier keys held during the newest event.</summary>
    public Modifiers Modifiers { get; private set; }

    /// <summary>Keys that went down and characters typed in this frame, in order; whoever uses one removes it.</summary>
    public List<InputEvent> Keys => keys;

    /// <summary>Takes an event for the next frame.</summary>
    public void Add(in InputEvent input)
    {
        if (queue.Count >= Capacity) Abandon();
        queue.Enqueue(input);
    }

    /// <summary>Takes what belongs to this frame from the waiting events.</summary>
    public void BeginFrame(Canvas canvas)
    {
        (Pressed, Released, Wheel) = (false, false, 0);
        PreviousPointer = Pointer;
        keys.Clear();
        while (queue.TryPeek(out InputEvent next) && !WaitsForNextFrame(next))
        {
            queue.Dequeue();
            Modifiers = next.Modifiers;
            Apply(next, canvas);
        }
    }

    /// <summary>Uses up a key, if it went down in this frame.</summary>
    public bool Take(Key key)
    {
        for (int i = 0; i < keys.Count; i++)
        {
            if (keys[i].Kind != InputKind.KeyDown || keys[i].Key != key) continue;
            keys.RemoveAt(i);
            return true;
        }

        return false;
    }

    private bool WaitsForNextFrame(in InputEvent next) => next.Kind switch
    {
        InputKind.PointerDown => Pressed || Released,
        InputKind.PointerMove or InputKind.PointerUp or InputKind.PointerLeave => Released,
        _ => false,
    };

    private void Apply(in InputEvent input, Canvas canvas)
    {
        switch (input.Kind)
        {
            case InputKind.PointerMove:
                Move(input, canvas);
                break;
            case InputKind.PointerDown when input.Button == 0:
                Move(input, canvas);
                PressPoint = Pointer;
                IsDown = Pressed = true;
                break;
            case InputKind.PointerUp when input.Button == 0:
                Move(input, canvas);
                Released = IsDown;
                IsDown = false;
                break;
            case InputKind.PointerLeave:
                Pointer = new(-1e6f);
                break;
            case InputKind.Wheel:
                Wheel += float.IsFinite(input.Wheel) ? Math.Clamp(input.Wheel, -100, 100) : 0;
                break;
            case InputKind.KeyDown or InputKind.Text:
                keys.Add(input);
                break;
        }
    }

    private void Move(in InputEvent input, Canvas canvas)
    {
        if (float.IsFinite(input.X) && float.IsFinite(input.Y)) Pointer = canvas.ToDesign(new(input.X, input.Y));
    }

    private void Abandon()
    {
        queue.Clear();
        IsDown = false;
    }
}
