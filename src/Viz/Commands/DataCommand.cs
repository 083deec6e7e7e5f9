using System.CommandLine;
using DreamViz.Engine.Data;
using Spectre.Console;

namespace DreamViz.Viz.Commands;

/// <summary><c>dreamviz data list</c>: what there is to learn from.</summary>
public static class DataCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        DocumentedCommand list = new(
            "list", "List the data that comes with the program, and how to use your own.", "dreamviz data list");
        list.SetRun((parse, _) => List(parse.InvocationConfiguration.Output));
        DocumentedCommand data = new("data", "What there is to learn from.", "dreamviz data list");
        data.Add(list);
        return data;
    }

    private static int List(TextWriter output)
    {
        Table table = new Table().AddColumns("Name", "Shape", "Training", "Validation", "Test", "What", "Source");
        foreach (BuiltInData entry in DataCatalog.BuiltIn)
        {
            Dataset data = DataCatalog.Open(entry.Key);
            string[] cells =
            [
                entry.Usage, $"{data.Width}×{data.Height}", $"{data.Training.Count}", $"{data.Validation.Count}",
                $"{data.Test.Count}", entry.Description, entry.Source,
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        Terminal.For(output).Write(table.Border(TableBorder.Simple));
        output.WriteLine("Your own: --data FILE or FOLDER with IDX pictures such as MNIST's, plain or gzip:");
        output.WriteLine("  FOLDER/train-images-idx3-ubyte.gz, and where there are, t10k-, test-, valid- and …-labels-idx1-ubyte.gz");
        output.WriteLine("Or documents:");
        output.WriteLine("  FOLDER/tr.ldac.gz with vocab.txt.gz, and where there are, va.ldac.gz and ts.ldac.gz: LDA-C, plain or gzip");
        output.WriteLine("  FOLDER/docword.NAME.txt.gz with vocab.NAME.txt: a bag of words of the UCI repository, plain or gzip");
        output.WriteLine("  FOLDER/*.txt, in folders below, too: texts; see --vocabulary, --minimum-documents and --stop-words");
        return CommandLine.Success;
    }
}
