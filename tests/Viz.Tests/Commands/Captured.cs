using DreamViz.Viz.Commands;

namespace DreamViz.Viz.Tests.Commands;

/// <summary>What one command line did.</summary>
internal sealed record Captured(int Code, string Output, string Error)
{
    /// <summary>Runs the program's entry in this process.</summary>
    public static Captured Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    /// <summary>Runs the program's entry in this process, with a request to stop.</summary>
    public static Captured Run(CancellationToken stop, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run(arguments, output, error, stop);
        return new Captured(code, output.ToString(), error.ToString());
    }

    /// <summary>Asserts the exit code of bad input and one line of error, nothing else.</summary>
    public Captured IsRefused(string part)
    {
        Assert.Contains(part, Error);
        Assert.StartsWith("dreamviz: ", Error);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", Error);
        Assert.Equal((CommandLine.BadInput, ""), (Code, Output));
        return this;
    }

    /// <summary>Asserts success without any error.</summary>
    public Captured Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(CommandLine.Success, Code);
        return this;
    }
}
