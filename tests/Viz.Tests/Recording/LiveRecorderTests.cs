using DreamViz.Viz.Drawing;
using DreamViz.Viz.Recording;

namespace DreamViz.Viz.Tests.Recording;

public sealed class LiveRecorderTests : IDisposable
{
    private const int FramesPerSecond = 10;

    private readonly Reel reel = new();

    public void Dispose() => reel.Dispose();

    [Fact]
    public async Task Frames_in_time_are_each_written_once()
    {
        using LiveRecorder recorder = Recorder();
        for (int i = 0; i < 30; i++) Offer(recorder, i, i / 10.0);
        await recorder.StopAsync();
        Assert.Equal(new LiveFilmCounts(30, 0, 0), recorder.Counts);
        Assert.Equal(Enumerable.Range(0, 30), reel.Frames);
        Assert.True(reel.Finished);
    }

    [Fact]
    public async Task A_late_frame_is_preceded_by_repeats_and_an_early_one_left_to_the_next()
    {
        using LiveRecorder recorder = Recorder();
        Offer(recorder, 1, 0);
        Offer(recorder, 2, 0.05);
        Offer(recorder, 3, 0.1);
        Offer(recorder, 4, 0.52);
        await recorder.StopAsync();
        Assert.Equal([1, 3, 3, 3, 3, 4], reel.Frames);
        Assert.Equal(new LiveFilmCounts(6, 3, 0), recorder.Counts);
    }

    [Fact]
    public async Task A_full_queue_never_makes_the_screen_wait_and_every_frame_is_accounted_for()
    {
        reel.Hold();
        using LiveRecorder recorder = Recorder();
        for (int i = 0; i < 100; i++) recorder.Offer(Frame(i), i / 10.0);
        Assert.InRange(recorder.Counts.Dropped, 100 - LiveRecorder.Capacity - 2, 100 - LiveRecorder.Capacity);
        reel.Release();
        Await(() => recorder.Counts.Written >= LiveRecorder.Capacity);
        Offer(recorder, 100, 10);
        await recorder.StopAsync();
        LiveFilmCounts counts = recorder.Counts;
        Assert.Equal(101, counts.Written);
        Assert.Equal(101, reel.Frames.Count);
        Assert.Equal(counts.Dropped, counts.Duplicated);
        Assert.Equal(100, reel.Frames[^1]);
    }

    [Fact]
    public async Task A_film_that_fails_says_so_at_the_end_and_is_let_go_of()
    {
        reel.Fails = true;
        using LiveRecorder recorder = Recorder();
        Offer(recorder, 0, 0);
        await Assert.ThrowsAsync<RecordingException>(recorder.StopAsync);
        Assert.False(recorder.IsRunning);
        Assert.True(reel.Disposed);
    }

    private LiveRecorder Recorder() => new(reel, 8, 8, FramesPerSecond);

    // One at a time, so that the queue is never the reason for a drop.
    private void Offer(LiveRecorder recorder, int number, double seconds)
    {
        recorder.Offer(Frame(number), seconds);
        if (!reel.Fails) Await(() => recorder.Counts.Written > (long)(seconds * FramesPerSecond + 1e-6));
    }

    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)));

    private static DrawList Frame(int number)
    {
        var list = new DrawList();
        list.Fill(new(0, 0, 8, 8), 0, new((byte)number, 0, 0));
        return list;
    }

    /// <summary>A film that remembers the red of each frame's first pixel.</summary>
    private sealed class Reel : IFilmWriter
    {
        private readonly ManualResetEventSlim open = new(true);

        public List<int> Frames { get; } = [];

        public bool Finished { get; private set; }

        public bool Disposed { get; private set; }

        public bool Fails { get; set; }

        public void Hold() => open.Reset();

        public void Release() => open.Set();

        public void Add(ReadOnlySpan<byte> rgba)
        {
            if (Fails) throw new RecordingException("no more film");
            open.Wait();
            Frames.Add(rgba[0]);
        }

        public void Finish() => Finished = true;

        public void Dispose() => Disposed = true;
    }
}
