using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using DreamViz.Engine;

namespace DreamViz.Viz.Commands;

/// <summary>Runs one command line. Results go to the output, one line for each failure to the error output.</summary>
/// <remarks>A command is a static class with <c>Command Create()</c>, added here; its action, set with
/// <see cref="SetRun"/>, throws <see cref="InvalidInputException"/> for what the user can mend.</remarks>
public static class CommandLine
{
    /// <summary>The exit code of a command that did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>The exit code of a failure of the program's own.</summary>
    public const int Failed = 1;

    /// <summary>The exit code of input that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The exit code of a command that was interrupted and ended cleanly.</summary>
    public const int Interrupted = 130;

    // No response files and no bundling: an argument is what it says.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Does what the arguments ask and gives back the exit code; never throws.</summary>
    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="output">Receives results and progress.</param>
    /// <param name="error">Receives one line for a failure.</param>
    /// <param name="stop">Asks the command to end early and cleanly.</param>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken stop) =>
        Run("dreamviz", RootCommandFactory.Create(), ExploreCommand.OrDefault(arguments), output, error, stop);

    /// <summary>Does what the arguments ask of a program's commands and gives back the exit code; never throws.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="root">All of its commands.</param>
    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="output">Receives results and progress.</param>
    /// <param name="error">Receives one line for a failure.</param>
    /// <param name="stop">Asks the command to end early and cleanly.</param>
    internal static int Run(
        string program, RootCommand root, IReadOnlyList<string> arguments, TextWriter output, TextWriter error,
        CancellationToken stop)
    {
        try
        {
            ParseResult parse = root.Parse(arguments, Parsing);
            if (parse.Action is ParseErrorAction)
                return Fail(program, error, BadInput, $"{Mistake(parse)} (see {program}{WordsOf(parse)} --help)");
            int code = parse.InvokeAsync(Configure(output, error), stop).GetAwaiter().GetResult();
            return code == Success && stop.IsCancellationRequested ? Interrupted : code;
        }
        catch (InvalidInputException input)
        {
            return Fail(program, error, BadInput, input.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }
#pragma warning disable CA1031 // The last line of defense: whatever failed, the user gets one line and an exit code.
        catch (Exception unexpected)
        {
            return Fail(program, error, Failed, $"unexpected failure: {unexpected.GetType().Name}: {unexpected.Message}");
        }
#pragma warning restore CA1031
    }

    /// <summary>Sets what the command does, on the calling thread: the window needs the process's first one.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">Receives the parsed line and the request to stop; gives back the exit code. Writes to
    /// <c>parse.InvocationConfiguration.Output</c>.</param>
    public static void SetRun(this Command command, Func<ParseResult, CancellationToken, int> run) =>
        command.SetAction((parse, stop) => Task.FromResult(run(parse, stop)));

    private static InvocationConfiguration Configure(TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static string Mistake(ParseResult parse) => parse.UnmatchedTokens.Count > 0
        ? $"unknown command or option '{parse.UnmatchedTokens[0]}'"
        : parse.Errors[0].Message.TrimEnd('.');

    private static string WordsOf(ParseResult parse)
    {
        string words = "";
        for (SymbolResult? at = parse.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            words = $" {command.Command.Name}{words}";
        return words;
    }

    private static int Fail(string program, TextWriter error, int code, string message)
    {
        error.WriteLine($"{program}: {string.Join(' ', message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))}");
        return code;
    }
}
