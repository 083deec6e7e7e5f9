using DreamViz.Engine.Training;
using DreamViz.Viz.Panels;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Simulation;

/// <content>The keyboard, as <see cref="Panels.Shortcuts"/> lists it. Controls come first: a key that one has used never
/// arrives here.</content>
public sealed partial class Explorer
{
    private void HandleShortcuts()
    {
        if (ui.IsTyping || ui.IsMenuOpen) return;
        HandleLearning();
        HandleLooking();
        if (ui.Take(Key.Escape)) Close();
        for (int i = 0; i < Math.Min(PresetMenu.Keys, presets.Count); i++)
            if (ui.Take(PresetMenu.KeyOf(i))) Scene.Commands.ChoosePreset(presets[i].Name);
    }

    private void HandleLearning()
    {
        ISceneCommands commands = Scene.Commands;
        if (ui.Take(Key.Space)) PlayOrPause();
        if (ui.Take(Key.Right)) commands.Step(StepPhases.Both);
        if (ui.Take(Key.W)) commands.Step(StepPhases.Wake);
        if (ui.Take(Key.S)) commands.Step(StepPhases.Sleep);
        if (ui.Take(Key.Plus)) commands.SetTargetRate(SpeedScale.Step(Scene.TargetRate, 1));
        if (ui.Take(Key.Minus)) commands.SetTargetRate(SpeedScale.Step(Scene.TargetRate, -1));
        if (ui.Take(Key.Home)) commands.Restart(newest.Seed);
        if (ui.Take(Key.N)) commands.Restart(newest.Seed + 1);
        if (ui.Take(Key.F)) Follow();
    }

    private void HandleLooking()
    {
        if (ui.Take(Key.R)) Scene.RecordingRequested = !Scene.RecordingRequested;
        if (ui.Take(Key.L)) Scene.LaboratoryOpen = !Scene.LaboratoryOpen;
        if (ui.Take(Key.H)) Scene.PanelsHidden = !Scene.PanelsHidden;
        if (ui.Take(Key.Tab)) Scene.DrawerOpen = !Scene.DrawerOpen;
        if (ui.Take(Key.M)) Scene.ReducedMotion = !Scene.ReducedMotion;
        if (ui.Take(Key.C)) Scene.ImageStyle = Scene.ImageStyle == ImageStyle.Smooth ? ImageStyle.Cells : ImageStyle.Smooth;
        if (ui.Take(Key.Question) || ui.Take(Key.F1)) Scene.HelpOpen = !Scene.HelpOpen;
    }

    private void PlayOrPause()
    {
        if (Scene.IsPlaying) Scene.Commands.Pause();
        else Scene.Commands.Play();
    }

    private void Follow()
    {
        Scene.Commands.SetTargetRate(double.PositiveInfinity);
        Scene.Commands.Play();
    }

    /// <summary>Takes away what lies on top: help, then a notice, then the drawer, then the laboratory, then the clamps, then the focus.</summary>
    private void Close()
    {
        if (Scene.HelpOpen) Scene.HelpOpen = false;
        else if (Scene.Notice is not null) Scene.Notice = null;
        else if (Scene.DrawerOpen) Scene.DrawerOpen = false;
        else if (Scene.LaboratoryOpen) Scene.LaboratoryOpen = false;
        else if (Scene.Selection.HeldUnits > 0) Scene.Selection.ReleaseAll();
        else ui.ClearFocus();
    }
}
