using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Software;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Recording;

/// <summary>Films an explorer without a display or a clock: each frame takes its steps, advances by exactly one frame's time
/// and is drawn in software. The same run gives the same frames, byte for byte.</summary>
/// <param name="explorer">An explorer made for film.</param>
/// <param name="plan">Which steps the film shows.</param>
/// <param name="width">Pixels in a row.</param>
/// <param name="height">Rows.</param>
/// <param name="framesPerSecond">Frames per second.</param>
public sealed class FilmCamera(Explorer explorer, FilmPlan plan, int width, int height, int framesPerSecond)
{
    // Panels see a run that is skipped at least this often, so that their curves are whole.
    private const long StepsUnseen = 500;

    private readonly DrawList list = new();
    private readonly SoftwareScreen screen = new(width, height);

    /// <summary>[height · width · 4] the newest frame shot.</summary>
    public ReadOnlySpan<byte> Pixels => screen.Pixels;

    /// <summary>Takes the steps that come before the film.</summary>
    /// <param name="passed">Receives the step, now and then.</param>
    /// <param name="stop">Ends it early.</param>
    public void GoToStart(Action<long> passed, CancellationToken stop)
    {
        while (explorer.Progress.Step < plan.From && !stop.IsCancellationRequested)
        {
            long before = explorer.Progress.Step;
            explorer.StepsPerFrame = Math.Min(StepsUnseen, plan.From - before);
            Pass();
            passed(explorer.Progress.Step);
            if (explorer.Progress.Step == before) break;
        }

        explorer.StepsPerFrame = plan.StepsPerFrame;
    }

    /// <summary>Takes a frame's steps and time, and draws it into <see cref="Pixels"/>.</summary>
    public void Shoot()
    {
        Pass();
        screen.Draw(list);
    }

    /// <summary>Takes a frame's steps and time, without drawing.</summary>
    public void Pass() => explorer.Frame(list, width, height, 1.0 / framesPerSecond);
}
