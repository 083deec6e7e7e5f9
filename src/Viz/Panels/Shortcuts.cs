namespace DreamViz.Viz.Panels;

/// <summary>A shortcut as the page of shortcuts explains it.</summary>
/// <param name="Keys">What to press.</param>
/// <param name="Meaning">What it does.</param>
public sealed record Shortcut(string Keys, string Meaning);

/// <summary>Every shortcut, by subject.</summary>
public static class Shortcuts
{
    /// <summary>Subjects and their shortcuts, in the order of the page.</summary>
    public static IReadOnlyList<(string Subject, IReadOnlyList<Shortcut> Items)> All { get; } =
    [
        ("Learning",
        [
            new("Space", "play or pause"),
            new("→", "one step: wake, then sleep"),
            new("W", "wake step only"),
            new("S", "sleep step only"),
            new("+  −", "faster, slower"),
            new("F", "follow at full speed"),
            new("Home", "start again, same seed"),
            new("N", "start again, another seed"),
            new("1 … 9, 0", "choose a preset"),
        ]),
        ("Looking",
        [
            new("Tab", "all settings"),
            new("H", "hide the panels"),
            new("L", "the estimator laboratory"),
            new("R", "record a film, or stop"),
            new("C", "pictures smooth or as cells"),
            new("M", "reduced motion"),
            new("?  F1", "this page"),
            new("Escape", "close, dismiss, release clamps"),
            new("↑  ↓", "move between controls"),
            new("Enter", "use a control; ← → change it"),
        ]),
        ("With the pointer",
        [
            new("Hover", "a unit: what it does, and its twin"),
            new("Click", "a unit: free, on, off, free"),
            new("Shift-click", "a unit: turned over while pressed"),
            new("Drag", "a box: all units in it together"),
        ]),
    ];
}
