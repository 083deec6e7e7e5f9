using System.Globalization;
using DreamViz.Engine;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Recording;

/// <summary>Makes a film, or one picture of it, from a run, and says how it goes on.</summary>
/// <param name="options">What the film is like.</param>
/// <param name="plan">Which steps it shows.</param>
/// <param name="output">Receives progress and the result.</param>
public sealed class FilmJob(FilmOptions options, FilmPlan plan, TextWriter output)
{
    /// <summary>Makes the film. A request to stop ends it early and completes what there is.</summary>
    /// <param name="format">The format's key; null to go by the name's ending.</param>
    /// <param name="ffmpeg">ffmpeg, or null where there is none.</param>
    /// <param name="open">Opens the run, once all else is known to be right.</param>
    /// <param name="stop">Asks for an early end.</param>
    /// <exception cref="InvalidInputException">The film cannot be made as asked.</exception>
    /// <exception cref="RecordingException">It could not be written to its end.</exception>
    public void Film(string? format, Ffmpeg? ffmpeg, Func<Explorer> open, CancellationToken stop)
    {
        (FilmFormat asked, string path) = FilmFormat.Choose(format, options.Path);
        (FilmFormat written, path) = asked.Available(path, plan.Frames, ffmpeg, out string? reason);
        FilmOptions actual = options with { Path = path };
        written.Check(actual);
        using Explorer explorer = open();
        if (reason is not null) output.WriteLine(reason);
        FilmCamera camera = new(explorer, plan, actual.Width, actual.Height, actual.FramesPerSecond);
        FilmProgress.Show(output, plan, progress =>
        {
            camera.GoToStart(progress.Trained, stop);
            if (stop.IsCancellationRequested) return;
            using IFilmWriter film = written.Create(actual, ffmpeg);
            long frames = Shoot(camera, film, explorer, progress, stop);
            film.Finish();
            progress.Result = Result(frames, explorer.Progress.Step, path);
        });
    }

    /// <summary>Writes the film's last frame as a PNG file.</summary>
    /// <param name="open">Opens the run, once all else is known to be right.</param>
    /// <param name="stop">Asks for an early end, without a picture.</param>
    /// <exception cref="InvalidInputException">The file cannot be written as asked.</exception>
    /// <exception cref="RecordingException">It could not be written.</exception>
    public void Preview(Func<Explorer> open, CancellationToken stop)
    {
        if (!options.Path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new InvalidInputException($"--out: expected a name that ends in .png for --preview, found '{options.Path}'");
        string part = FilmPath.Part(options.Path, ".png");
        FilmPath.Check(options, part);
        using Explorer explorer = open();
        FilmCamera camera = new(explorer, plan, options.Width, options.Height, options.FramesPerSecond);
        FilmProgress.Show(output, plan, progress =>
        {
            camera.GoToStart(progress.Trained, stop);
            for (long frame = 1; frame < plan.Frames && !stop.IsCancellationRequested; frame++)
            {
                camera.Pass();
                progress.Filmed(frame, explorer.Progress.Step);
            }

            if (stop.IsCancellationRequested) return;
            camera.Shoot();
            Save(camera, part);
            progress.Result = string.Create(CultureInfo.InvariantCulture, $"Saved step {explorer.Progress.Step:N0} to {options.Path}");
        });
    }

    private long Shoot(FilmCamera camera, IFilmWriter film, Explorer explorer, FilmProgress progress, CancellationToken stop)
    {
        long frames = 0;
        for (; frames < plan.Frames && (frames == 0 || !stop.IsCancellationRequested); frames++)
        {
            camera.Shoot();
            film.Add(camera.Pixels);
            progress.Filmed(frames + 1, explorer.Progress.Step);
        }

        return frames;
    }

    private void Save(FilmCamera camera, string part) => FilmPath.Guard(options.Path, () =>
    {
        using (FileStream file = File.Create(part)) PngWriter.Write(file, camera.Pixels, options.Width, options.Height);
        File.Move(part, options.Path, options.Overwrite);
    });

    private string Result(long frames, long step, string path)
    {
        string early = frames < plan.Frames ? string.Create(CultureInfo.InvariantCulture, $" of {plan.Frames:N0}, interrupted") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Saved {frames:N0} frames{early} ({frames / (double)options.FramesPerSecond:0.##} s at {options.FramesPerSecond} frames/s, up to step {step:N0}) to {path}");
    }
}
