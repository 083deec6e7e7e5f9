using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DreamViz.Viz.Commands;

/// <summary>A command whose <c>--help</c> ends in examples.</summary>
/// <param name="name">What the user types.</param>
/// <param name="description">One or two sentences.</param>
/// <param name="examples">Whole command lines.</param>
internal sealed class DocumentedCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>The usual help, followed by the examples of the command.</summary>
/// <param name="rootExamples">The examples of the root command.</param>
internal sealed class HelpWithExamples(IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    private readonly HelpAction usual = new();

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        IReadOnlyList<string> examples = parseResult.CommandResult.Command switch
        {
            DocumentedCommand command => command.Examples,
            RootCommand => rootExamples,
            _ => [],
        };
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (examples.Count > 0) output.WriteLine("Examples:");
        foreach (string example in examples) output.WriteLine($"  {example}");
        return CommandLine.Success;
    }
}
