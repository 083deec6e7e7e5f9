using System.Numerics;
using DreamViz.Viz.Screens;
using Raylib_cs;
using Key = DreamViz.Viz.Screens.Key;

namespace DreamViz.Viz.Window;

/// <summary>Turns raylib's polled input into events, in pixels of the picture.</summary>
internal sealed class RaylibInput
{
    private static readonly KeyboardKey[] AllKeys = Enum.GetValues<KeyboardKey>();

    private Vector2 pointer = new(-1);
    private bool inside;

    /// <summary>Hands everything that happened since the last call to the explorer.</summary>
    /// <param name="explorer">Who takes the events.</param>
    /// <param name="pixelsPerPoint">Pixels of the picture to a point of the window.</param>
    public void Poll(IExplorer explorer, float pixelsPerPoint)
    {
        Modifiers modifiers = HeldModifiers();
        PollPointer(explorer, pixelsPerPoint, modifiers);
        for (int code = Raylib.GetKeyPressed(); code != 0; code = Raylib.GetKeyPressed())
            explorer.Handle(new(InputKind.KeyDown, Key: Translate((KeyboardKey)code, modifiers), Modifiers: modifiers));
        foreach (KeyboardKey key in AllKeys)
        {
            if (Raylib.IsKeyPressedRepeat(key)) explorer.Handle(new(InputKind.KeyDown, Key: Translate(key, modifiers), Modifiers: modifiers));
            if (Raylib.IsKeyReleased(key)) explorer.Handle(new(InputKind.KeyUp, Key: Translate(key, modifiers), Modifiers: modifiers));
        }

        for (int character = Raylib.GetCharPressed(); character != 0; character = Raylib.GetCharPressed())
        {
            if (character <= char.MaxValue) explorer.Handle(new(InputKind.Text, Character: (char)character, Modifiers: modifiers));
        }
    }

    private static Modifiers HeldModifiers()
    {
        Modifiers held = Modifiers.None;
        if (Raylib.IsKeyDown(KeyboardKey.LeftShift) || Raylib.IsKeyDown(KeyboardKey.RightShift)) held |= Modifiers.Shift;
        if (Raylib.IsKeyDown(KeyboardKey.LeftControl) || Raylib.IsKeyDown(KeyboardKey.RightControl)
            || Raylib.IsKeyDown(KeyboardKey.LeftSuper) || Raylib.IsKeyDown(KeyboardKey.RightSuper)) held |= Modifiers.Control;
        if (Raylib.IsKeyDown(KeyboardKey.LeftAlt) || Raylib.IsKeyDown(KeyboardKey.RightAlt)) held |= Modifiers.Alt;
        return held;
    }

    private static Key Translate(KeyboardKey key, Modifiers modifiers) => key switch
    {
        >= KeyboardKey.A and <= KeyboardKey.Z => (Key)((int)Key.A + (key - KeyboardKey.A)),
        >= KeyboardKey.Zero and <= KeyboardKey.Nine => (Key)((int)Key.D0 + (key - KeyboardKey.Zero)),
        >= KeyboardKey.Kp0 and <= KeyboardKey.Kp9 => (Key)((int)Key.D0 + (key - KeyboardKey.Kp0)),
        KeyboardKey.Space => Key.Space,
        KeyboardKey.Enter or KeyboardKey.KpEnter => Key.Enter,
        KeyboardKey.Escape => Key.Escape,
        KeyboardKey.Tab => Key.Tab,
        KeyboardKey.Backspace => Key.Backspace,
        KeyboardKey.Delete => Key.Delete,
        KeyboardKey.Left => Key.Left,
        KeyboardKey.Right => Key.Right,
        KeyboardKey.Up => Key.Up,
        KeyboardKey.Down => Key.Down,
        KeyboardKey.Home => Key.Home,
        KeyboardKey.End => Key.End,
        KeyboardKey.PageUp => Key.PageUp,
        KeyboardKey.PageDown => Key.PageDown,
        KeyboardKey.Slash when modifiers.HasFlag(Modifiers.Shift) => Key.Question,
        KeyboardKey.Equal or KeyboardKey.KpAdd => Key.Plus,
        KeyboardKey.Minus or KeyboardKey.KpSubtract => Key.Minus,
        KeyboardKey.F1 => Key.F1,
        KeyboardKey.F11 => Key.F11,
        _ => Key.None,
    };

    private void PollPointer(IExplorer explorer, float pixelsPerPoint, Modifiers modifiers)
    {
        Vector2 at = Raylib.GetMousePosition() * pixelsPerPoint;
        bool nowInside = Raylib.IsCursorOnScreen();
        if (inside && !nowInside) explorer.Handle(new(InputKind.PointerLeave));
        if (at != pointer || nowInside && !inside) explorer.Handle(new(InputKind.PointerMove, at.X, at.Y, Modifiers: modifiers));
        (pointer, inside) = (at, nowInside);
        for (byte button = 0; button < 3; button++)
        {
            MouseButton raylibButton = button switch { 1 => MouseButton.Middle, 2 => MouseButton.Right, _ => MouseButton.Left };
            if (Raylib.IsMouseButtonPressed(raylibButton)) explorer.Handle(new(InputKind.PointerDown, at.X, at.Y, button, Modifiers: modifiers));
            if (Raylib.IsMouseButtonReleased(raylibButton)) explorer.Handle(new(InputKind.PointerUp, at.X, at.Y, button, Modifiers: modifiers));
        }

        float wheel = Raylib.GetMouseWheelMove();
        if (wheel != 0) explorer.Handle(new(InputKind.Wheel, at.X, at.Y, Wheel: wheel, Modifiers: modifiers));
    }
}
