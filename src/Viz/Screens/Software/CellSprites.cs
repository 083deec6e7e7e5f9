using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>The parts of cells of one size as sprites, with the geometry that <see cref="CellGrid"/> states.</summary>
internal sealed class CellSprites
{
    private readonly float side;
    private readonly CellShape shape;

    public CellSprites(float side, CellShape shape, float scale)
    {
        this.side = side;
        this.shape = shape;
        Glow = BakeGlow(1.6f * side);
        Body = Bake(0, Distance(side, Corner(0)));
        float outline = MathF.Max(1, MathF.Floor(scale + 0.5f));
        if (side >= 8 * scale) Outline = Bake(0, Distance(side, Corner(0)), outline);
        if (side >= 10 * scale) Dot = Bake(0, DotDistance(MathF.Max(2, 0.34f * side)));
        FollowedRim = Bake(0, DotDistance(MathF.Max(4, 0.5f * side)));
        FollowedCore = Bake(0, DotDistance(MathF.Max(2, 0.3f * side)));
        float width = Math.Clamp(0.2f * side, 1, MathF.Max(1, 2 * scale)), gap = Math.Clamp(0.1f * side, 0.5f, MathF.Max(0.5f, 1.5f * scale));
        Gap = Band(width / 2 - width, gap);
        ClampRing = Band(width / 2, width);
        Cross = BakeCross(0.22f * side, MathF.Max(1, MathF.Min(1.75f * scale, 0.12f * side)));
        HoverRing = Band(2 * scale, 1.25f * scale);
    }

    public Sprite Glow { get; }

    public Sprite Body { get; }

    /// <summary>Null where cells are too small for it.</summary>
    public Sprite? Outline { get; }

    /// <summary>Null where cells are too small for it.</summary>
    public Sprite? Dot { get; }

    public Sprite FollowedRim { get; }

    public Sprite FollowedCore { get; }

    /// <summary>The dark gap inside a clamp's ring.</summary>
    public Sprite Gap { get; }

    public Sprite ClampRing { get; }

    public Sprite Cross { get; }

    public Sprite HoverRing { get; }

    private float Corner(float outside) => shape == CellShape.Round ? float.MaxValue : MathF.Max(0, side / 8 + outside);

    private Func<float, float, float> Distance(float size, float radius)
    {
        var box = new RoundedBox(new((side - size) / 2, (side - size) / 2, size, size), radius);
        return box.Distance;
    }

    private Func<float, float, float> DotDistance(float diameter) =>
        Distance(diameter, shape == CellShape.Round ? float.MaxValue : 0);

    private Sprite Band(float outside, float width) =>
        Bake(outside, Distance(side + 2 * outside, Corner(outside)), width);

    private Sprite Bake(float outside, Func<float, float, float> distance, float band = float.PositiveInfinity)
    {
        int margin = (int)MathF.Ceiling(MathF.Max(0, outside) + 1);
        float fade = MathF.Min(1, band), width = MathF.Max(1, band);
        return new(-margin, -margin, (int)side + margin, (int)side + margin, (x, y) =>
        {
            float d = distance(x, y);
            return Math.Clamp(MathF.Min(0.5f - d, d + width + 0.5f), 0, 1) * fade;
        });
    }

    private Sprite BakeGlow(float radius)
    {
        int margin = (int)MathF.Ceiling(radius - side / 2);
        float center = side / 2;
        return new(-margin, -margin, (int)side + margin, (int)side + margin, (x, y) =>
            LightPainter.Falloff(MathF.Sqrt((x - center) * (x - center) + (y - center) * (y - center)), radius));
    }

    private Sprite BakeCross(float arm, float width)
    {
        float center = side / 2;
        return new(0, 0, (int)side, (int)side, (x, y) =>
        {
            float down = Segment.SquaredDistance(new(x, y), new(center - arm), new(center + arm));
            float up = Segment.SquaredDistance(new(x, y), new(center - arm, center + arm), new(center + arm, center - arm));
            return (width + 1) / 2 - MathF.Sqrt(MathF.Min(down, up));
        });
    }
}
