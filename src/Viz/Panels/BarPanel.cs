using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>The bar at the top: preset, start again, the steps of each phase on its own side, speed, laboratory, recording, drawer,
/// help.</summary>
/// <param name="scene">What panels share.</param>
/// <param name="presets">What the menu offers.</param>
public sealed class BarPanel(Scene scene, IReadOnlyList<MenuItem> presets) : Panel(scene)
{
    private const float Height = 52;
    private const float Top = 12;
    private const float Side = 28;

    private static readonly Box Track = new(895, Top, 125, Side);

    private readonly CachedText<double> speed = new(SpeedScale.Name);

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        canvas.Fill(new(0, 0, Canvas.DesignWidth, Height), 0, Palette.Ground);
        canvas.Rule(0, Height - 1, Canvas.DesignWidth, 1, Palette.Rule);
        canvas.Text("DreamViz", 24, 32, new(16, FontWeight.Semibold, Palette.Text));
        DrawPresets(ui);
        DrawStarts(ui);
        DrawSteps(ui);
        DrawSpeed(canvas, ui);
        DrawSwitches(ui);
    }

    private void DrawPresets(Ui ui)
    {
        int chosen = IndexOf(Scene.PresetName);
        if (ui.Dropdown("preset", new(116, Top, 196, Side), presets, ref chosen, tip: Scene.WhatToWatch, width: 380, size: 13))
            Scene.Commands.ChoosePreset(presets[chosen].Label);
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < presets.Count; i++) if (presets[i].Label == name) return i;
        return -1;
    }

    private void DrawStarts(Ui ui)
    {
        ulong seed = Scene.Snapshot?.Seed ?? 0;
        if (ui.IconButton("reset", new(418, Top, 32, Side), Icon.Reset, tip: "Start again from step 0 with the same seed (Home)"))
            Scene.Commands.Restart(seed);
        if (ui.IconButton("reseed", new(456, Top, 32, Side), Icon.Die, tip: "Start again from step 0 with another seed (N)"))
            Scene.Commands.Restart(seed + 1);
    }

    private void DrawSteps(Ui ui)
    {
        Box wake = new(494, Top, 112, Side), sleep = new(674, Top, 112, Side);
        if (ui.Button("wake step", wake, Icon.Sun, Palette.Wake, "Wake step", tip: "Explain one batch of data; the generative network learns (W)"))
            Scene.Commands.Step(StepPhases.Wake);
        Icon icon = Scene.IsPlaying ? Icon.Pause : Icon.Play;
        if (ui.Disc("play", new(640, 26), 20, icon, Scene.IsPlaying ? "Pause between two steps (Space)" : "Learn on (Space)"))
            PlayOrPause();
        if (ui.Button("sleep step", sleep, Icon.Moon, Palette.Dream, "Sleep step", tip: "Dream one batch; the recognition network learns (S)"))
            Scene.Commands.Step(StepPhases.Sleep);
        if (ui.IconButton("step", new(792, Top, 32, Side), Icon.StepForward, tip: "One step: wake, then sleep (→)"))
            Scene.Commands.Step(StepPhases.Both);
    }

    private void PlayOrPause()
    {
        if (Scene.IsPlaying) Scene.Commands.Pause();
        else Scene.Commands.Play();
    }

    private void DrawSpeed(Canvas canvas, Ui ui)
    {
        canvas.Text("Speed", 850, 30.4f, new(12, FontWeight.Regular, Palette.SecondaryText));
        for (int tick = 0; tick < 5; tick++)
            canvas.Rule(Track.X + tick * (Track.Width - 1) / 4, 33, 1, 3, Palette.TertiaryText.Fade(0.6f));
        double position = SpeedScale.Position(Scene.TargetRate);
        if (ui.Slider("speed", Track, ref position, new(0, 1), tip: "Steps per second to aim at (+ and −)", knob: 6.5f))
            Scene.Commands.SetTargetRate(SpeedScale.Rate(position));
        canvas.Text(speed.Of(Scene.TargetRate), 1034, 30.4f, TextStyles.Value);
    }

    private void DrawSwitches(Ui ui)
    {
        if (ui.IconButton("laboratory", new(1107, Top, 32, Side), Icon.Flask, selected: Scene.LaboratoryOpen, tip: "Compare estimators on frozen weights (L)"))
            Scene.LaboratoryOpen = !Scene.LaboratoryOpen;
        string recording = Scene.RecordingRequested ? "Stop recording and keep the film (R)" : "Record a film of what you see (R)";
        if (ui.IconButton("record", new(1146, Top, 32, Side), Icon.Record, selected: Scene.RecordingRequested, tip: recording))
            Scene.RecordingRequested = !Scene.RecordingRequested;
        if (ui.IconButton("drawer", new(1185, Top, 32, Side), Icon.Drawer, selected: Scene.DrawerOpen, tip: "All settings (Tab)"))
            Scene.DrawerOpen = !Scene.DrawerOpen;
        if (ui.IconButton("help", new(1224, Top, 32, Side), Icon.Help, selected: Scene.HelpOpen, tip: "All shortcuts (?)"))
            Scene.HelpOpen = !Scene.HelpOpen;
    }
}
