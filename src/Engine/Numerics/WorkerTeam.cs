using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace DreamViz.Engine.Numerics;

/// <summary>A fixed number of threads that share ranges of work; the caller is one of them.</summary>
/// <remarks>
/// Every thread first claims what is its own, the same share of every run, so that what it wrote is still in its
/// cache; then it takes what others have not claimed, whole shares or pieces of them: a thread that the system has not scheduled
/// is never waited for, and a slow processor's share becomes smaller. Idle threads spin briefly, then yield, then park. A run
/// while another is under way (nested, or from a second thread) is done by its caller alone. Steady use allocates nothing.
/// </remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    // About 0.1 ms of looking every 40 ns or so.
    private const int SpinsBeforeYielding = 2500;
    private const int YieldsBeforeParking = 30;
    private const int MostParts = 32;

    private readonly Thread[] helpers;
    private readonly object parking = new();
    private int parked;
    private bool callerWaits;
    private bool disposed;

    // The job: written by its caller before the parts are offered, stable until the last part is finished.
    private delegate*<void*, int, int, void> invoke;
    private void* body;
    private int items;
    private int parts;
    private int pieces;
    private int underWay;
    private int unfinished;
    private Exception? failure;

    /// <summary>Job number in the upper half, a bit for every part not yet claimed in the lower: a stale claim fails.</summary>
    private long offer;

    /// <param name="threads">How many, the caller included: at least 1.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            int share = i + 1;
            helpers[i] = new Thread(() => Help(share)) { IsBackground = true, Name = $"Worker {i + 1}" };
            helpers[i].Start();
        }
    }

    /// <summary>The caller alone. Any thread may use it at any time.</summary>
    public static WorkerTeam Single { get; } = new(1);

    /// <summary>The number of threads, the caller included.</summary>
    public int Threads => helpers.Length + 1;

    /// <summary>
    /// Does items 0 … <paramref name="items"/> − 1, in at most <see cref="Threads"/> shares of at least
    /// <paramref name="smallestShare"/> items, and returns when all are done. Throws what a range threw.
    /// </summary>
    /// <param name="work">What is done.</param>
    /// <param name="items">How many items there are.</param>
    /// <param name="smallestShare">The fewest items that repay another thread.</param>
    /// <param name="smallestPiece">The fewest items of a share that one thread may leave to another; 0: shares stay whole.</param>
    public void Run<TWork>(TWork work, int items, int smallestShare = 1, int smallestPiece = 0) where TWork : struct, IRangeWork
    {
        int shares = Math.Min(Math.Min(Threads, MostParts), items / Math.Max(1, smallestShare));
        if (shares > 1 && Interlocked.CompareExchange(ref underWay, 1, 0) == 0)
        {
            pieces = smallestPiece == 0 ? 1 : Math.Clamp(items / shares / smallestPiece, 1, MostParts / shares);
            Share(&Invoke<TWork>, Unsafe.AsPointer(ref work), items, shares * pieces);
        }
        else if (items > 0)
        {
            work.Run(0, items);
        }
    }

    /// <summary>Ends the threads. A run afterwards is done by its caller alone.</summary>
    public void Dispose()
    {
        lock (parking)
        {
            Volatile.Write(ref disposed, true);
            Monitor.PulseAll(parking);
        }

        foreach (Thread helper in helpers) helper.Join();
    }

    private static void Invoke<TWork>(void* work, int start, int end) where TWork : struct, IRangeWork =>
        Unsafe.AsRef<TWork>(work).Run(start, end);

    private void Share(delegate*<void*, int, int, void> invoke, void* body, int items, int parts)
    {
        this.invoke = invoke;
        this.body = body;
        this.items = items;
        this.parts = parts;
        unfinished = parts;
        Interlocked.Exchange(ref offer, ((offer >> 32) + 1) << 32 | (1L << parts) - 1);
        if (Volatile.Read(ref parked) > 0) WakeAll();
        RunParts(share: 0);
        AwaitOthers();
        Exception? thrown = Interlocked.Exchange(ref failure, null);
        Volatile.Write(ref underWay, 0);
        if (thrown != null) ExceptionDispatchInfo.Throw(thrown);
    }

    private void RunParts(int share)
    {
        while (TryClaim(share, out int part))
        {
            try
            {
                invoke(body, (int)((long)items * part / parts), (int)((long)items * (part + 1) / parts));
            }
#pragma warning disable CA1031 // Whatever it is, it belongs to the caller of Run.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }

            if (Interlocked.Decrement(ref unfinished) == 0 && Volatile.Read(ref callerWaits)) WakeAll();
        }
    }

    // Of its own share from the front, of others' from the back, which they would come to last.
    private bool TryClaim(int share, out int part)
    {
        long seen = Volatile.Read(ref offer);
        while ((uint)seen != 0)
        {
            uint own = (uint)seen & OwnParts(share);
            part = own != 0 ? BitOperations.TrailingZeroCount(own) : BitOperations.Log2((uint)seen);
            long before = Interlocked.CompareExchange(ref offer, seen & ~(1L << part), seen);
            if (before == seen) return true;
            seen = before;
        }

        part = 0;
        return false;
    }

    private uint OwnParts(int share)
    {
        int some = Volatile.Read(ref pieces), first = share * some;
        return first < MostParts ? (uint)((1UL << some) - 1) << first : 0;
    }

    private bool HasOffer => (uint)Volatile.Read(ref offer) != 0;

    private void Help(int share)
    {
        while (!Volatile.Read(ref disposed))
        {
            AwaitOffer();
            RunParts(share);
        }
    }

    // Parts are short and under way: soon done, unless the system has taken a thread's processor away. Then it is given this one.
    private void AwaitOthers()
    {
        for (int i = 0; i < SpinsBeforeYielding && Volatile.Read(ref unfinished) > 0; i++) Thread.SpinWait(1);
        if (Volatile.Read(ref unfinished) == 0) return;
        lock (parking)
        {
            // Said before the last look: either this thread sees that all are done or the last one sees it waiting.
            callerWaits = true;
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref unfinished) > 0) Monitor.Wait(parking);
            callerWaits = false;
        }
    }

    private void AwaitOffer()
    {
        for (int i = 0; i < SpinsBeforeYielding; i++)
        {
            if (HasOffer) return;
            Thread.SpinWait(1);
        }

        for (int i = 0; i < YieldsBeforeParking; i++)
        {
            if (HasOffer) return;
            Thread.Yield();
        }

        lock (parking)
        {
            // Counted before the last look at the offer: either this thread sees the offer or the caller sees it parked.
            Interlocked.Increment(ref parked);
            while (!HasOffer && !disposed) Monitor.Wait(parking);
            Interlocked.Decrement(ref parked);
        }
    }

    private void WakeAll()
    {
        lock (parking) Monitor.PulseAll(parking);
    }
}
