using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels;
using DreamViz.Viz.Panels.Laboratory;
using DreamViz.Viz.Panels.Learning;
using DreamViz.Viz.Panels.Stage;

namespace DreamViz.Viz.Simulation;

/// <summary>Every panel of the picture, and which of them are drawn now.</summary>
internal sealed class ExplorerPanels
{
    private readonly Scene scene;
    private readonly StagePanel stage;
    private readonly Panel reconstruction;
    private readonly Panel learning;
    private readonly Panel settings;
    private readonly Panel dreams;
    private readonly Panel phase;
    private readonly Panel clamps;
    private readonly LaboratoryPanel laboratory;
    private readonly Panel bar;
    private readonly Panel[] frame;
    private readonly Panel[] above;

    public ExplorerPanels(Scene scene, IReadOnlyList<MenuItem> presets)
    {
        (this.scene, stage) = (scene, new StagePanel(scene));
        (reconstruction, learning) = (new ReconstructionPanel(scene), new LearningShelf(scene));
        (settings, dreams) = (new LiveSettingsPanel(scene), new DreamsPanel(scene));
        (phase, clamps) = (new PhaseShelfPanel(scene, stage), new ClampShelfPanel(scene));
        (laboratory, bar) = (new LaboratoryPanel(scene), new BarPanel(scene, presets));
        frame = [bar, new TimelinePanel(scene)];
        above = [new InspectorPanel(scene), new NoticePanel(scene), new HelpPanel(scene)];
        All = [stage, reconstruction, learning, settings, dreams, phase, clamps, laboratory, .. frame, .. above];
    }

    /// <summary>Every panel, in the order in which they live.</summary>
    public Panel[] All { get; }

    /// <summary>Draws what belongs on the picture now, what lies above last.</summary>
    public void Draw(Canvas canvas, Ui ui)
    {
        laboratory.Draw(canvas, ui);
        if (scene.LaboratoryOpen) bar.Draw(canvas, ui);
        else DrawWorlds(canvas, ui);
        foreach (Panel panel in above) panel.Draw(canvas, ui);
    }

    private void DrawWorlds(Canvas canvas, Ui ui)
    {
        stage.Draw(canvas, ui);
        if (!scene.PanelsHidden)
        {
            DrawShelf(canvas, ui);
            foreach (Panel panel in frame) panel.Draw(canvas, ui);
        }
    }

    private void DrawShelf(Canvas canvas, Ui ui)
    {
        if (scene.Shelf == Shelf.Clamps)
        {
            clamps.Draw(canvas, ui);
            return;
        }

        reconstruction.Draw(canvas, ui);
        learning.Draw(canvas, ui);
        (scene.Shelf == Shelf.Phase ? phase : settings).Draw(canvas, ui);
        dreams.Draw(canvas, ui);
    }
}
