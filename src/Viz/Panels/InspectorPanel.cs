using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>The drawer on the left: every training setting that is not another estimator's own, made from the attributes on
/// <see cref="TrainingSettings"/>, and how pictures are shown.</summary>
public sealed class InspectorPanel(Scene scene) : Panel(scene)
{
    private const float Left = 16;
    private const float Right = 224;
    private const float RowHeight = 28;
    private const float ChoiceHeight = 52;
    private const float Room = 542;

    private static readonly Box Drawer = new(0, 52, 240, 588);
    private static readonly string[] ImageStyles = ["smooth", "cells"];

    private readonly SettingRelevance relevance = new();
    private readonly CachedText<double>[] values = [.. SettingProperty.All.Select(_ => new CachedText<double>(Numbers.Short))];
    private readonly string[][] segments =
        [.. SettingProperty.All.Select(s => s.Choices?.Select(c => c.Label).ToArray() ?? [])];
    private readonly bool[] isSegmented =
        [.. SettingProperty.All.Select(s => s.Choices is { Count: <= 3 } c && c.All(item => item.Description.Length == 0))];
    private float y;
    private float squeeze = 1;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        if (!Scene.DrawerOpen) return;
        ui.Layer = UiLayer.Drawer;
        ui.Block(Drawer);
        canvas.Fill(Drawer, 0, Palette.Timeline);
        canvas.Rule(Drawer.Right - 1, Drawer.Y, 1, Drawer.Height, Palette.Rule);
        canvas.Text("Inspector", Left, Drawer.Y + 24, TextStyles.Title);
        if (ui.IconButton("close drawer", new(Right - 20, Drawer.Y + 5, 28, 28), Icon.Close, Palette.SecondaryText, tip: "Close (Tab)"))
            Scene.DrawerOpen = false;
        y = Drawer.Y + 36;
        squeeze = MathF.Min(1, Room / Height());
        for (int i = 0; i < SettingProperty.All.Count; i++) DrawSetting(canvas, ui, i);
        DrawDisplay(canvas, ui);
        ui.Layer = UiLayer.Base;
    }

    private void DrawSetting(Canvas canvas, Ui ui, int i)
    {
        SettingProperty setting = SettingProperty.All[i];
        if (!IsShown(setting)) return;
        bool enabled = relevance.Matters(setting.Name, Scene.Settings);
        if (setting.Header is { } header) DrawHeader(canvas, header);
        double value = setting.Read(Scene.Settings);
        bool changed = setting.Choices is { } choices ? DrawChoice(canvas, ui, i, choices, ref value, enabled)
            : setting.IsSwitch ? DrawSwitch(canvas, ui, i, ref value, enabled)
            : DrawNumber(canvas, ui, i, ref value, enabled);
        if (changed) Scene.Commands.Change(EstimatorNeeds.Meet(setting.With(Scene.Settings, value)));
    }

    private bool IsShown(SettingProperty setting)
    {
        if (relevance.IsAnothers(setting.Name, Scene.Settings)) return false;
        if (SettingRelevance.IsOfLabels(setting.Name)) return Scene.Classes > 0;
        return Scene.Classes == 0 || !LeavesRoomForLabels(setting, relevance.Matters(setting.Name, Scene.Settings));
    }

    /// <summary>What everything would take that is shown; where that is more than there is, rows move closer together.</summary>
    private float Height()
    {
        float height = 3 * RowHeight;
        foreach (SettingProperty setting in SettingProperty.All)
        {
            if (!IsShown(setting)) continue;
            if (setting.Header is not null) height += RowHeight;
            height += setting.Choices is null ? RowHeight : setting.Label == setting.Header ? ChoiceHeight - 20 : ChoiceHeight;
        }

        return height;
    }

    private void Advance(float height) => y += height * squeeze;

    /// <summary>Whether a setting without effect gives its place to the settings of labels.</summary>
    private static bool LeavesRoomForLabels(SettingProperty setting, bool enabled) => !enabled && setting.Header is null;

    private void DrawHeader(Canvas canvas, string header)
    {
        canvas.Rule(Left, y + 4, Right - Left, 1, Palette.Rule);
        canvas.Text(header, Left, y + 22, TextStyles.Caption);
        Advance(RowHeight);
    }

    private void DrawLabel(Canvas canvas, string label, bool enabled) => canvas.Text(
        label, Left, y + 18, enabled ? TextStyles.Label : TextStyles.Label with { Color = Palette.SecondaryText.Fade(Ui.Disabled) });

    private bool DrawChoice(Canvas canvas, Ui ui, int i, IReadOnlyList<MenuItem> choices, ref double value, bool enabled)
    {
        SettingProperty setting = SettingProperty.All[i];
        if (setting.Label == setting.Header) Advance(-20);
        else DrawLabel(canvas, setting.Label, enabled);
        Box box = new(Left, y + 24, Right - Left, 22);
        int chosen = (int)value;
        bool changed = isSegmented[i]
            ? ui.Segmented(new("setting", i), box, segments[i], ref chosen, enabled, setting.Tooltip)
            : ui.Dropdown(new("setting", i), box, choices, ref chosen, enabled, setting.Tooltip, 300);
        value = chosen;
        Advance(ChoiceHeight);
        return changed;
    }

    private bool DrawSwitch(Canvas canvas, Ui ui, int i, ref double value, bool enabled)
    {
        SettingProperty setting = SettingProperty.All[i];
        DrawLabel(canvas, setting.Label, enabled);
        bool on = value != 0;
        bool changed = ui.Switch(new("setting", i), new(Left, y, Right - Left, RowHeight), ref on, enabled, setting.Tooltip);
        value = on ? 1 : 0;
        Advance(RowHeight);
        return changed;
    }

    private bool DrawNumber(Canvas canvas, Ui ui, int i, ref double value, bool enabled)
    {
        SettingProperty setting = SettingProperty.All[i];
        DrawLabel(canvas, setting.Label, enabled);
        bool changed;
        if (setting.Scale is { } scale)
        {
            changed = ui.Slider(new("setting", i), new(124, y, 56, RowHeight), ref value, scale, enabled, setting.Tooltip);
            TextStyle style = enabled ? TextStyles.Value : TextStyles.Value with { Color = Palette.Text.Fade(Ui.Disabled) };
            canvas.Text(values[i].Of(value), Right, y + 18, style, TextAlign.Right);
        }
        else
        {
            Box field = new(136, y + 3, Right - 136, 22);
            changed = ui.NumberField(new("setting", i), field, ref value, setting.Minimum, setting.Maximum, enabled, setting.Tooltip);
        }

        Advance(RowHeight);
        return changed;
    }

    private void DrawDisplay(Canvas canvas, Ui ui)
    {
        DrawHeader(canvas, "Display");
        DrawLabel(canvas, "Images", enabled: true);
        int style = (int)Scene.ImageStyle;
        if (ui.Segmented("images", new(104, y + 3, Right - 104, 22), ImageStyles, ref style, tip: "How pictures are enlarged"))
            Scene.ImageStyle = (ImageStyle)style;
        Advance(RowHeight);
        DrawLabel(canvas, "Reduced motion", enabled: true);
        bool reduced = Scene.ReducedMotion;
        if (ui.Switch("reduced motion", new(Left, y, Right - Left, RowHeight), ref reduced, tip: "No glow and no pulses"))
            Scene.ReducedMotion = reduced;
    }
}
