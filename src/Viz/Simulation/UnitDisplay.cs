using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Simulation;

/// <summary>What one layer looks like now: the bytes of a cells operation, moved by time.</summary>
/// <remarks>Fill eases out to new values within <see cref="EaseSeconds"/>: from + (to − from) · (1 − (1 − t)³). Glow attacks at
/// once and dies away by exp(−dt / <see cref="GlowSeconds"/>). Both depend on elapsed time only, never on the frame
/// rate.</remarks>
public sealed class UnitDisplay(int units)
{
    /// <summary>How long a fill takes to reach a new value.</summary>
    public const float EaseSeconds = 0.08f;

    /// <summary>The time after which a glow has fallen to 1/e.</summary>
    public const float GlowSeconds = 0.12f;

    private const float Invisible = 1 / 255f;

    private readonly float[] from = new float[units];
    private readonly float[] to = new float[units];
    private readonly float[] level = new float[units];
    private readonly byte[] fill = new byte[units];
    private readonly byte[] glow = new byte[units];
    private readonly CellMark[] marks = new CellMark[units];
    private float age = EaseSeconds;
    private bool glowing;

    /// <summary>The number of units.</summary>
    public int Units { get; } = units;

    /// <summary>[Units] 0 off … 255 on.</summary>
    public ReadOnlySpan<byte> Fill => fill;

    /// <summary>[Units] 0 dark … 255 just flipped.</summary>
    public ReadOnlySpan<byte> Glow => glow;

    /// <summary>[Units] what stands on each unit; free to change.</summary>
    public Span<CellMark> Marks => marks;

    /// <summary>[Units] the values that <see cref="Fill"/> moves to, 0 to 1.</summary>
    public ReadOnlySpan<float> Target => to;

    /// <summary>Moves to new values, [Units], 0 to 1.</summary>
    public void Show(ReadOnlySpan<float> values)
    {
        Restart();
        values.CopyTo(to);
    }

    /// <summary>Moves to the brightness of words of these probabilities, [Units].</summary>
    public void ShowWords(ReadOnlySpan<float> probabilities)
    {
        Restart();
        WordBrightness.Compute(probabilities, to);
    }

    /// <summary>Moves to a sample, [Units] of 0 or 1; units that differ from the last target flash.</summary>
    public void ShowBits(ReadOnlySpan<byte> bits, bool flash)
    {
        Restart();
        for (int i = 0; i < to.Length; i++)
        {
            if (flash && bits[i] != (to[i] >= 0.5f ? 1 : 0)) Flash(i, 1);
            to[i] = bits[i];
        }
    }

    /// <summary>Makes one unit glow at least this strongly, 0 to 1.</summary>
    public void Flash(int unit, float strength)
    {
        if (strength <= level[unit]) return;
        level[unit] = MathF.Min(strength, 1);
        glowing = true;
    }

    /// <summary>Advances by this many seconds.</summary>
    public void Update(float seconds)
    {
        if (age < EaseSeconds)
        {
            age = MathF.Min(age + seconds, EaseSeconds);
            float eased = Eased();
            for (int i = 0; i < fill.Length; i++) fill[i] = (byte)(255 * (from[i] + (to[i] - from[i]) * eased) + 0.5f);
        }

        if (glowing) Fade(MathF.Exp(-seconds / GlowSeconds));
    }

    /// <summary>Puts every glow out.</summary>
    public void Extinguish()
    {
        Array.Clear(level);
        Array.Clear(glow);
        glowing = false;
    }

    private void Fade(float factor)
    {
        glowing = false;
        for (int i = 0; i < level.Length; i++)
        {
            glow[i] = (byte)(255 * level[i]);
            level[i] *= factor;
            glowing |= level[i] > Invisible;
        }

        if (!glowing) Extinguish();
    }

    private void Restart()
    {
        float eased = Eased();
        for (int i = 0; i < from.Length; i++) from[i] += (to[i] - from[i]) * eased;
        age = 0;
    }

    private float Eased()
    {
        float rest = 1 - age / EaseSeconds;
        return 1 - rest * rest * rest;
    }
}
