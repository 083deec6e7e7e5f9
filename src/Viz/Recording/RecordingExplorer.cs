using System.Globalization;
using DreamViz.Engine;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Recording;

/// <summary>
/// An explorer whose recording button works: films the frames it draws for as long as <see cref="RecordingRequested"/>, into
/// the folder given, and says on the picture how that went. What the screen draws on does not matter.
/// </summary>
/// <param name="inner">The explorer.</param>
/// <param name="folder">Where films go.</param>
/// <param name="ffmpeg">ffmpeg, or null where there is none.</param>
/// <param name="time">The clock that films keep to.</param>
public sealed class RecordingExplorer(IExplorer inner, string folder, Ffmpeg? ffmpeg, TimeProvider time) : IExplorer, IDisposable
{
    private const int FramesPerSecond = 60;
    private const long LongestGuess = 3600 * FramesPerSecond;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.7);

    private LiveRecorder? recorder;
    private Task? ending;
    private string path = "";
    private (int Width, int Height) size;
    private long began, ended;
    private bool isTold;

    /// <inheritdoc/>
    public bool RecordingRequested
    {
        get => inner.RecordingRequested;
        set => inner.RecordingRequested = value;
    }

    /// <inheritdoc/>
    public bool ReducedMotion
    {
        get => inner.ReducedMotion;
        set => inner.ReducedMotion = value;
    }

    /// <inheritdoc/>
    public void Handle(in InputEvent input) => inner.Handle(input);

    /// <inheritdoc/>
    public void Notify(Notice notice) => inner.Notify(notice);

    /// <inheritdoc/>
    public void Frame(DrawList list, int width, int height, double seconds)
    {
        inner.Frame(list, width, height, seconds);
        if (recorder is null && ending is null && RecordingRequested) Begin(width, height);
        if (recorder is null)
        {
            Report();
            return;
        }

        bool resized = size != (width, height);
        if (resized || !recorder.IsRunning) RecordingRequested = false;
        if (RecordingRequested) recorder.Offer(list, time.GetElapsedTime(began).TotalSeconds);
        else End();
        Report();
    }

    /// <summary>Completes a film that is being recorded.</summary>
    public void Dispose() => recorder?.Dispose();

    private void Begin(int width, int height)
    {
        string name = time.GetLocalNow().ToString("'dreamviz-'yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        (FilmFormat format, path) = FilmFormat.Find("mp4").Available(Path.Combine(folder, name + ".mp4"), LongestGuess, ffmpeg, out string? reason);
        var options = new FilmOptions { Path = path, Width = width & ~1, Height = height & ~1, FramesPerSecond = FramesPerSecond };
        try
        {
            recorder = new(format.Create(options, ffmpeg), options.Width, options.Height, FramesPerSecond);
            (size, began) = ((width, height), time.GetTimestamp());
            if (reason is not null) Notify(new(NoticeKind.Warning, "Recording without ffmpeg", reason));
        }
        catch (Exception failure) when (failure is RecordingException or InvalidInputException)
        {
            RecordingRequested = false;
            Notify(new(NoticeKind.Error, "Not recording", failure.Message));
        }
    }

    private void End()
    {
        if (ending is null) (ending, ended) = (recorder!.StopAsync(), time.GetTimestamp());
        if (isTold || ending.IsCompleted || time.GetElapsedTime(ended) < Patience) return;
        isTold = true;
        Notify(new(NoticeKind.Information, "Completing the film", $"{path}: its last frames are still being encoded."));
    }

    private void Report()
    {
        if (ending is not { IsCompleted: true } || recorder is null) return;
        LiveFilmCounts counts = recorder.Counts;
        Notify(ending.Exception?.InnerException is { } failure
            ? new(NoticeKind.Error, "The film broke off", failure.Message)
            : new(NoticeKind.Information, "Film saved", string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {counts.Written} frames, {counts.Duplicated} repeated, {counts.Dropped} left out.")));
        recorder.Dispose();
        (recorder, ending, isTold) = (null, null, false);
    }
}
