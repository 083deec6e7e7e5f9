namespace DreamViz.Engine.Training;

/// <summary>Hands the newest of something from one writing thread to one reading thread through three slots: the latest
/// wins, nobody waits, nothing is allocated.</summary>
/// <remarks>The writer fills <see cref="Back"/> and calls <see cref="Publish"/>; the reader calls <see cref="TryTake"/> and
/// owns what it got until its next successful take. <see cref="Wanted"/> tells the writer that the reader has taken
/// everything so far, so that it need not fill slots that nobody will look at.</remarks>
public sealed class SnapshotExchange<T> where T : class
{
    private const int Fresh = 4;

    private readonly T[] slots;
    private int back;
    private int middle = 1;
    private int front = 2;

    /// <param name="create">Makes one slot; called three times.</param>
    public SnapshotExchange(Func<T> create) => slots = [create(), create(), create()];

    /// <summary>Writer: the slot to fill next.</summary>
    public T Back => slots[back];

    /// <summary>Whether everything published has been taken.</summary>
    public bool Wanted => (Volatile.Read(ref middle) & Fresh) == 0;

    /// <summary>Writer: makes <see cref="Back"/> the newest.</summary>
    public void Publish() => back = Interlocked.Exchange(ref middle, back | Fresh) & ~Fresh;

    /// <summary>Reader: takes the newest, if there is one that was not taken before.</summary>
    public bool TryTake(out T newest)
    {
        bool fresh = !Wanted;
        if (fresh) front = Interlocked.Exchange(ref middle, front) & ~Fresh;
        newest = slots[front];
        return fresh;
    }
}
