using Spectre.Console;

namespace DreamViz.Viz.Commands;

/// <summary>Tells a terminal from a file or pipe.</summary>
public static class Terminal
{
    private const int PlainWidth = 120;

    /// <summary>Whether the writer is the process's standard output and that is a terminal.</summary>
    public static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>A console on the writer: with colors and live output on a terminal, plain lines elsewhere.</summary>
    public static IAnsiConsole For(TextWriter output)
    {
        if (IsTerminal(output)) return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        IAnsiConsole plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        plain.Profile.Width = PlainWidth;
        return plain;
    }
}
