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
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            ParseResult parse = RootCommandFactory.Create().Parse(ExploreCommand.OrDefault(arguments), Parsing);
            if (parse.Action is ParseErrorAction) return Fail(error, BadInput, $"{Mistake(parse)} (see {HelpOf(parse)})");
            int code = parse.InvokeAsync(Configure(output, error), stop).GetAwaiter().GetResult();
            return code == Success && stop.IsCancellationRequested ? Interrupted : code;
        }
        catch (InvalidInputException input)
        {
            return Fail(error, BadInput, input.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }
#pragma warning disable CA1031 // The last line of defense: whatever failed, the user gets one line and an exit code.
        catch (Exception unexpected)
        {
            return Fail(error, Failed, $"unexpected failure: {unexpected.GetType().Name}: {unexpected.Message}");
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

    private static string HelpOf(ParseResult parse)
    {
        string words = "";
        for (SymbolResult? at = parse.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            words = $" {command.Command.Name}{words}";
        return $"dreamviz{words} --help";
    }

    private static int Fail(TextWriter error, int code, string message)
    {
        error.WriteLine($"dreamviz: {string.Join(' ', message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))}");
        return code;
    }
}
