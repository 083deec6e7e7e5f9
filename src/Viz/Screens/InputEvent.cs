namespace DreamViz.Viz.Screens;

/// <summary>What happened at an input device.</summary>
public enum InputKind : byte
{
    /// <summary>The pointer moved to (X, Y).</summary>
    PointerMove = 1,

    /// <summary>A button went down at (X, Y).</summary>
    PointerDown,

    /// <summary>A button came up at (X, Y).</summary>
    PointerUp,

    /// <summary>The pointer left the picture.</summary>
    PointerLeave,

    /// <summary>The wheel turned by <see cref="InputEvent.Wheel"/> notches, positive away from the user.</summary>
    Wheel,

    /// <summary>A key went down, or repeats.</summary>
    KeyDown,

    /// <summary>A key came up.</summary>
    KeyUp,

    /// <summary>A character was typed.</summary>
    Text,
}

/// <summary>Keys that have a meaning; letters and digits arrive as these too.</summary>
public enum Key : byte
{
#pragma warning disable CS1591 // The names say it.
    None,
    A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z,
    D0, D1, D2, D3, D4, D5, D6, D7, D8, D9,
    Space, Enter, Escape, Tab, Backspace, Delete, Left, Right, Up, Down, Home, End, PageUp, PageDown,
    Question, Plus, Minus, F1, F11,
#pragma warning restore CS1591
}

/// <summary>Keys held while something else happens.</summary>
[Flags]
public enum Modifiers : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Shift.</summary>
    Shift = 1,

    /// <summary>Control, or Command on a Mac.</summary>
    Control = 2,

    /// <summary>Alt.</summary>
    Alt = 4,
}

/// <summary>One event, the same from a window and from a browser.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="X">Pointer position in physical pixels of the picture.</param>
/// <param name="Y">Pointer position in physical pixels of the picture.</param>
/// <param name="Button">0 left, 1 middle, 2 right.</param>
/// <param name="Wheel">Notches.</param>
/// <param name="Key">The key.</param>
/// <param name="Character">The character typed.</param>
/// <param name="Modifiers">Keys held.</param>
public readonly record struct InputEvent(
    InputKind Kind, float X = 0, float Y = 0, byte Button = 0, float Wheel = 0, Key Key = Key.None, char Character = '\0',
    Modifiers Modifiers = Modifiers.None);
