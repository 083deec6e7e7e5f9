using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Learning;

/// <summary>Steps below a plot by their logarithm, from a power of ten, at least 10, to a little beyond the newest; earlier steps
/// stand at the left end.</summary>
/// <param name="plot">The plot, in design pixels.</param>
internal sealed class LogStepAxis(Box plot)
{
    /// <summary>The earliest step that can have a place of its own.</summary>
    public const double Earliest = 10;

    private const double FewDecades = 30;

    // Names at the right end keep away from what stands beside the plot.
    private const float EndMargin = 6;

    private readonly Dictionary<double, string> names = [];
    private double first = Earliest;
    private double last = 100 * Earliest;

    /// <summary>Makes room for all steps from the oldest to the newest.</summary>
    public void Fit(long oldest, long newest)
    {
        first = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(oldest, Earliest))));
        last = Math.Max(first == Earliest ? 100 * Earliest : 3 * first, newest * 1.35);
    }

    /// <summary>Where a step stands.</summary>
    public float X(double step) => new LogScale(plot.X, plot.Right, first, last).Place(step);

    /// <summary>Draws a tick and a name for every power of ten; where there are few, for twice and five times as many, too.</summary>
    public void Draw(Canvas canvas)
    {
        for (double power = first; power <= last; power *= 10)
        {
            DrawTick(canvas, power);
            if (last / first > FewDecades) continue;
            if (2 * power <= last) DrawTick(canvas, 2 * power);
            if (5 * power <= last) DrawTick(canvas, 5 * power);
        }
    }

    private void DrawTick(Canvas canvas, double step)
    {
        canvas.Rule(X(step), plot.Bottom - 3, 1, 3, Palette.Rule);
        if (!names.TryGetValue(step, out string? name)) names[step] = name = AxisTicks.ShortStep((long)step);
        canvas.Text(name, MathF.Min(X(step), plot.Right - EndMargin), plot.Bottom + 17, TextStyles.Axis, TextAlign.Center);
    }
}
