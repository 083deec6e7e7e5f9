using System.CommandLine;
using System.Net;
using DreamViz.Engine;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands;

/// <summary>Where <c>explore</c> shows its picture.</summary>
public enum ScreenChoice
{
    /// <summary>A window where one can be opened, else a browser.</summary>
    Auto,

    /// <summary>A window, or nothing.</summary>
    Window,

    /// <summary>A browser.</summary>
    Browser,
}

/// <summary><c>dreamviz explore</c>, also what <c>dreamviz</c> alone does: a run to watch and to touch while it learns.</summary>
public static class ExploreCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "explore";

    // One thread trains, so that on a small machine a core is left for the picture.
    private const int UsualThreads = 1;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        RunOptions options = new();
        Option<ScreenChoice?> screen = Values.Choice<ScreenChoice>("--screen", "Where the picture is shown; auto where not given.");
        Option<long?> port = Values.Whole("--port", "N", "The browser's port; a free one where not given.", 0, IPEndPoint.MaxPort);
        Option<IPAddress?> bind = Values.Create<IPAddress?>(
            "--bind", "ADDRESS", "The address to listen at; 127.0.0.1 where not given.",
            text => (IPAddress.TryParse(text, out IPAddress? address), address), "an IP address such as 127.0.0.1");
        Option<bool> remote = new("--allow-remote") { Description = "Let others on the network watch, unencrypted." };
        Option<bool> control = new("--remote-control") { Description = "Let them control, too." };
        Option<bool> paused = new("--paused") { Description = "Wait for Space before the first step." };

        DocumentedCommand command = new(
            Name, "Watch a run learn, change it, hold its units. The default.",
            "dreamviz explore",
            "dreamviz explore --preset tiny",
            "dreamviz explore --data bars:8 --layers 32-16 --estimator reweighted-wake-sleep",
            "dreamviz explore --screen browser --port 8080");
        options.AddTo(command);
        foreach (Option option in new Option[] { screen, port, bind, remote, control, paused }) command.Add(option);
        command.SetRun(Run);
        return command;

        int Run(ParseResult parse, CancellationToken stop)
        {
            RunSetup setup = options.Read(parse, UsualThreads);
            using Explorer explorer = new(new ExplorerOptions
            {
                Preset = setup.Preset,
                Data = setup.Data,
                Seed = setup.Seed,
                Threads = setup.Threads,
                StartPlaying = !parse.GetValue(paused),
            });
            BrowserOptions browser = new(
                (int)(parse.GetValue(port) ?? 0), parse.GetValue(bind) ?? IPAddress.Loopback, parse.GetValue(remote), parse.GetValue(control));
            using RecordingExplorer recorded = new(explorer, Environment.CurrentDirectory, Ffmpeg.Find(), TimeProvider.System);
            return Show(recorded, () => explorer.Progress, parse.GetValue(screen) ?? ScreenChoice.Auto, browser, parse.InvocationConfiguration.Output, stop);
        }
    }

    /// <summary>The command line with this command's name in front where it names none.</summary>
    public static IReadOnlyList<string> OrDefault(IReadOnlyList<string> arguments)
    {
        bool namesNone = arguments.Count == 0 || arguments[0].StartsWith("--", StringComparison.Ordinal);
        return namesNone && arguments is not ["--help" or "--version", ..] ? [Name, .. arguments] : arguments;
    }

    private static int Show(IExplorer explorer, Func<RunProgress> progress, ScreenChoice screen, BrowserOptions browser, TextWriter output, CancellationToken stop)
    {
        string? why = null;
        if (screen != ScreenChoice.Browser)
        {
            why = TryWindow(explorer, stop);
            if (why is null) return CommandLine.Success;
            if (screen == ScreenChoice.Window) throw new InvalidInputException($"--screen window: expected to open a window, found that {why}");
            why = $"No window: {why}. The browser shows the same picture.";
        }

        BrowserScreen.Run(browser, why, () => explorer, progress, output, stop);
        return CommandLine.Success;
    }

    /// <summary>Shows the window until it is closed; says why, in a few words, where there is none.</summary>
    private static string? TryWindow(IExplorer explorer, CancellationToken stop)
    {
#if RAYLIB
        return Window.RaylibWindow.Run(explorer, stop);
#else
        _ = (explorer, stop);
        return "this build has no Raylib-cs";
#endif
    }
}
