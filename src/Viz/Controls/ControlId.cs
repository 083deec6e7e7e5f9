namespace DreamViz.Viz.Controls;

/// <summary>Names a control from frame to frame; a text literal converts to one.</summary>
/// <param name="Name">Unique among the controls on the picture, together with <paramref name="Index"/>.</param>
/// <param name="Index">Tells apart controls drawn in a loop.</param>
public readonly record struct ControlId(string? Name, int Index = 0)
{
    /// <summary>No control.</summary>
    public static readonly ControlId None;

    /// <summary>A control that is alone of its name.</summary>
    public static implicit operator ControlId(string name) => new(name);
}

/// <summary>What the pointer and the keyboard do with a control in this frame.</summary>
/// <param name="Hovered">The pointer is on it, or was pressed on it and is still down.</param>
/// <param name="Held">It was pressed and the button is still down.</param>
/// <param name="Pressed">The button went down on it in this frame.</param>
/// <param name="Clicked">It was pressed and released on it, or Enter was hit while it had the focus.</param>
/// <param name="Focused">It has the keyboard focus, and the keyboard was used last.</param>
public readonly record struct Interaction(bool Hovered, bool Held, bool Pressed, bool Clicked, bool Focused);

/// <summary>What lies above what; the pointer reaches only the uppermost.</summary>
public enum UiLayer
{
    /// <summary>Bar, stage, shelf, timeline.</summary>
    Base,

    /// <summary>The drawer.</summary>
    Drawer,

    /// <summary>Notices.</summary>
    Notice,

    /// <summary>The page of shortcuts.</summary>
    Help,

    /// <summary>An open menu.</summary>
    Menu,
}
