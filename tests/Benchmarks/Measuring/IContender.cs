namespace DreamViz.Benchmarks.Measuring;

/// <summary>Something whose speed is compared with others': an action in this process, or a program that times itself.</summary>
internal interface IContender
{
    /// <summary>What tables call it.</summary>
    string Name { get; }

    /// <summary>Does it again and again for about the window, and returns the mean seconds of one run. The first call may
    /// warm up and learn how many runs fill a window.</summary>
    double SecondsPerRun(TimeSpan window);
}
