using System.Diagnostics;

namespace DreamViz.Engine.Tests;

/// <summary>This assembly as a process of its own, for what must not happen in the test runner's: see Program.cs.</summary>
internal static class OwnProcess
{
    /// <summary>Starts it with these arguments, through another program where one is given, its output redirected.</summary>
    public static Process Start(string[] arguments, params string[] through) => Process.Start(Command(arguments, through))!;

    /// <summary>Its output, once it has ended well. Of the runtime's switches only the given ones are set, all to zero.</summary>
    public static string Output(string[] arguments, params string[] switchedOff)
    {
        ProcessStartInfo command = Command(arguments, []);
        foreach (string name in command.Environment.Keys.Where(IsInstructionSwitch).ToList()) command.Environment.Remove(name);
        foreach (string name in switchedOff) command.Environment[name] = "0";
        using Process child = Process.Start(command)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"exit {child.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output;
    }

    private static bool IsInstructionSwitch(string name) => name.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase);

    private static ProcessStartInfo Command(string[] arguments, string[] through)
    {
        // Under the test host the running program is dotnet itself.
        bool isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.Ordinal);
        string[] command =
            [.. through, isHost ? Environment.ProcessPath! : "dotnet", "exec", typeof(OwnProcess).Assembly.Location, .. arguments];
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
    }
}
