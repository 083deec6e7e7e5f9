using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace DreamViz.Engine.Numerics;

/// <summary>A fixed number of threads that share ranges of work; the caller is one of them.</summary>
/// <remarks>
/// Every thread first claims what is its own, the same share of every run, so that what it wrote is still in its
/// cache; then it takes what others have not claimed, whole shares or pieces of them: a thread that the system has not scheduled
/// is never waited for, and a slow processor's share becomes smaller. Idle threads spin briefly, then yield, then park. A run
/// while another is under way (nested, or from a second thread) is done by its caller alone. Steady use allocates nothing.
/// What two threads tell each other about a share is one cache line: where processors have no cache in common, one that another has
/// written takes a quarter of a microsecond to come, and who writes or claims without need makes everybody wait for it.
/// </remarks>
public sealed unsafe class WorkerTeam : IDisposable
{
    // About 0.1 ms of looking every 40 ns or so.
    private const int SpinsBeforeYielding = 2500;
    private const int YieldsBeforeParking = 30;
    private const int MostPieces = 32;

    private readonly Thread[] helpers;
    // One a thread, the caller's first.
    private readonly Share* shares;
    private readonly Share[] storage;
    private readonly object parking = new();
    private readonly bool[] parked;
    private bool callerWaits;
    private bool disposed;
    private Exception? failure;

    /// <param name="threads">How many, the caller included: at least 1.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        storage = GC.AllocateArray<Share>(threads + 1, pinned: true);
        nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0);
        shares = (Share*)((address + Share.Size - 1) & ~(nuint)(Share.Size - 1));
        parked = new bool[threads];
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
        int count = Math.Min(Threads, items / Math.Max(1, smallestShare));
        if (count > 1 && Interlocked.CompareExchange(ref shares->UnderWay, 1, 0) == 0)
        {
            int pieces = smallestPiece == 0 ? 1 : Math.Clamp(items / count / smallestPiece, 1, MostPieces);
            Distribute(&Invoke<TWork>, Unsafe.AsPointer(ref work), items, count, pieces);
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

    private void Distribute(delegate*<void*, int, int, void> invoke, void* body, int items, int count, int pieces)
    {
        long job = ++shares->Job;
        bool anyParked = false;
        for (int share = count - 1; share >= 0; share--)
        {
            Share* offered = shares + share;
            offered->Invoke = invoke;
            offered->Body = body;
            (offered->Items, offered->Parts, offered->FirstPart) = (items, count * pieces, share * pieces);
            // The caller's first piece is claimed with the offer: a claim of its own would wait until the others' offers have left.
            long unclaimed = (1L << pieces) - (share == 0 ? 2 : 1);
            Volatile.Write(ref offered->Offer, job << 32 | unclaimed);
            anyParked |= Volatile.Read(ref parked[share]);
        }

        if (anyParked) WakeAll();
        RunPart(share: 0, *shares, piece: 0);
        RunParts(share: 0);
        AwaitOthers(shares->Expected += count * pieces);
        Exception? thrown = Volatile.Read(ref failure);
        failure = null;
        Volatile.Write(ref shares->UnderWay, 0);
        if (thrown != null) ExceptionDispatchInfo.Throw(thrown);
    }

    // First its own, then others'.
    private void RunParts(int share)
    {
        for (int i = 0; i < Threads; i++)
        {
            Share* offered = shares + (share + i) % Threads;
            while (TryClaim(offered, fromFront: i == 0, out int piece)) RunPart(share, *offered, piece);
        }
    }

    // Whoever claims keeps what is offered from changing until it is done.
    private void RunPart(int share, in Share offered, int piece)
    {
        try
        {
            long part = offered.FirstPart + piece;
            offered.Invoke(offered.Body, (int)(offered.Items * part / offered.Parts), (int)(offered.Items * (part + 1) / offered.Parts));
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the caller of Run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref failure, exception, null);
        }

        Volatile.Write(ref shares[share].Finished, shares[share].Finished + 1);
        if (Volatile.Read(ref callerWaits)) WakeAll();
    }

    // From the back, what its owner would come to last, unless it is the owner.
    private static bool TryClaim(Share* offered, bool fromFront, out int piece)
    {
        long seen = Volatile.Read(ref offered->Offer);
        while ((uint)seen != 0)
        {
            piece = fromFront ? BitOperations.TrailingZeroCount((uint)seen) : BitOperations.Log2((uint)seen);
            long before = Interlocked.CompareExchange(ref offered->Offer, seen & ~(1L << piece), seen);
            if (before == seen) return true;
            seen = before;
        }

        piece = 0;
        return false;
    }

    private bool AreFinished(long expected)
    {
        long finished = 0;
        for (int share = 0; share < Threads; share++) finished += Volatile.Read(ref shares[share].Finished);
        return finished == expected;
    }

    private bool HasOffer(int share, long lastJob) => Volatile.Read(ref shares[share].Offer) >> 32 != lastJob;

    private void Help(int share)
    {
        for (long lastJob = 0; !Volatile.Read(ref disposed); lastJob = AwaitOffer(share, lastJob)) RunParts(share);
    }

    // Parts are short and under way: soon done, unless the system has taken a thread's processor away. Then it is given this one.
    private void AwaitOthers(long expected)
    {
        for (int i = 0; i < SpinsBeforeYielding && !AreFinished(expected); i++) Thread.SpinWait(1);
        if (AreFinished(expected)) return;
        lock (parking)
        {
            // Said to all before the last look: either this thread sees that all is done or the last one sees it waiting.
            callerWaits = true;
            Interlocked.MemoryBarrierProcessWide();
            while (!AreFinished(expected)) Monitor.Wait(parking);
            callerWaits = false;
        }
    }

    // Returns the job's number.
    private long AwaitOffer(int share, long lastJob)
    {
        for (int i = 0; i < SpinsBeforeYielding && !HasOffer(share, lastJob); i++) Thread.SpinWait(1);
        for (int i = 0; i < YieldsBeforeParking && !HasOffer(share, lastJob); i++) Thread.Yield();
        if (!HasOffer(share, lastJob)) Park(share, lastJob);
        return Volatile.Read(ref shares[share].Offer) >> 32;
    }

    private void Park(int share, long lastJob)
    {
        lock (parking)
        {
            // Said to all before the last look: either this thread sees the offer or the caller sees it parked.
            parked[share] = true;
            Interlocked.MemoryBarrierProcessWide();
            while (!HasOffer(share, lastJob) && !disposed) Monitor.Wait(parking);
            parked[share] = false;
        }
    }

    private void WakeAll()
    {
        lock (parking) Monitor.PulseAll(parking);
    }

    /// <summary>What is offered to a thread, and how much it has done: a line of its own, and the next one, which processors fetch with it.
    /// </summary>
    /// <remarks>What is offered is written before <see cref="Offer"/> and stays until the last part is finished.</remarks>
    [StructLayout(LayoutKind.Explicit, Size = Size)]
    private struct Share
    {
        public const int Size = 128;

        /// <summary>Job number in the upper half, a bit for every piece not yet claimed in the lower: a stale claim fails.</summary>
        [FieldOffset(0)] public long Offer;

        [FieldOffset(8)] public delegate*<void*, int, int, void> Invoke;

        [FieldOffset(16)] public void* Body;

        [FieldOffset(24)] public long Items;

        /// <summary>Pieces of all shares.</summary>
        [FieldOffset(32)] public int Parts;

        [FieldOffset(36)] public int FirstPart;

        /// <summary>How many parts the thread has finished in its life, whosesoever they were.</summary>
        [FieldOffset(40)] public long Finished;

        /// <summary>In the caller's share: whether a run is under way.</summary>
        [FieldOffset(48)] public int UnderWay;

        /// <summary>In the caller's share: jobs so far.</summary>
        [FieldOffset(52)] public int Job;

        /// <summary>In the caller's share: how many parts all have finished when the job is done.</summary>
        [FieldOffset(56)] public long Expected;
    }
}
