using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Controls;

/// <summary>What a menu offers.</summary>
/// <param name="Label">The choice.</param>
/// <param name="Description">What to expect of it, on lines below; empty for none.</param>
/// <param name="Shortcut">The key that chooses it; empty for none.</param>
public sealed record MenuItem(string Label, string Description = "", string Shortcut = "");

/// <content>Menus. An open menu is data until the end of the frame, when it is drawn above everything else; what was chosen
/// reaches its control in the next frame. Where all descriptions would not fit on the screen, only the marked item's is shown,
/// below the items.</content>
public sealed partial class Ui
{
    private const float NameHeight = 26, LineHeight = 15;

    private readonly Paragraphs paragraphs = new();
    private (ControlId Id, IReadOnlyList<MenuItem> Items, Box Box, float Width, int Marked) menu;
    private (ControlId Id, int Index) chosen;
    private bool menuWasOpen;

    /// <summary>Texts broken into lines, shared by all panels.</summary>
    public Paragraphs Paragraphs => paragraphs;

    /// <summary>A button that opens a menu; true when the user chose another item.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where it stands.</param>
    /// <param name="items">What can be chosen.</param>
    /// <param name="selected">The chosen one, changed in place; −1 for none.</param>
    /// <param name="enabled">Whether it can be used now.</param>
    /// <param name="tip">Explains it.</param>
    /// <param name="width">The least width of the menu.</param>
    /// <param name="size">Text size.</param>
    public bool Dropdown(
        ControlId id, Box box, IReadOnlyList<MenuItem> items, ref int selected, bool enabled = true, string tip = "",
        float width = 0, float size = 12)
    {
        Interaction state = ButtonFrame(id, box, enabled, selected: false, tip);
        float before = Dim(enabled);
        string label = (uint)selected < (uint)items.Count ? items[selected].Label : "";
        canvas.PushClip(box with { Width = box.Width - 26 });
        canvas.Text(label, box.X + size - 1, box.Center.Y + 4.4f, new(size, FontWeight.Regular, Palette.Text));
        canvas.PopClip();
        Icons.Draw(canvas, Icon.Chevron, new(box.Right - 14, box.Center.Y), 10, Palette.TertiaryText);
        canvas.Opacity = before;
        if (state.Clicked) menu = menu.Id == id ? default : (id, items, box, MathF.Max(width, box.Width), selected);
        return TakeChoice(id, ref selected);
    }

    /// <summary>A place without a frame of its own that opens a menu; true when the user chose another item.</summary>
    /// <param name="id">Which control.</param>
    /// <param name="box">Where the pointer reaches it.</param>
    /// <param name="items">What can be chosen.</param>
    /// <param name="selected">The chosen one, changed in place; −1 for none.</param>
    /// <param name="tip">Explains it.</param>
    /// <param name="width">The least width of the menu.</param>
    public bool PlainDropdown(ControlId id, Box box, IReadOnlyList<MenuItem> items, ref int selected, string tip, float width)
    {
        Interaction state = Interact(id, box);
        Tip(id, box, state, tip);
        if (state.Focused) FocusRing(box, Radius);
        if (state.Clicked) menu = menu.Id == id ? default : (id, items, box, width, selected);
        return TakeChoice(id, ref selected);
    }

    /// <summary>Closes the open menu; false when there was none.</summary>
    public bool CloseMenu()
    {
        bool wasOpen = IsMenuOpen;
        menu = default;
        return wasOpen;
    }

    private bool TakeChoice(ControlId id, ref int selected)
    {
        if (chosen.Id != id || id == ControlId.None) return false;
        int before = selected;
        selected = chosen.Index;
        chosen = default;
        return selected != before;
    }

    private void DrawMenu()
    {
        bool wasOpen = menuWasOpen;
        menuWasOpen = IsMenuOpen;
        if (!IsMenuOpen) return;
        Box box = MenuBox();
        Block(new(-1e5f, -1e5f, 2e5f, 2e5f));
        Card.Draw(canvas, box);
        MoveMark();
        float y = box.Y + 4;
        for (int i = 0; IsMenuOpen && i < menu.Items.Count; i++)
        {
            Box item = new(box.X + 4, y, box.Width - 8, ItemHeight(menu.Items[i]));
            DrawItem(item, i);
            y = item.Bottom;
        }

        if (IsMenuOpen && !HasRoom()) DrawMarkedDescription(box);
        if (wasOpen && input.Pressed && !box.Contains(PressPoint.X, PressPoint.Y) || input.Take(Key.Escape)) menu = default;
    }

    private void MoveMark()
    {
        int count = menu.Items.Count;
        if (input.Take(Key.Down)) menu.Marked = (menu.Marked + 1) % count;
        if (input.Take(Key.Up)) menu.Marked = (menu.Marked + count - 1) % count;
        if (input.Take(Key.Enter) && menu.Marked >= 0) Choose(menu.Marked);
    }

    private void DrawItem(Box box, int i)
    {
        Interaction state = Interact(new("menu item", i), box, focusable: false);
        if (state.Hovered && PointerDelta != System.Numerics.Vector2.Zero) menu.Marked = i;
        if (state.Hovered || i == menu.Marked) canvas.Fill(box, 4, state.Held ? Palette.ControlActive : Palette.ControlHover);
        MenuItem item = menu.Items[i];
        float baseline = box.Y + (HasRoom() ? 19 : 18);
        canvas.Text(item.Label, box.X + 8, baseline, new(13, FontWeight.Regular, Palette.Text));
        canvas.Text(item.Shortcut, box.Right - 8, baseline, new(11, FontWeight.Regular, Palette.TertiaryText), TextAlign.Right);
        if (item.Description.Length > 0 && HasRoom()) DrawDescription(item, box.X + 8, box.Y + 36);
        if (state.Clicked) Choose(i);
    }

    private void Choose(int i)
    {
        chosen = (menu.Id, i);
        menu = default;
    }

    private void DrawMarkedDescription(Box box)
    {
        float top = box.Bottom - FooterHeight();
        canvas.Rule(box.X + 12, top, box.Width - 24, 1, Palette.Rule);
        if ((uint)menu.Marked < (uint)menu.Items.Count) DrawDescription(menu.Items[menu.Marked], box.X + 12, top + 18);
    }

    private void DrawDescription(MenuItem item, float x, float baseline)
    {
        TextStyle style = new(11, FontWeight.Regular, Palette.SecondaryText);
        paragraphs.Draw(canvas, item.Description, x, baseline, menu.Width - 24, LineHeight, style);
    }

    private float ItemHeight(MenuItem item) => HasRoom() ? FullHeight(item) : NameHeight;

    private float FullHeight(MenuItem item) => item.Description.Length == 0 ? 28 : 32 + LineHeight * DescriptionLines(item);

    /// <summary>Room for the longest description.</summary>
    private float FooterHeight()
    {
        int most = 0;
        foreach (MenuItem item in menu.Items) most = Math.Max(most, DescriptionLines(item));
        return 12 + LineHeight * most;
    }

    private int DescriptionLines(MenuItem item) => paragraphs.Lines(canvas, item.Description, menu.Width - 24, 11).Count;

    /// <summary>Whether all items fit on the screen with their descriptions.</summary>
    private bool HasRoom()
    {
        float height = 24;
        foreach (MenuItem item in menu.Items) height += FullHeight(item);
        return height <= Canvas.DesignHeight;
    }

    private Box MenuBox()
    {
        float height = HasRoom() ? 8 : 8 + FooterHeight();
        foreach (MenuItem item in menu.Items) height += ItemHeight(item);
        float y = menu.Box.Bottom + 4;
        if (y + height > Canvas.DesignHeight - 8) y = MathF.Max(8, menu.Box.Y - 4 - height);
        float x = Math.Clamp(menu.Box.X, 8, MathF.Max(8, Canvas.DesignWidth - 8 - menu.Width));
        return new(x, y, menu.Width, height);
    }
}
