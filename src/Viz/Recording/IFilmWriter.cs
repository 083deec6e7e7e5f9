namespace DreamViz.Viz.Recording;

/// <summary>A film that is being written. Disposing of it before <see cref="Finish"/> leaves what was written so far under
/// a name with <c>.part</c> and never touches a finished film.</summary>
public interface IFilmWriter : IDisposable
{
    /// <summary>Appends a frame; waits while the disk or the encoder is busy.</summary>
    /// <param name="rgba">[height · width · 4] red, green, blue, 255 of every pixel from the top.</param>
    /// <exception cref="RecordingException">The film cannot go on.</exception>
    void Add(ReadOnlySpan<byte> rgba);

    /// <summary>Completes the film and gives it its name.</summary>
    /// <exception cref="RecordingException">The film cannot be completed.</exception>
    void Finish();
}
