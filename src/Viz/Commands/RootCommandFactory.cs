using System.CommandLine;
using System.CommandLine.Help;

namespace DreamViz.Viz.Commands;

/// <summary>The command <c>dreamviz</c> and everything under it.</summary>
public static class RootCommandFactory
{
    /// <summary>All commands. A new one is its file and a line here.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("Watch a deep generative model with binary latent variables learn, live.");
        root.Add(ExploreCommand.Create());
        root.Add(RecordCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(EvaluateCommand.Create());
        root.Add(CompareCommand.Create());
        root.Add(LaboratoryCommand.Create());
        root.Add(DataCommand.Create());
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples(
        [
            "dreamviz explore",
            "dreamviz explore --preset tiny",
            "dreamviz record --preset dreaming-digits --duration 10 --out digits.mp4",
            "dreamviz train --preset dreaming-digits --steps 20000 --out runs/digits",
            "dreamviz evaluate runs/digits --bound iw:500",
            "dreamviz compare --data digits --plot estimators.png",
            "dreamviz laboratory --data bars --layers 8",
            "dreamviz data list",
        ]);
        return root;
    }
}
