using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The seam between the worlds: for every unit of the deepest layer the mean of q on the left and p on the right, as
/// bars, or for many units as two profiles sorted by p. Where training goes well they come to match.</summary>
public sealed class SeamDrawing
{
    private const int MostBars = 24;
    private const float BarRoom = 24;
    private const float ProfileRoom = 22;
    private const float ProfileStep = 2;
    private const float EaseSeconds = 0.1f;
    private const float ChipTop = 66;
    private const float ChipBottom = 116;

    private readonly float[] q;
    private readonly float[] p;
    private readonly float[] qTarget;
    private readonly float[] pTarget;
    private readonly float[] sortedP;
    private readonly int[] order;
    private float sortAge = float.PositiveInfinity;

    /// <param name="units">Units of the deepest layer; where it has a label, those of the label, which stand at the seam.</param>
    public SeamDrawing(int units)
    {
        (q, p, qTarget, pTarget) = (new float[units], new float[units], new float[units], new float[units]);
        (sortedP, order) = (new float[units], new int[units]);
    }

    /// <summary>Whether units are too many for bars.</summary>
    public bool IsProfile => q.Length > MostBars;

    /// <summary>Takes the newest means, [units] each or more.</summary>
    public void Observe(ReadOnlySpan<float> recognition, ReadOnlySpan<float> prior)
    {
        recognition[..q.Length].CopyTo(qTarget);
        prior[..p.Length].CopyTo(pTarget);
    }

    /// <summary>Advances by this many seconds.</summary>
    public void Update(float seconds)
    {
        float share = 1 - MathF.Exp(-seconds / EaseSeconds);
        for (int i = 0; i < q.Length; i++)
        {
            q[i] += (qTarget[i] - q[i]) * share;
            p[i] += (pTarget[i] - p[i]) * share;
        }

        sortAge += seconds;
        if (IsProfile && sortAge >= 1) Sort();
    }

    /// <summary>Draws line and bars.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="layout">Where the deepest layer stands.</param>
    /// <param name="left">The left half.</param>
    /// <param name="right">The right half.</param>
    /// <param name="band">The height that the ground covers: where it is more than the stage, there is no chip to spare.</param>
    public void Draw(Canvas canvas, StageLayout layout, HalfView left, HalfView right, Box band)
    {
        Rgba line = Palette.ControlActive.Fade(0.5f);
        float chip = band == StageMetrics.Band ? ChipTop : ChipBottom;
        canvas.Rule(StageMetrics.Axis - 1, band.Y, 2, chip - band.Y, line);
        canvas.Rule(StageMetrics.Axis - 1, ChipBottom, 2, 388 - ChipBottom, line);
        canvas.Rule(StageMetrics.Axis - 1, 412, 2, StageMetrics.Band.Bottom - 412, line);
        Rgba recognition = left.IsDream ? Palette.TertiaryText.Fade(0.6f) : Palette.Wake.Fade(0.9f * left.Light);
        Rgba generation = Palette.Dream.Fade(0.85f * right.Light);
        if (IsProfile) DrawProfiles(canvas, recognition.Fade(0.65f), generation.Fade(0.65f));
        else DrawBars(canvas, layout.Place(World.Wake, layout.Depth), recognition, generation);
    }

    private void DrawBars(Canvas canvas, LayerPlace place, Rgba recognition, Rgba generation)
    {
        GridPart part = place.Parts[0];
        bool shared = q.Length > part.Grid.Rows;
        float height = shared ? 4 : 5;
        for (int i = 0; i < q.Length; i++)
        {
            float y = place.CellBox(i).Center.Y - height / 2;
            if (shared) y += i < part.Grid.Rows ? -4 : 4;
            float a = MathF.Max(1, q[i] * BarRoom), b = MathF.Max(1, p[i] * BarRoom);
            canvas.Fill(new(StageMetrics.Axis - 8 - a, y, a, height), 0, recognition);
            canvas.Fill(new(StageMetrics.Axis + 8, y, b, height), 0, generation);
        }
    }

    private void DrawProfiles(Canvas canvas, Rgba recognition, Rgba generation)
    {
        int strips = (int)(StageMetrics.Picture / ProfileStep);
        for (int s = 0; s < strips; s++)
        {
            int from = s * q.Length / strips, to = Math.Max(from + 1, (s + 1) * q.Length / strips);
            float a = 0, b = 0;
            for (int i = from; i < to; i++) (a, b) = (a + q[order[i]], b + p[order[i]]);
            a = MathF.Max(0.5f, a / (to - from) * ProfileRoom);
            b = MathF.Max(0.5f, b / (to - from) * ProfileRoom);
            float y = StageMetrics.Top + s * ProfileStep;
            canvas.Fill(new(StageMetrics.Axis - 6 - a, y, a, ProfileStep), 0, recognition);
            canvas.Fill(new(StageMetrics.Axis + 6, y, b, ProfileStep), 0, generation);
        }
    }

    private void Sort()
    {
        sortAge = 0;
        for (int i = 0; i < order.Length; i++) (sortedP[i], order[i]) = (-pTarget[i], i);
        Array.Sort(sortedP, order);
    }
}
