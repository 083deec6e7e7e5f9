using System.Numerics;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Controls;

/// <summary>
/// Immediate-mode controls on the canvas: a panel calls a control each frame, which draws itself and says what the user did
/// with it. Menus and tooltips are drawn last, above everything; the pointer reaches only the uppermost layer.
/// </summary>
/// <remarks>States as in the design: at rest <see cref="Palette.Control"/>, under the pointer
/// <see cref="Palette.ControlHover"/>, pressed or selected <see cref="Palette.ControlActive"/>, keyboard focus a white ring of
/// 2 px, 2 px away, disabled at 38%.</remarks>
public sealed partial class Ui
{
    /// <summary>The opacity of what is disabled or resting.</summary>
    public const float Disabled = 0.38f;

    private const double TooltipDelay = 0.45;

    private readonly UiInput input = new();
    private readonly List<(Box Box, UiLayer Layer)> blockers = [];
    private readonly List<(Box Box, UiLayer Layer)> nextBlockers = [];
    private readonly List<ControlId> focusOrder = [];
    private Canvas canvas = null!;
    private ControlId active;
    private ControlId focused;
    private bool focusVisible;
    private (ControlId Id, Box Box, string Text) tip;
    private (ControlId Id, double Seconds) tipWait;
    private double seconds;

    /// <summary>The pointer, in design pixels; far outside when it left the picture.</summary>
    public Vector2 Pointer => input.Pointer;

    /// <summary>Where the left button last went down.</summary>
    public Vector2 PressPoint => input.PressPoint;

    /// <summary>How far the pointer moved since the previous frame.</summary>
    public Vector2 PointerDelta => input.Pointer - input.PreviousPointer;

    /// <summary>Whether the left button is down.</summary>
    public bool IsDown => input.IsDown;

    /// <summary>Whether the left button went down in this frame, wherever.</summary>
    public bool Pressed => input.Pressed;

    /// <summary>Whether the left button came up in this frame, wherever.</summary>
    public bool Released => input.Released;

    /// <summary>Modifier keys held.</summary>
    public Modifiers Modifiers => input.Modifiers;

    /// <summary>The control that was pressed and is still held.</summary>
    public ControlId Active => active;

    /// <summary>The layer on which controls are called now.</summary>
    public UiLayer Layer { get; set; }

    /// <summary>Whether a text is being edited, so that letters are no shortcuts.</summary>
    public bool IsTyping => editing != ControlId.None;

    /// <summary>Whether a menu is open.</summary>
    public bool IsMenuOpen => menu.Id != ControlId.None;

    /// <summary>Takes an event for the next frame.</summary>
    public void Handle(in InputEvent e) => input.Add(e);

    /// <summary>Begins a frame; the canvas must have begun.</summary>
    /// <param name="target">Where controls are drawn.</param>
    /// <param name="elapsed">Seconds since the previous frame.</param>
    public void BeginFrame(Canvas target, double elapsed)
    {
        canvas = target;
        seconds = elapsed;
        Layer = UiLayer.Base;
        focusOrder.Clear();
        tip = default;
        input.BeginFrame(canvas);
        if (input.Pressed || PointerDelta != Vector2.Zero) focusVisible = false;
        blockers.Clear();
        blockers.AddRange(nextBlockers);
        nextBlockers.Clear();
    }

    /// <summary>Draws the open menu and the tooltip, and moves the keyboard focus.</summary>
    public void EndFrame()
    {
        Layer = UiLayer.Menu;
        DrawMenu();
        DrawTooltip();
        if (!IsTyping) MoveFocus();
        if (!focusOrder.Contains(focused)) focused = ControlId.None;
        if (!input.IsDown) active = ControlId.None;
    }

    /// <summary>Uses up a key that went down in this frame and that no control has used.</summary>
    public bool Take(Key key) => input.Take(key);

    /// <summary>Uses up the wheel when the pointer is in the box: notches, positive away from the user.</summary>
    public float TakeWheel(Box box)
    {
        if (!Reaches(input.Pointer, box)) return 0;
        float notches = input.Wheel;
        input.Wheel = 0;
        return notches;
    }

    /// <summary>Keeps the pointer from everything below the present layer inside this box, from the next frame on.</summary>
    public void Block(Box box) => nextBlockers.Add((box, Layer));

    /// <summary>Whether the pointer is in the box with nothing above, and no other control is held.</summary>
    public bool IsOver(Box box) => active == ControlId.None && Reaches(input.Pointer, box);

    /// <summary>What the user does with a control of any look.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where the pointer reaches it.</param>
    /// <param name="enabled">A disabled control only shows tooltips.</param>
    /// <param name="focusable">Whether the keyboard reaches it.</param>
    public Interaction Interact(ControlId id, Box box, bool enabled = true, bool focusable = true)
    {
        if (!enabled) return new(Reaches(input.Pointer, box), false, false, false, false);
        bool pressed = input.Pressed && active == ControlId.None && Reaches(input.PressPoint, box);
        if (pressed) (active, focused) = (id, focusable ? id : ControlId.None);
        bool held = active == id;
        bool over = Reaches(input.Pointer, box) && (held || active == ControlId.None);
        bool reachable = focusable && IsReachable(box);
        if (reachable) focusOrder.Add(id);
        bool hasFocus = reachable && focused == id;
        bool entered = hasFocus && focusVisible && input.Take(Key.Enter);
        return new(over || held, held, pressed, held && input.Released && over || entered, hasFocus && focusVisible);
    }

    /// <summary>Explains a control when the pointer rests on it, or when it has the focus.</summary>
    public void Tip(ControlId id, Box box, Interaction state, string text)
    {
        if (text.Length > 0 && (state.Hovered || state.Focused) && !state.Held) tip = (id, box, text);
    }

    /// <summary>Takes the keyboard focus away.</summary>
    public void ClearFocus() => (focused, focusVisible) = (ControlId.None, false);

    private bool Reaches(Vector2 point, Box box)
    {
        if (!box.Contains(point.X, point.Y)) return false;
        foreach ((Box above, UiLayer layer) in blockers)
            if (layer > Layer && above.Contains(point.X, point.Y)) return false;
        return true;
    }

    private bool IsReachable(Box box)
    {
        foreach ((Box above, UiLayer layer) in blockers)
            if (layer > Layer && above.Contains(box.Center.X, box.Center.Y)) return false;
        return true;
    }

    private void MoveFocus()
    {
        int step = input.Take(Key.Down) ? 1 : input.Take(Key.Up) ? -1 : 0;
        if (step == 0 || focusOrder.Count == 0) return;
        int at = focusOrder.IndexOf(focused);
        if (at < 0) at = step > 0 ? -1 : 0;
        else if (!focusVisible) step = 0;
        focused = focusOrder[(at + step + focusOrder.Count) % focusOrder.Count];
        focusVisible = true;
    }

    private void DrawTooltip()
    {
        tipWait = tip.Id == tipWait.Id ? (tip.Id, tipWait.Seconds + seconds) : (tip.Id, 0);
        if (tip.Id == ControlId.None || tipWait.Seconds < TooltipDelay || IsMenuOpen) return;
        TooltipLook.Draw(canvas, paragraphs, tip.Box, tip.Text);
    }
}
