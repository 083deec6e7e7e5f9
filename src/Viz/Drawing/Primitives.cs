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
/// <see cref="Reflected"/>. A cell is centred in its pitch. Per unit, in this order for all units: first every glow (so that
/// glows lie under all cells), then fill, outline, marks.
/// Glow: the falloff of <see cref="IDrawTarget.Glow"/> around the cell's centre, radius 1.6 · Cell, the on colour with
/// opacity 0.65 · glow / 255, left out where glow is below 3. Fill: mix(off, on, fill / 255) in the shape. Outline, when Cell ≥ 8 px: 1 px (times
/// scale) inside the edge, mix(off outline, on, fill / 255). Marks: Dot: a disc (Round) or square (Square) of diameter
/// max(2, 0.34 · Cell) in the dot colour, left out when Cell is below 10 px times the scale. The whole is faded by
/// <see cref="Opacity"/>.</remarks>
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
