using System.Diagnostics;

namespace DreamViz.Viz.Tests.Recording;

/// <summary>Processes of these tests, found by what they write.</summary>
internal static class Processes
{
    /// <summary>Waits until the file has something in it, then kills the ffmpeg whose command line names it.</summary>
    public static void KillThatWrites(string path)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Finds processes in /proc.");
        Assert.True(SpinWait.SpinUntil(() => new FileInfo(path) is { Exists: true, Length: > 20_000 } || Grown(path), TimeSpan.FromSeconds(30)));
        Find(path).Kill();
    }

    /// <summary>The ffmpeg that writes a file.</summary>
    public static Process Find(string path) => Process.GetProcessesByName("ffmpeg").Single(process =>
        File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(path, StringComparison.Ordinal));

    // A film of flat pictures stays small: what counts is that it stopped growing.
    private static bool Grown(string path)
    {
        long before = Length(path);
        Thread.Sleep(300);
        return before > 0 && Length(path) == before;
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
