namespace DreamViz.Viz.Recording;

/// <summary>A film could not be written on: an outside program or a disk failed. The message is one line for the user and says
/// what is left of the film.</summary>
public sealed class RecordingException : Exception
{
    /// <param name="message">One line.</param>
    public RecordingException(string message) : base(message) { }

    /// <param name="message">One line.</param>
    /// <param name="inner">The failure underneath.</param>
    public RecordingException(string message, Exception inner) : base(message, inner) { }
}
