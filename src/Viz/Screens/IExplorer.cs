using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens;

/// <summary>What a screen drives: it hands in events and asks for frames. Not thread-safe: one screen, one thread.</summary>
public interface IExplorer
{
    /// <summary>Takes one input event.</summary>
    void Handle(in InputEvent input);

    /// <summary>Advances by this much time and draws one frame of this physical size into the list, which is cleared first.</summary>
    void Frame(DrawList list, int width, int height, double seconds);

    /// <summary>What the recording button asks for; a screen or host starts and stops a recorder when it changes.</summary>
    bool RecordingRequested { get; set; }

    /// <summary>Whether light and movement that only please are left out; a screen sets it where the user's system says so.</summary>
    bool ReducedMotion { get; set; }

    /// <summary>One short sentence for the user, shown as a notice until dismissed or replaced.</summary>
    void Notify(Notice notice);
}

/// <summary>How serious a notice is.</summary>
public enum NoticeKind
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Something was done differently from what was asked.</summary>
    Warning,

    /// <summary>Something could not be done.</summary>
    Error,
}

/// <summary>A message on the picture.</summary>
/// <param name="Kind">How serious.</param>
/// <param name="Title">A few words.</param>
/// <param name="Text">One or two sentences.</param>
public sealed record Notice(NoticeKind Kind, string Title, string Text);
