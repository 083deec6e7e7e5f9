using DreamViz.Engine;

namespace DreamViz.Viz.Recording;

/// <summary>How long a film is, and which steps of training it shows.</summary>
/// <param name="Frames">Frames in the film.</param>
/// <param name="From">Steps taken before the first frame's own.</param>
/// <param name="StepsPerFrame">Steps before each frame; fractions add up.</param>
public sealed record FilmPlan(long Frames, long From, double StepsPerFrame)
{
    /// <summary>Steps before each frame where nothing is said: 10 s at 60 frames/s then end at step 12,000.</summary>
    public const double UsualStepsPerFrame = 20;

    /// <summary>Puts together what was asked for.</summary>
    /// <param name="duration">Seconds.</param>
    /// <param name="framesPerSecond">Frames per second.</param>
    /// <param name="from">Step before the first frame, or null for 0.</param>
    /// <param name="to">Step at the last frame, or null.</param>
    /// <param name="speed">Steps per second of film, or null.</param>
    /// <param name="stepsPerFrame">Steps per frame, or null.</param>
    /// <exception cref="InvalidInputException">Two of the last three are given, or <paramref name="to"/> lies before
    /// <paramref name="from"/>.</exception>
    public static FilmPlan Create(double duration, int framesPerSecond, long? from, long? to, double? speed, double? stepsPerFrame)
    {
        (string Name, bool Given)[] given = [("--to", to is not null), ("--speed", speed is not null), ("--steps-per-frame", stepsPerFrame is not null)];
        string[] names = [.. given.Where(option => option.Given).Select(option => option.Name)];
        if (names.Length > 1)
            throw new InvalidInputException($"{names[1]}: expected only one of --to, --speed and --steps-per-frame, found {names[0]} too");
        long first = from ?? 0, frames = Math.Max(1, (long)Math.Round(duration * framesPerSecond));
        if (to < first) throw new InvalidInputException($"--to: expected a step at or after --from, {first}; found {to}");
        // The sum of the fractions must not end just below the last step.
        double? fromEnds = (to - first) / (double)frames * (1 + 1e-12);
        return new(frames, first, fromEnds ?? speed / framesPerSecond ?? stepsPerFrame ?? UsualStepsPerFrame);
    }
}
