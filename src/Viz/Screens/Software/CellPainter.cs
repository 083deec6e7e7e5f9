using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Software;

/// <summary>Draws layers of units.</summary>
internal sealed class CellPainter
{
    private const int MostSizes = 64;
    private const float LargestCell = 512;
    private const byte FaintestGlow = 3;
    private const float StrongestGlow = 0.65f;

    private static readonly uint Ground = Blend.Opaque(Palette.Ground);
    private static readonly uint Focus = Blend.Opaque(Palette.Focus);
    private static readonly Colors Square = new(Palette.Wake, Palette.WakeDot);
    private static readonly Colors Round = new(Palette.Dream, Palette.DreamDot);

    private readonly Dictionary<(float Side, CellShape Shape, float Scale), CellSprites> sizes = [];

    /// <summary>Draws a layer in three passes: glows, bodies, marks.</summary>
    public void Draw(Raster raster, in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks)
    {
        int units = fill.Length;
        if (!IsDrawable(grid, units)) return;
        Colors colors = grid.Shape == CellShape.Round ? Round : Square;
        CellSprites sprites = Sprites(grid.PixelBox(0, units).Width, grid.Shape, grid.Scale);
        short opacity = Blend.Weight(grid.Opacity);
        for (int i = 0; i < units; i++)
        {
            if (glow[i] < FaintestGlow) continue;
            short strength = Blend.Product(opacity, Blend.Weight(StrongestGlow * glow[i] / 255));
            At(grid.PixelBox(i, units), raster, sprites.Glow, colors.On, strength);
        }

        for (int i = 0; i < units; i++)
        {
            Box box = grid.PixelBox(i, units);
            At(box, raster, sprites.Body, colors.Body[fill[i]], opacity);
            if (sprites.Outline != null) At(box, raster, sprites.Outline, colors.Outline[fill[i]], opacity);
        }

        for (int i = 0; i < units; i++)
        {
            if (marks[i] != CellMark.None) DrawMarks(raster, grid.PixelBox(i, units), marks[i], sprites, colors, opacity);
        }
    }

    private static void DrawMarks(Raster raster, Box box, CellMark marks, CellSprites sprites, Colors colors, short opacity)
    {
        if ((marks & CellMark.Dot) != 0 && sprites.Dot != null) At(box, raster, sprites.Dot, colors.Dot, opacity);
        if ((marks & CellMark.Followed) != 0)
        {
            At(box, raster, sprites.FollowedRim, colors.Dot, opacity);
            At(box, raster, sprites.FollowedCore, Ground, opacity);
        }

        if ((marks & (CellMark.ClampOn | CellMark.ClampOff)) != 0)
        {
            At(box, raster, sprites.Gap, Ground, opacity);
            At(box, raster, sprites.ClampRing, Focus, opacity);
        }

        if ((marks & CellMark.ClampOff) != 0) At(box, raster, sprites.Cross, Focus, opacity);
        if ((marks & CellMark.Ring) != 0) At(box, raster, sprites.HoverRing, Focus, opacity);
    }

    private static void At(Box box, Raster raster, Sprite sprite, uint color, short opacity) =>
        sprite.Draw(raster, (int)box.X, (int)box.Y, color, opacity);

    private static bool IsDrawable(in CellGrid grid, int units)
    {
        if (units == 0 || grid.Rows <= 0 || !float.IsFinite(grid.X + grid.Y + grid.Pitch + grid.Cell + grid.Scale)) return false;
        float farthest = MathF.Max(MathF.Abs(grid.X), MathF.Abs(grid.Y)) + MathF.Abs(grid.Pitch) * MathF.Max(grid.Rows, units);
        return farthest < 1e8f && grid.Cell is > 0 and <= LargestCell && grid.Scale is > 0 and <= 64;
    }

    private CellSprites Sprites(float side, CellShape shape, float scale)
    {
        if (sizes.TryGetValue((side, shape, scale), out CellSprites? sprites)) return sprites;
        if (sizes.Count == MostSizes) sizes.Clear();
        return sizes[(side, shape, scale)] = new(side, shape, scale);
    }

    private sealed class Colors(Rgba on, Rgba dot)
    {
        public uint On { get; } = Blend.Opaque(on);

        public uint Dot { get; } = Blend.Opaque(dot);

        public uint[] Body { get; } = Ramp(Palette.OffCell, on);

        public uint[] Outline { get; } = Ramp(Palette.OffOutline, on);

        private static uint[] Ramp(Rgba from, Rgba to) =>
            [.. Enumerable.Range(0, 256).Select(level => Blend.Opaque(Rgba.Mix(from, to, level / 255f)))];
    }
}
