using DreamViz.Viz.Commands;

namespace DreamViz.Viz.Tests.Commands;

public class HelpTests
{
    public static TheoryData<string> EveryCommand()
    {
        TheoryData<string> lines = new() { "" };
        foreach (System.CommandLine.Command command in RootCommandFactory.Create().Subcommands)
        {
            lines.Add(command.Name);
            foreach (System.CommandLine.Command below in command.Subcommands) lines.Add($"{command.Name} {below.Name}");
        }

        return lines;
    }

    [Theory, MemberData(nameof(EveryCommand))]
    public void Every_command_explains_itself_with_examples_that_parse(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string help = Captured.Run([.. words, "--help"]).Succeeded().Output;
        string[] examples = [.. help.Split("Examples:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim())];
        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            Assert.StartsWith($"dreamviz {line}".TrimEnd(), example);
            Assert.Empty(RootCommandFactory.Create().Parse(example.Split(' ')[1..]).Errors);
        }
    }

    [Fact]
    public void Data_list_shows_every_built_in_set_with_its_shape_and_sizes()
    {
        string list = Captured.Run("data", "list").Succeeded().Output;
        Assert.Matches(@"digits\s+8×8\s+1500\s+0\s+297\s+handwritten digits", list);
        Assert.Matches(@"bars\[:SIZE\[:P\]\]\s+4×4\s+5000\s+1000\s+1000", list);
        Assert.Matches(@"shifter\[:ROWS\[:P\]\]\s+8×4\s+5000\s+1000\s+1000", list);
        Assert.Contains("CC BY", list);
    }
}
