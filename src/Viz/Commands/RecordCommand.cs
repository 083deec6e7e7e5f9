using System.CommandLine;
using DreamViz.Engine;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Commands;

/// <summary><c>dreamviz record</c>: film a run without a display, every frame exactly 1 / fps apart.</summary>
public static class RecordCommand
{
    private const double UsualSeconds = 10;
    private const double PreviewSeconds = 1;
    private const int UsualFrameRate = 60;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        RunOptions run = new();
        Option<double?> duration = Values.Number("--duration", "S", "Seconds of film; 10 where not given.", 0.001, 86_400);
        Option<long?> rate = Values.Whole("--fps", "N", "Frames per second; 60 where not given.", 1, 240);
        Option<(int Width, int Height)?> size = Values.Size("--size", "Pixels; 1280x720 where not given.");
        Option<string?> output = Values.Text("--out", "FILE|FOLDER", "The film; its ending chooses the format.");
        Option<string?> format = Values.Text("--format", string.Join('|', FilmFormat.All.Select(f => f.Key)), "The format, where the ending does not say it.");
        Option<FilmQuality?> quality = Values.Choice<FilmQuality>("--quality", "How much may be lost; good where not given.");
        Option<double?> speed = Values.Number("--speed", "N", "Training steps per second of film.", 0, 1e9);
        Option<double?> stepsPerFrame = Values.Number("--steps-per-frame", "N", "Training steps per frame; 20 where nothing else is given.", 0, 1e9);
        Option<long?> from = Values.Whole("--from", "STEP", "Train up to this step before the film.", 0, long.MaxValue / 4);
        Option<long?> to = Values.Whole("--to", "STEP", "The last frame's step.", 0, long.MaxValue / 4);
        Option<bool> preview = new("--preview") { Description = "Write the last frame alone, as a PNG file." };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace a film of that name." };
        Option<bool> panels = new("--panels") { Description = "With bar, shelf and timeline; the default." };
        Option<bool> noPanels = new("--no-panels") { Description = "The two worlds alone, large." };

        DocumentedCommand command = new(
            "record", "Film a run: no display needed, the same command gives the same frames.",
            "dreamviz record --preset dreaming-digits --duration 10 --out digits.mp4",
            "dreamviz record --from 12000 --steps-per-frame 0.05 --no-panels --size 1920x1080 --out slow.mp4",
            "dreamviz record --preset wardrobe --to 20000 --fps 25 --format gif --out wardrobe.gif",
            "dreamviz record --from 12480 --preview --out frame.png");
        run.AddTo(command);
        foreach (Option option in new Option[] { duration, rate, size, output, format, quality, speed, stepsPerFrame, from, to, preview, overwrite, panels, noPanels })
            command.Add(option);
        command.SetRun(Run);
        return command;

        int Run(ParseResult parse, CancellationToken stop)
        {
            string path = parse.GetValue(output) ?? throw new InvalidInputException("--out: expected the film's file, found none");
            if (parse.GetValue(panels) && parse.GetValue(noPanels))
                throw new InvalidInputException("--no-panels: expected either this or --panels, found both");
            (int width, int height) = parse.GetValue(size) ?? (1280, 720);
            int framesPerSecond = (int)(parse.GetValue(rate) ?? UsualFrameRate);
            FilmPlan plan = FilmPlan.Create(
                parse.GetValue(duration) ?? (parse.GetValue(preview) ? PreviewSeconds : UsualSeconds), framesPerSecond, parse.GetValue(from), parse.GetValue(to),
                parse.GetValue(speed), parse.GetValue(stepsPerFrame));
            FilmOptions options = new()
            {
                Path = path,
                Width = width,
                Height = height,
                FramesPerSecond = framesPerSecond,
                Quality = parse.GetValue(quality) ?? FilmQuality.Good,
                Overwrite = parse.GetValue(overwrite),
            };
            FilmJob job = new(options, plan, parse.InvocationConfiguration.Output);
            try
            {
                if (parse.GetValue(preview)) job.Preview(Open, stop);
                else job.Film(parse.GetValue(format), Ffmpeg.Find(), Open, stop);
                return CommandLine.Success;
            }
            catch (RecordingException failure)
            {
                parse.InvocationConfiguration.Error.WriteLine($"dreamviz: {failure.Message}");
                return CommandLine.Failed;
            }

            Explorer Open() => new(ForFilm(run.Read(parse), plan, framesPerSecond, parse.GetValue(noPanels)));
        }
    }

    private static ExplorerOptions ForFilm(RunSetup setup, FilmPlan plan, int framesPerSecond, bool hidePanels) => new()
    {
        Preset = setup.Preset,
        Data = setup.Data,
        Seed = setup.Seed,
        Threads = setup.Threads,
        CaptureFrameRate = framesPerSecond,
        StepsPerFrame = plan.StepsPerFrame,
        HidePanels = hidePanels,
    };
}
