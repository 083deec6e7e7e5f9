using System.Diagnostics;

namespace DreamViz.Viz.Tests.EndToEnd;

/// <summary>The real program as a process of its own, serving a browser on a free port; ended on disposal.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process process;

    private RunningProgram(Process process, string address) => (this.process, Address) = (process, address);

    /// <summary>The address it printed.</summary>
    public string Address { get; }

    /// <summary>Starts <c>dreamviz explore</c> and waits for its address.</summary>
    public static RunningProgram Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (string argument in (string[])[typeof(Program).Assembly.Location, "explore", "--screen", "browser", "--port", "0", .. arguments])
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        string? line;
        do line = process.StandardOutput.ReadLine();
        while (line?.StartsWith("Open ", StringComparison.Ordinal) == false);
        var program = new RunningProgram(process, line?["Open ".Length..] ?? "");
        if (line is null) program.Dispose();
        Assert.NotNull(line);
        _ = process.StandardOutput.ReadToEndAsync();
        return program;
    }

    /// <summary>Asks it to end, as Ctrl+C or a shutdown does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString()])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Ends it without a word.</summary>
    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
