using System.Collections.Concurrent;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Software;

namespace DreamViz.Viz.Recording;

/// <summary>What became of a live film's frames.</summary>
/// <param name="Written">Frames in the film.</param>
/// <param name="Duplicated">How many of them repeat the one before, because the screen drew none in time.</param>
/// <param name="Dropped">Frames that the screen drew and the film lacks, because the encoder was behind.</param>
public readonly record struct LiveFilmCounts(long Written, long Duplicated, long Dropped);

/// <summary>
/// Films what a screen shows, at a steady rate, without ever making the screen wait: frames are copied into a queue of at most
/// <see cref="Capacity"/>, drawn and encoded on a thread of their own. Frame n of the film is the picture at n / rate seconds:
/// where none came in time the last one is repeated, and what finds the queue full is left out; both are counted.
/// </summary>
public sealed class LiveRecorder : IDisposable
{
    /// <summary>The longest queue.</summary>
    public const int Capacity = 8;

    private readonly BlockingCollection<Queued> waiting = new(Capacity);
    private readonly ConcurrentBag<DrawList> spare = [];
    private readonly IFilmWriter film;
    private readonly SoftwareScreen screen;
    private readonly int framesPerSecond;
    private readonly Task writing;
    private long next;
    private long dropped;
    private long written;
    private long duplicated;

    /// <param name="film">The film; disposed of at the end.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="framesPerSecond">Its rate.</param>
    public LiveRecorder(IFilmWriter film, int width, int height, int framesPerSecond)
    {
        this.film = film;
        this.framesPerSecond = framesPerSecond;
        screen = new(width, height);
        for (int i = 0; i < Capacity + 1; i++) spare.Add(new());
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What became of the frames so far; exact once <see cref="StopAsync"/> is done.</summary>
    public LiveFilmCounts Counts => new(Volatile.Read(ref written), Volatile.Read(ref duplicated), Volatile.Read(ref dropped));

    /// <summary>Whether the film can still go on.</summary>
    public bool IsRunning => !writing.IsCompleted;

    /// <summary>Hands over the picture at this time. Never waits.</summary>
    /// <param name="frame">The picture; copied.</param>
    /// <param name="seconds">Since the film began.</param>
    public void Offer(DrawList frame, double seconds)
    {
        long due = (long)Math.Floor(seconds * framesPerSecond + 1e-6);
        if (due < next || waiting.IsAddingCompleted) return;
        if (!spare.TryTake(out DrawList? copy))
        {
            dropped++;
            return;
        }

        copy.CopyFrom(frame);
        if (waiting.TryAdd(new(copy, due - next + 1)))
        {
            next = due + 1;
            return;
        }

        spare.Add(copy);
        dropped++;
    }

    /// <summary>Ends the film after the frames in the queue.</summary>
    /// <exception cref="RecordingException">The film could not be written or completed.</exception>
    public Task StopAsync()
    {
        waiting.CompleteAdding();
        return writing;
    }

    /// <summary>Ends the film and waits for that; failures are left to <see cref="StopAsync"/>.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        ((IAsyncResult)writing).AsyncWaitHandle.WaitOne();
        waiting.Dispose();
    }

    private void Write()
    {
        try
        {
            foreach (Queued queued in waiting.GetConsumingEnumerable()) Write(queued);
            film.Finish();
        }
        finally
        {
            film.Dispose();
        }
    }

    // The gap before a late frame shows the picture that stood there.
    private void Write(Queued queued)
    {
        for (long i = 1; i < queued.Repeats && written > 0; i++)
        {
            film.Add(screen.Pixels);
            written++;
            duplicated++;
        }

        long atTheStart = written == 0 ? queued.Repeats : 1;
        screen.Draw(queued.Frame);
        spare.Add(queued.Frame);
        for (long i = 0; i < atTheStart; i++) film.Add(screen.Pixels);
        written += atTheStart;
        duplicated += atTheStart - 1;
    }

    private readonly record struct Queued(DrawList Frame, long Repeats);
}
