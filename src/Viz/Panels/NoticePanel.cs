using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels;

/// <summary>One card between bar and stage: a run that stopped, what a screen has to say, or what to do when nothing has
/// happened yet; with the button that helps.</summary>
public sealed class NoticePanel(Scene scene) : Panel(scene)
{
    /// <summary>How long what is only good to know stays, in seconds.</summary>
    public const double InformationSeconds = 9;

    private const float Width = 640;
    private const float Left = (Canvas.DesignWidth - Width) / 2;
    private const float Top = 57;
    private const float LineHeight = 17;

    private static readonly Notice Empty = new(
        NoticeKind.Information, "No steps yet",
        "The network starts from noise. Press Space to wake it, or → for one step.");

    private Divergence? dismissed;
    private Divergence? described;
    private Notice? divergence;
    private Notice? shown;
    private double shownSince;

    /// <inheritdoc/>
    protected internal override void Update()
    {
        if (!ReferenceEquals(shown, Scene.Notice)) (shown, shownSince) = (Scene.Notice, Scene.Time.Time);
        if (shown is { Kind: NoticeKind.Information } && Scene.Time.Time - shownSince > InformationSeconds) Scene.Notice = null;
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas, Ui ui)
    {
        ui.Layer = UiLayer.Notice;
        if (Scene.Divergence is { } stop && stop != dismissed) DrawDivergence(canvas, ui, stop);
        else if (Scene.Notice is { } notice) DrawDismissible(canvas, ui, notice);
        else if (Scene is { IsPlaying: false, Snapshot.Step: 0, LaboratoryOpen: false }) DrawEmpty(canvas, ui);
        ui.Layer = UiLayer.Base;
    }

    private void DrawDivergence(Canvas canvas, Ui ui, Divergence stop)
    {
        if (described != stop)
            (described, divergence) = (stop, new(NoticeKind.Warning, $"Training diverged at step {Numbers.Grouped(stop.Step)}", stop.Message));
        Box card = DrawCard(canvas, ui, divergence!, button: 108);
        if (!ui.Button("halve the rate", ButtonBox(card, 108), "Halve the rate", tip: "Both networks' rates, then learn on")) return;
        dismissed = stop;
        Scene.Commands.Change(SettingsRate.Scaled(Scene.Settings, 0.5));
        Scene.Commands.Play();
    }

    private void DrawDismissible(Canvas canvas, Ui ui, Notice notice)
    {
        Box card = DrawCard(canvas, ui, notice, button: 28);
        if (ui.IconButton("dismiss", ButtonBox(card, 28), Icon.Close, Palette.SecondaryText, tip: "Dismiss (Escape)")) Scene.Notice = null;
    }

    private void DrawEmpty(Canvas canvas, Ui ui)
    {
        Box card = DrawCard(canvas, ui, Empty, button: 50);
        if (ui.Button("play from empty", ButtonBox(card, 50), "Play")) Scene.Commands.Play();
    }

    private static Box ButtonBox(Box card, float width) => new(card.Right - 14 - width, card.Y + 11, width, 28);

    private static Box DrawCard(Canvas canvas, Ui ui, Notice notice, float button)
    {
        float room = Width - 48 - button - 28;
        int lines = ui.Paragraphs.Lines(canvas, notice.Text, room, 12).Count;
        Box card = new(Left, Top, Width, 34 + LineHeight * lines);
        ui.Block(card);
        Card.Draw(canvas, card);
        (Icon icon, Rgba color) = notice.Kind switch
        {
            NoticeKind.Error => (Icon.Error, Palette.Alert),
            NoticeKind.Warning => (Icon.Warning, Palette.Warning),
            _ => (Icon.Information, Palette.SecondaryText),
        };
        Icons.Draw(canvas, icon, new(card.X + 24, card.Y + 21), 18, color);
        canvas.Text(notice.Title, card.X + 48, card.Y + 22, new(13, FontWeight.Semibold, Palette.Text));
        TextStyle style = new(12, FontWeight.Regular, Palette.SecondaryText);
        ui.Paragraphs.Draw(canvas, notice.Text, card.X + 48, card.Y + 42, room, LineHeight, style);
        return card;
    }
}
