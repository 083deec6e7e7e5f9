using System.Diagnostics;
using System.Globalization;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public sealed class DurableFileFaultTests : IDisposable
{
    private const int Longest = 60_000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Every call of a kind fails in turn, until none is left to fail.</summary>
    [SkippableTheory]
    [InlineData("pwrite64", "ENOSPC", 4)]
    [InlineData("pwrite64", "EIO", 4)]
    [InlineData("fsync", "EIO", 1)]
    [InlineData("fsync", "ENOSPC", 1)]
    [InlineData("/^rename", "EIO", 1)]
    [InlineData("/^rename", "ENOSPC", 1)]
    public void A_failing_disk_gives_one_clear_line_and_leaves_the_old_file(string call, string error, int calls)
    {
        SkipWithoutStrace();
        for (int n = 1; n <= calls; n++)
        {
            File.WriteAllText(folder.File("a"), "old");
            (int exit, string output) = SaveWithFault(call, error, n);
            Assert.Equal(SavingProcess.Refused, exit);
            Assert.StartsWith($"{folder.File("a")}: cannot be written: ", output);
            Assert.Equal("old", File.ReadAllText(folder.File("a")));
            Assert.Equal(["a"], folder.Names);
        }
    }

    [SkippableFact]
    public void A_directory_that_cannot_be_synced_is_reported_although_the_new_file_is_there()
    {
        SkipWithoutStrace();
        File.WriteAllText(folder.File("a"), "old");
        (int exit, string output) = SaveWithFault("fsync", "EIO", 2);
        Assert.Equal(SavingProcess.Refused, exit);
        Assert.Contains("syncing", output);
        Assert.Equal(1, SavingProcess.Read(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
        Assert.Equal(0, SaveWithFault("fsync", "EIO", 3).Exit);
    }

    [Fact]
    public void A_kill_at_any_time_leaves_a_whole_file_no_older_than_the_last_acknowledged()
    {
        for (int kill = 0; kill < 12; kill++)
        {
            using Process child = SavingProcess.Start(folder.File("a"), int.MaxValue);
            int acknowledged = int.Parse(child.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            // Uneven waits, in acknowledged saves and in spins, put the kill at a different place each time.
            for (int i = 0; i < kill; i++) acknowledged = int.Parse(child.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Thread.SpinWait(7919 * kill);
            child.Kill();
            child.WaitForExit();
            while (child.StandardOutput.ReadLine() is { Length: > 0 } line && int.TryParse(line, out int later)) acknowledged = later;
            Assert.InRange(SavingProcess.Read(folder.File("a")), acknowledged, acknowledged + 1);
        }

        DurableFile.Write(folder.File("a"), overwrite: true, stream => stream.Write("next"u8));
        Assert.Equal(["a"], folder.Names);
    }

    private (int Exit, string Output) SaveWithFault(string call, string error, int n)
    {
        using Process child = SavingProcess.Start(folder.File("a"), 1,
            "strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={n}");
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        Assert.True(child.WaitForExit(Longest));
        GC.KeepAlive(errors);
        return (child.ExitCode, output);
    }

    /// <summary>A continuous build must have strace, but may lack the permission to trace.</summary>
    private static void SkipWithoutStrace()
    {
        bool? allowed = OperatingSystem.IsLinux() ? MayTrace() : null;
        bool required = OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("CI") == "true";
        Assert.False(required && allowed is null, "strace is missing");
        Skip.IfNot(allowed == true, "needs strace and the permission to trace");
    }

    /// <summary>Whether strace may trace; null where there is none.</summary>
    private static bool? MayTrace()
    {
        try
        {
            using Process probe = Process.Start(new ProcessStartInfo("strace", ["-qq", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            probe.StandardError.ReadToEnd();
            return probe.WaitForExit(Longest) && probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
