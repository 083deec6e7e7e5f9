namespace DreamViz.Viz.Screens.Browser;

/// <summary>Buttons and keys that are down, so that they can be let go when their window goes away.</summary>
internal sealed class HeldInput
{
    private readonly SortedSet<byte> buttons = [];
    private readonly SortedSet<Key> keys = [];
    private float x, y;

    /// <summary>Follows one event.</summary>
    public void Track(in InputEvent input)
    {
        if (input.Kind is InputKind.PointerMove or InputKind.PointerDown or InputKind.PointerUp) (x, y) = (input.X, input.Y);
        switch (input.Kind)
        {
            case InputKind.PointerDown: buttons.Add(input.Button); break;
            case InputKind.PointerUp: buttons.Remove(input.Button); break;
            case InputKind.KeyDown: keys.Add(input.Key); break;
            case InputKind.KeyUp: keys.Remove(input.Key); break;
        }
    }

    /// <summary>The events that let everything go and take the pointer away.</summary>
    public IReadOnlyList<InputEvent> Release()
    {
        List<InputEvent> events = [];
        foreach (byte button in buttons) events.Add(new(InputKind.PointerUp, x, y, button));
        foreach (Key key in keys) events.Add(new(InputKind.KeyUp, Key: key));
        events.Add(new(InputKind.PointerLeave));
        buttons.Clear();
        keys.Clear();
        return events;
    }
}
