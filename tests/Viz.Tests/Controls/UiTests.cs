using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Tests.Controls;

public sealed class UiTests
{
    private static readonly Box Place = new(100, 100, 80, 28);

    private readonly Canvas canvas = new(new DrawList(), GlyphCache.Shared);
    private readonly Ui ui = new();

    [Fact]
    public void A_press_and_release_between_two_frames_is_one_click()
    {
        Down(110, 110);
        Up(110, 110);
        Assert.True(Frame(() => ui.Button("a", Place, "A")));
        Assert.False(Frame(() => ui.Button("a", Place, "A")));
    }

    [Fact]
    public void Two_quick_clicks_are_two_clicks()
    {
        for (int i = 0; i < 2; i++)
        {
            Down(110, 110);
            Up(110, 110);
        }

        Assert.True(Frame(() => ui.Button("a", Place, "A")));
        Assert.True(Frame(() => ui.Button("a", Place, "A")));
        Assert.False(Frame(() => ui.Button("a", Place, "A")));
    }

    [Theory, InlineData(110, 300), InlineData(300, 110)]
    public void Pressing_or_releasing_elsewhere_is_no_click(float pressX, float releaseX)
    {
        Down(pressX, 110);
        Assert.False(Frame(() => ui.Button("a", Place, "A")));
        Up(releaseX, 110);
        Assert.False(Frame(() => ui.Button("a", Place, "A")));
    }

    [Fact]
    public void A_disabled_button_is_never_clicked()
    {
        Down(110, 110);
        Up(110, 110);
        Assert.False(Frame(() => ui.Button("a", Place, "A", enabled: false)));
    }

    [Fact]
    public void Only_the_uppermost_layer_is_reached()
    {
        bool Below() => ui.Button("below", Place, "A");
        bool Both()
        {
            bool below = Below();
            ui.Layer = UiLayer.Drawer;
            ui.Block(Place.Grow(20));
            ui.Layer = UiLayer.Base;
            return below;
        }

        Frame(Both);
        Down(110, 110);
        Up(110, 110);
        Assert.False(Frame(Both));
        Frame(Below);
        Down(110, 110);
        Up(110, 110);
        Assert.True(Frame(Below));
    }

    [Fact]
    public void A_slider_follows_the_pointer_even_beyond_its_ends()
    {
        double value = 0.5;
        bool Slide() => ui.Slider("s", Place, ref value, new SliderScale(0, 1));
        Down(140, 114);
        Frame(Slide);
        Assert.Equal(0.5, value, 6);
        Move(160, 300);
        Assert.True(Frame(Slide));
        Assert.Equal(0.75, value, 6);
        Move(900, 114);
        Frame(Slide);
        Assert.Equal(1, value);
        Up(900, 114);
        Frame(Slide);
        Move(110, 114);
        Assert.False(Frame(Slide));
    }

    [Fact]
    public void The_keyboard_reaches_every_control_in_order_and_enter_uses_it()
    {
        string clicked = "";
        bool Two()
        {
            if (ui.Button("a", Place, "A")) clicked += "a";
            if (ui.Button("b", Place with { X = 300 }, "B")) clicked += "b";
            return false;
        }

        Frame(Two);
        Press(Key.Down);
        Frame(Two);
        Press(Key.Enter);
        Frame(Two);
        Press(Key.Down);
        Frame(Two);
        Press(Key.Enter);
        Frame(Two);
        Press(Key.Down);
        Frame(Two);
        Press(Key.Enter);
        Frame(Two);
        Assert.Equal("aba", clicked);
    }

    [Fact]
    public void The_keyboard_moves_a_slider_and_a_segmented_choice()
    {
        double value = 10;
        int chosen = 0;
        bool Controls()
        {
            ui.Slider("s", Place, ref value, new SliderScale(1, 50, Logarithmic: true, Whole: true));
            ui.Segmented("g", Place with { Y = 200, Width = 120 }, ["wake", "both", "sleep"], ref chosen);
            return false;
        }

        Frame(Controls);
        Press(Key.Down);
        Frame(Controls);
        Press(Key.Right);
        Frame(Controls);
        Assert.Equal(11, value);
        Press(Key.End);
        Frame(Controls);
        Assert.Equal(50, value);
        Press(Key.Down);
        Frame(Controls);
        Press(Key.Right);
        Frame(Controls);
        Assert.Equal(1, chosen);
    }

    [Fact]
    public void A_menu_opens_keeps_the_pointer_to_itself_and_gives_back_the_choice()
    {
        int chosen = 0;
        bool below = false;
        MenuItem[] items = [new("first"), new("second"), new("third")];
        bool Controls()
        {
            bool changed = ui.Dropdown("menu", Place, items, ref chosen);
            below |= ui.Button("below", Place with { Y = 160 }, "Below");
            return changed;
        }

        Click(110, 110, Controls);
        Assert.True(ui.IsMenuOpen);
        Click(110, 132 + 4 + 28 + 14, Controls);
        Frame(Controls);
        Assert.Equal(1, chosen);
        Assert.False(below);
        Assert.False(ui.IsMenuOpen);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Escape_or_a_press_elsewhere_closes_a_menu_without_a_choice(bool byKey)
    {
        int chosen = 0;
        bool Controls() => ui.Dropdown("menu", Place, [new("first"), new("second")], ref chosen);
        Click(110, 110, Controls);
        if (byKey) Press(Key.Escape);
        else Down(600, 600);
        Frame(Controls);
        Frame(Controls);
        Assert.Equal((0, false), (chosen, ui.IsMenuOpen));
    }

    [Fact]
    public void A_typed_number_is_clamped_and_counts_on_enter()
    {
        double value = 5;
        bool Field() => ui.NumberField("n", Place, ref value, 0, 100);
        Click(110, 110, Field);
        Assert.True(ui.IsTyping);
        Press(Key.Delete);
        foreach (char c in "25x0") ui.Handle(new InputEvent(InputKind.Text, Character: c));
        Frame(Field);
        Assert.Equal(5, value);
        Press(Key.Enter);
        Assert.True(Frame(Field));
        Assert.Equal(100, value);
        Assert.False(ui.IsTyping);
    }

    [Fact]
    public void A_click_selects_the_number_and_what_is_typed_replaces_it()
    {
        double value = 1500;
        bool Field() => ui.NumberField("n", Place, ref value, 0);
        Click(110, 110, Field);
        foreach (char c in "20") ui.Handle(new InputEvent(InputKind.Text, Character: c));
        Press(Key.Enter);
        Frame(Field);
        Frame(Field);
        Assert.Equal(20, value);
    }

    [Fact]
    public void What_is_no_number_is_not_taken_and_stays_to_be_mended()
    {
        double value = 5;
        bool Field() => ui.NumberField("n", Place, ref value, 0);
        Click(110, 110, Field);
        foreach (char c in "9e9e") ui.Handle(new InputEvent(InputKind.Text, Character: c));
        Frame(Field);
        Press(Key.Enter);
        Assert.False(Frame(Field));
        Assert.Equal((5, true), (value, ui.IsTyping));
        for (int i = 0; i < 3; i++) Press(Key.Backspace);
        Frame(Field);
        Press(Key.Enter);
        Assert.True(Frame(Field));
        Assert.Equal((9, false), (value, ui.IsTyping));
    }

    [Fact]
    public void Escape_leaves_a_number_as_it_was()
    {
        double value = 5;
        bool Field() => ui.NumberField("n", Place, ref value, 0);
        Click(110, 110, Field);
        ui.Handle(new InputEvent(InputKind.Text, Character: '7'));
        Frame(Field);
        Press(Key.Escape);
        Frame(Field);
        Assert.Equal((5, false), (value, ui.IsTyping));
    }

    [Fact]
    public void A_flood_of_events_is_dropped_and_leaves_no_button_held()
    {
        Down(110, 110);
        Frame(() => ui.Button("a", Place, "A"));
        for (int i = 0; i < 5000; i++) Move(i, 110);
        Frame(() => ui.Button("a", Place, "A"));
        Assert.False(ui.IsDown);
    }

    [Fact]
    public void An_explanation_comes_when_the_pointer_rests()
    {
        bool Control() => ui.Button("a", Place, "A", tip: "Does something");
        Move(110, 110);
        Frame(Control);
        int before = canvas.List.Bytes.Length;
        for (int i = 0; i < 60; i++) Frame(Control);
        Assert.True(canvas.List.Bytes.Length > before);
    }

    private bool Frame(Func<bool> controls)
    {
        canvas.Begin(1280, 720);
        ui.BeginFrame(canvas, 1.0 / 60);
        bool result = controls();
        ui.EndFrame();
        return result;
    }

    private void Click(float x, float y, Func<bool> controls)
    {
        Down(x, y);
        Up(x, y);
        Frame(controls);
    }

    private void Move(float x, float y) => ui.Handle(new InputEvent(InputKind.PointerMove, x, y));

    private void Down(float x, float y) => ui.Handle(new InputEvent(InputKind.PointerDown, x, y));

    private void Up(float x, float y) => ui.Handle(new InputEvent(InputKind.PointerUp, x, y));

    private void Press(Key key) => ui.Handle(new InputEvent(InputKind.KeyDown, Key: key));
}
