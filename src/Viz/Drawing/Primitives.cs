using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>A colour with straight (not premultiplied) alpha, blended in sRGB.</summary>
/// <param name="Packed">0xRRGGBBAA.</param>
public readonly record struct Rgba(uint Packed)
{
    /// <summary>A colour from its bytes.</summary>
    public Rgba(byte red, byte green, byte blue, byte alpha = 255)
        : this((uint)red << 24 | (uint)green << 16 | (uint)blue << 8 | alpha) { }

    /// <summary>Red, 0 to 255.</summary>
    public byte Red => (byte)(Packed >> 24);

    /// <summary>Green, 0 to 255.</summary>
    public byte Green => (byte)(Packed >> 16);

    /// <summary>Blue, 0 to 255.</summary>
    public byte Blue => (byte)(Packed >> 8);

    /// <summary>Opacity, 0 to 255.</summary>
    public byte Alpha => (byte)Packed;

    /// <summary>An opaque colour from 0xRRGGBB.</summary>
    public static Rgba FromRgb(uint rgb) => new(rgb << 8 | 255);

    /// <summary>The same colour, its opacity multiplied by a factor of 0 to 1.</summary>
    public Rgba Fade(float opacity) => new(Packed & 0xFFFFFF00 | (uint)MathF.Round(Alpha * Math.Clamp(opacity, 0, 1)));

    /// <summary>a + (b − a) · t in each channel, t clamped to 0 … 1.</summary>
    public static Rgba Mix(Rgba a, Rgba b, float t)
    {
        t = Math.Clamp(t, 0, 1);
        return new(Channel(a.Red, b.Red), Channel(a.Green, b.Green), Channel(a.Blue, b.Blue), Channel(a.Alpha, b.Alpha));

        byte Channel(byte from, byte to) => (byte)MathF.Round(from + (to - from) * t);
    }
}

/// <summary>An upright rectangle: left, top, width, height.</summary>
public readonly record struct Box(float X, float Y, float Width, float Height)
{
    /// <summary>The right edge.</summary>
    public float Right => X + Width;

    /// <summary>The lower edge.</summary>
    public float Bottom => Y + Height;

    /// <summary>The middle.</summary>
    public Vector2 Center => new(X + Width / 2, Y + Height / 2);

    /// <summary>Whether the point lies inside; the left and upper edges belong to the box.</summary>
    public bool Contains(float x, float y) => x >= X && y >= Y && x < Right && y < Bottom;

    /// <summary>The box with each edge moved outwards by this much (inwards where negative).</summary>
    public Box Grow(float by) => new(X - by, Y - by, Width + 2 * by, Height + 2 * by);
}

/// <summary>One hinted glyph at a whole pixel.</summary>
/// <param name="Glyph">The glyph's number in the <see cref="GlyphCache"/>.</param>
/// <param name="X">Pen position, in pixels.</param>
public readonly record struct GlyphPlacement(ushort Glyph, short X);

/// <summary>How bytes become colours; the tables are in <see cref="ColorMaps"/>.</summary>
public enum ColorMap : byte
{
    /// <summary>Ground of the night, through dream blue, to white.</summary>
    Dream,

    /// <summary>Ground of the day, through amber, to pale yellow.</summary>
    Wake,

    /// <summary>Violet (0) through the ground (128) to ivory (255).</summary>
    Difference,
}

/// <summary>How a small picture fills a large box.</summary>
public enum Sampling : byte
{
    /// <summary>Each value a sharp rectangle.</summary>
    Nearest,

    /// <summary>Bicubic (Catmull–Rom), values beyond the border repeated, clamped to 0 … 255 before the colour map.</summary>
    Smooth,
}

/// <summary>The two shapes of units.</summary>
public enum CellShape : byte
{
    /// <summary>Wake: a square with small rounded corners (radius cell/8).</summary>
    Square,

    /// <summary>Dream: a disc.</summary>
    Round,
}

/// <summary>What stands on a unit besides its state.</summary>
[Flags]
public enum CellMark : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A bright dot in the middle: on in the newest sample.</summary>
    Dot = 1,

    /// <summary>White ring: clamped on.</summary>
    ClampOn = 2,

    /// <summary>White ring with a cross: clamped off.</summary>
    ClampOff = 4,

    /// <summary>A dark dot with a bright rim: this unit followed a clamp.</summary>
    Followed = 8,

    /// <summary>A thin ring: hovered, or the twin of the hovered unit.</summary>
    Ring = 16,
}

/// <summary>A layer of units: one operation for all of them.</summary>
/// <remarks>Unit i stands in column i / Rows and row i % Rows; columns run leftwards from the right edge when
/// <see cref="Reflected"/>. A cell is centred in its pitch and drawn at <see cref="PixelBox"/>, on whole pixels. Below,
/// C is the side of that pixel box, s is <see cref="Scale"/>, every length is in pixels, everything is centred on the pixel
/// box, and everything is faded by <see cref="Opacity"/>. In three passes over all units:
/// <para>1. Glow, where the byte is 3 or more: the falloff of <see cref="IDrawTarget.Glow"/>, radius 1.6 · C, the on colour
/// with opacity 0.65 · glow / 255.</para>
/// <para>2. Body: the shape filled with mix(off, on, fill / 255); over it, when C ≥ 8 s, its outline: the band of
/// max(1, round(s)) inside the edge in mix(off outline, on, fill / 255).</para>
/// <para>3. Marks, in this order, so that later ones lie above:
/// <list type="bullet">
/// <item>Dot, when C ≥ 10 s: a disc (Round) or a sharp square (Square) of diameter max(2, 0.34 C), dot colour.</item>
/// <item>Followed: a disc or sharp square of diameter max(4, 0.50 C) in the dot colour, then one of diameter
/// max(2, 0.30 C) in <see cref="Palette.Ground"/>.</item>
/// <item>ClampOn and ClampOff: with w = clamp(0.2 C, 1, 2 s) and g = clamp(0.1 C, 0.5, 1.5 s), first the band from
/// C/2 + w/2 − w − g to C/2 + w/2 − w in <see cref="Palette.Ground"/> (the dark gap), then the band from C/2 + w/2 − w to
/// C/2 + w/2 in <see cref="Palette.Focus"/> (the ring). Bands are measured from the centre: rings where Round; where Square,
/// frames of rounded squares whose corner radius is C/8 plus what their edge lies outside of C/2, at least 0.</item>
/// <item>ClampOff, then: two lines with round caps of width max(1, min(1.75 s, 0.12 C)) in <see cref="Palette.Focus"/> from
/// (−0.22 C, −0.22 C) to (0.22 C, 0.22 C) and from (−0.22 C, 0.22 C) to (0.22 C, −0.22 C).</item>
/// <item>Ring: the band from C/2 + 0.75 s to C/2 + 2 s in <see cref="Palette.Focus"/>, shaped like a clamp's.</item>
/// </list></para></remarks>
/// <param name="X">Left edge of the grid, in pixels.</param>
/// <param name="Y">Upper edge of the grid.</param>
/// <param name="Pitch">From one cell to the next.</param>
/// <param name="Cell">A cell's size.</param>
/// <param name="Rows">Cells to a column.</param>
/// <param name="Reflected">Whether the first column is the rightmost.</param>
/// <param name="Shape">The cells' shape.</param>
/// <param name="Opacity">0 to 1.</param>
/// <param name="Scale">Pixels to a design pixel, for outlines and rings.</param>
public readonly record struct CellGrid(
    float X, float Y, float Pitch, float Cell, int Rows, bool Reflected, CellShape Shape, float Opacity, float Scale)
{
    /// <summary>Columns that n units fill.</summary>
    public int Columns(int units) => (units + Rows - 1) / Rows;

    /// <summary>The box of unit i's cell when the grid holds n units.</summary>
    public Box CellBox(int i, int units)
    {
        int column = i / Rows;
        if (Reflected) column = Columns(units) - 1 - column;
        float inset = (Pitch - Cell) / 2;
        return new(X + column * Pitch + inset, Y + i % Rows * Pitch + inset, Cell, Cell);
    }

    /// <summary>Where unit i's cell is drawn: the corner of <see cref="CellBox"/> at floor(x + 0.5), floor(y + 0.5), the side
    /// max(1, floor(Cell + 0.5)).</summary>
    public Box PixelBox(int i, int units)
    {
        Box box = CellBox(i, units);
        float side = MathF.Max(1, MathF.Floor(Cell + 0.5f));
        return new(MathF.Floor(box.X + 0.5f), MathF.Floor(box.Y + 0.5f), side, side);
    }

    /// <summary>The unit at a point, or −1.</summary>
    public int HitTest(float x, float y, int units)
    {
        int column = (int)MathF.Floor((x - X) / Pitch);
        int row = (int)MathF.Floor((y - Y) / Pitch);
        if (row < 0 || row >= Rows || column < 0 || column >= Columns(units)) return -1;
        if (Reflected) column = Columns(units) - 1 - column;
        int i = column * Rows + row;
        return i < units ? i : -1;
    }
}
