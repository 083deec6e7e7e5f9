namespace DreamViz.Engine.Tests.Training;

/// <summary>A clock that stands still until it is told to go on; its timers then ring on the caller's thread.</summary>
internal sealed class TestClock : TimeProvider
{
    private readonly List<Alarm> alarms = [];
    private long now;

    /// <summary>Timers that have yet to ring.</summary>
    public int Waiting { get { lock (alarms) return alarms.Count(alarm => alarm.IsSet); } }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Alarm alarm = new(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (alarms) alarms.Add(alarm);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        long time = Interlocked.Add(ref now, by.Ticks);
        Alarm[] all;
        lock (alarms) all = [.. alarms];
        foreach (Alarm alarm in all) alarm.RingIfDue(time);
    }

    private sealed class Alarm(TestClock clock, Action ring) : ITimer
    {
        private long due = long.MaxValue;

        public bool IsSet => Interlocked.Read(ref due) != long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Exchange(ref due, dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks);
            return true;
        }

        public void RingIfDue(long time)
        {
            if (Interlocked.Read(ref due) > time) return;
            Interlocked.Exchange(ref due, long.MaxValue);
            ring();
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, default);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
