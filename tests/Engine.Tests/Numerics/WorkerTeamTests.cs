using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Numerics;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Does_every_item_exactly_once(int threads)
    {
        using WorkerTeam team = new(threads);
        foreach (int items in new[] { 0, 1, 2, 7, 8, 9, 1000 })
        {
            foreach (int smallest in new[] { 0, 1, 3, 5000 })
            {
                int[] visits = new int[items];
                int[] pieces = [0, 1, 2, 100];
                foreach (int piece in pieces)
                    for (int repeat = 0; repeat < 50; repeat++) team.Run(new Visit(visits), items, smallest, piece);
                Assert.All(visits, count => Assert.Equal(50 * pieces.Length, count));
            }
        }
    }

    [Fact]
    public void Ranges_are_no_smaller_than_asked_for()
    {
        using WorkerTeam team = new(8);
        foreach (int items in new[] { 1, 29, 30, 31, 100, 1000 })
        {
            List<int> sizes = [];
            team.Run(new Record(sizes), items, 10);
            Assert.Equal(items, sizes.Sum());
            Assert.True(sizes.Count <= 8 && (sizes.Count == 1 || sizes.Min() >= 10));
        }
    }

    [Theory]
    [InlineData(2, 1000, 100, 5)]
    [InlineData(3, 90, 10, 3)]
    [InlineData(8, 800, 50, 2)]
    public void Shares_are_cut_into_pieces_that_are_no_smaller_than_asked_for(int threads, int items, int piece, int pieces)
    {
        using WorkerTeam team = new(threads);
        List<int> sizes = [];
        team.Run(new Record(sizes), items, 1, piece);
        Assert.Equal(items, sizes.Sum());
        Assert.Equal(threads * pieces, sizes.Count);
        Assert.True(sizes.Min() >= piece);
    }

    [Fact]
    public void Who_has_done_its_own_share_takes_what_others_have_left()
    {
        using WorkerTeam team = new(2);
        using CountdownEvent others = new(7);
        List<int> waiters = [];
        // Whoever does the first piece waits until somebody has done all the others.
        team.Run(new WaitInFirst(others, waiters), 8, 1, 1);
        Assert.Single(waiters);
        Assert.True(others.IsSet);
    }

    [Fact]
    public void A_caller_that_waits_long_for_others_wakes_when_they_are_done()
    {
        using WorkerTeam team = new(2);
        for (int i = 0; i < 5; i++)
        {
            int[] visits = new int[2];
            team.Run(new Dawdle(visits), 2);
            Assert.Equal([1, 1], visits);
        }
    }

    [Fact]
    public void All_threads_take_part_when_all_are_needed()
    {
        using WorkerTeam team = new(4);
        using Barrier meeting = new(4);
        team.Run(new Meet(meeting), 4);
        Assert.Equal(1, meeting.CurrentPhaseNumber);
    }

    [Fact]
    public void Parked_threads_wake_for_the_next_run()
    {
        using WorkerTeam team = new(3);
        using Barrier meeting = new(3);
        for (int i = 1; i <= 3; i++)
        {
            Thread.Sleep(30);
            team.Run(new Meet(meeting), 3);
            Assert.Equal(i, meeting.CurrentPhaseNumber);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void An_exception_in_any_range_reaches_the_caller_and_the_team_works_on(int threads)
    {
        using WorkerTeam team = new(threads);
        for (int item = 0; item < 10; item++)
        {
            InvalidInputException thrown = Assert.Throws<InvalidInputException>(() => team.Run(new Fail(item), 10));
            Assert.Equal($"item {item}", thrown.Message);
            int[] visits = new int[10];
            team.Run(new Visit(visits), 10);
            Assert.All(visits, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Of_exceptions_in_all_ranges_one_reaches_the_caller_and_every_range_was_tried()
    {
        using WorkerTeam team = new(4);
        for (int repeat = 0; repeat < 100; repeat++)
        {
            int[] visits = new int[4];
            Assert.Throws<InvalidInputException>(() => team.Run(new VisitAndFail(visits), 4));
            Assert.All(visits, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void An_exception_in_a_run_inside_a_run_reaches_the_outermost_caller()
    {
        using WorkerTeam team = new(3);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            InvalidInputException thrown = Assert.Throws<InvalidInputException>(() => team.Run(new NestFailure(team), 3));
            Assert.Equal("item 1", thrown.Message);
            int[] visits = new int[12];
            team.Run(new Nest(team, visits), 3);
            Assert.All(visits, count => Assert.Equal(3, count));
        }
    }

    [Fact]
    public void A_run_inside_a_run_is_done_by_its_caller()
    {
        using WorkerTeam team = new(3);
        int[] visits = new int[12];
        team.Run(new Nest(team, visits), 3);
        Assert.All(visits, count => Assert.Equal(3, count));
    }

    [Fact]
    public void Runs_from_several_threads_at_once_are_all_done()
    {
        using WorkerTeam team = new(3);
        int[] visits = new int[100];
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 500; i++) team.Run(new Visit(visits), 100);
        }))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) caller.Join();
        Assert.All(visits, count => Assert.Equal(2000, count));
    }

    [Fact]
    public void A_run_may_use_another_team()
    {
        using WorkerTeam outer = new(3), inner = new(2);
        int[] visits = new int[50];
        for (int repeat = 0; repeat < 200; repeat++) outer.Run(new Nest(inner, visits), 6);
        Assert.All(visits, count => Assert.Equal(1200, count));
    }

    [Fact]
    public void Tiny_runs_of_more_threads_than_cores_all_finish()
    {
        const int Runs = 100_000;
        using WorkerTeam team = new(8);
        int[] visits = new int[8];
        for (int i = 0; i < Runs; i++) team.Run(new Visit(visits), 8);
        Assert.All(visits, count => Assert.Equal(Runs, count));
    }

    [Fact]
    public void Tiny_runs_of_many_teams_at_once_all_finish()
    {
        const int Runs = 12_500;
        int[][] visits = [.. Enumerable.Range(0, 8).Select(_ => new int[4])];
        Thread[] callers = [.. visits.Select(mine => new Thread(() =>
        {
            using WorkerTeam team = new(4);
            for (int i = 0; i < Runs; i++) team.Run(new Visit(mine), 4);
        }))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) caller.Join();
        Assert.All(visits.SelectMany(mine => mine), count => Assert.Equal(Runs, count));
    }

    /// <summary>At once, after a run, while its threads look out for the next, and once they are parked.</summary>
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 50)]
    public void Ends_its_threads_whatever_they_wait_for(bool run, int milliseconds)
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            WorkerTeam team = new(4);
            int[] visits = new int[4];
            if (run) team.Run(new Visit(visits), 4);
            Thread.Sleep(milliseconds);
            team.Dispose();
            Assert.All(visits, count => Assert.Equal(run ? 1 : 0, count));
        }
    }

    [Fact]
    public void A_team_that_ends_in_the_middle_of_runs_leaves_no_item_undone()
    {
        for (int repeat = 0; repeat < 50; repeat++)
        {
            WorkerTeam team = new(4);
            int[] visits = new int[64];
            using ManualResetEventSlim running = new();
            Thread caller = new(() =>
            {
                for (int i = 0; i < 500; i++)
                {
                    team.Run(new Visit(visits), 64);
                    if (i == 20) running.Set();
                }
            });
            caller.Start();
            running.Wait();
            team.Dispose();
            caller.Join();
            Assert.All(visits, count => Assert.Equal(500, count));
        }
    }

    [Fact]
    public void Works_alone_after_it_was_disposed_of()
    {
        WorkerTeam team = new(3);
        team.Dispose();
        team.Dispose();
        int[] visits = new int[30];
        team.Run(new Visit(visits), 30);
        Assert.All(visits, count => Assert.Equal(1, count));
        WorkerTeam.Single.Dispose();
        WorkerTeam.Single.Run(new Visit(visits), 30);
        Assert.All(visits, count => Assert.Equal(2, count));
    }

    [Fact]
    public void Needs_at_least_one_thread() => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));

    private readonly struct Visit(int[] visits) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++) Interlocked.Increment(ref visits[i]);
        }
    }

    private readonly struct Record(List<int> sizes) : IRangeWork
    {
        public void Run(int start, int end)
        {
            lock (sizes) sizes.Add(end - start);
        }
    }

    private readonly struct Meet(Barrier meeting) : IRangeWork
    {
        public void Run(int start, int end) => Assert.True(meeting.SignalAndWait(TimeSpan.FromMinutes(1)));
    }

    private readonly struct WaitInFirst(CountdownEvent others, List<int> waiters) : IRangeWork
    {
        public void Run(int start, int end)
        {
            if (start > 0)
            {
                others.Signal(end - start);
                return;
            }

            Assert.True(others.Wait(TimeSpan.FromMinutes(1)));
            waiters.Add(end);
        }
    }

    private readonly struct Dawdle(int[] visits) : IRangeWork
    {
        public void Run(int start, int end)
        {
            // Only the last item takes long, whoever does it.
            if (end == visits.Length) Thread.Sleep(5);
            for (int i = start; i < end; i++) Interlocked.Increment(ref visits[i]);
        }
    }

    private readonly struct Fail(int item) : IRangeWork
    {
        public void Run(int start, int end)
        {
            if (start <= item && item < end) throw new InvalidInputException($"item {item}");
        }
    }

    private readonly struct VisitAndFail(int[] visits) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++) Interlocked.Increment(ref visits[i]);
            throw new InvalidInputException("every range");
        }
    }

    private readonly struct NestFailure(WorkerTeam team) : IRangeWork
    {
        public void Run(int start, int end) => team.Run(new Fail(1), 3);
    }

    private readonly struct Nest(WorkerTeam team, int[] visits) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++) team.Run(new Visit(visits), visits.Length);
        }
    }
}
