using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DreamViz.Viz.Drawing;

/// <summary>The codes of the operations in a recorded <see cref="DrawList"/>.</summary>
internal enum DrawOperation : byte
{
    Fill = 1,
    Stroke,
    Line,
    Curve,
    Polygon,
    Glow,
    Gradient,
    Glyphs,
    Image,
    Cells,
    PushClip,
    PopClip,
}

/// <summary>A frame as data: operations recorded one after the other into a byte buffer that is reused from frame to frame.
/// The same bytes go over the wire to a browser.</summary>
/// <remarks>Little-endian, unaligned. An operation is its code (one byte), then its arguments in the order of
/// <see cref="IDrawTarget"/>: boxes, points and lengths as 32-bit floats, colours as 32-bit 0xRRGGBBAA, enums and booleans as
/// bytes, counts as 32-bit integers before the spans they count.</remarks>
public sealed class DrawList : IDrawTarget
{
    private byte[] buffer = new byte[1 << 16];
    private int length;

    /// <summary>The recorded operations.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Forgets everything recorded.</summary>
    public void Clear() => length = 0;

    /// <summary>Becomes a copy of another list.</summary>
    public void CopyFrom(DrawList other)
    {
        Clear();
        other.Bytes.CopyTo(Reserve(other.length));
    }

    /// <inheritdoc/>
    public void Fill(Box box, float radius, Rgba color)
    {
        Begin(DrawOperation.Fill);
        Write(box);
        Write(radius);
        Write(color);
    }

    /// <inheritdoc/>
    public void Stroke(Box box, float radius, float width, Rgba color)
    {
        Begin(DrawOperation.Stroke);
        Write(box);
        Write(radius);
        Write(width);
        Write(color);
    }

    /// <inheritdoc/>
    public void Line(ReadOnlySpan<Vector2> points, float width, float dash, Rgba color)
    {
        Begin(DrawOperation.Line);
        WriteSpan(points);
        Write(width);
        Write(dash);
        Write(color);
    }

    /// <inheritdoc/>
    public void Curve(Vector2 p0, Vector2 p1, Vector2 p2, Vector2 p3, float width, Rgba color)
    {
        Begin(DrawOperation.Curve);
        Write(p0);
        Write(p1);
        Write(p2);
        Write(p3);
        Write(width);
        Write(color);
    }

    /// <inheritdoc/>
    public void Polygon(ReadOnlySpan<Vector2> points, Rgba color)
    {
        Begin(DrawOperation.Polygon);
        WriteSpan(points);
        Write(color);
    }

    /// <inheritdoc/>
    public void Glow(Vector2 center, float radius, Rgba color)
    {
        Begin(DrawOperation.Glow);
        Write(center);
        Write(radius);
        Write(color);
    }

    /// <inheritdoc/>
    public void Gradient(Box box, Rgba from, Rgba to, bool vertical)
    {
        Begin(DrawOperation.Gradient);
        Write(box);
        Write(from);
        Write(to);
        Write((byte)(vertical ? 1 : 0));
    }

    /// <inheritdoc/>
    public void Glyphs(short baseline, ReadOnlySpan<GlyphPlacement> glyphs, Rgba color)
    {
        Begin(DrawOperation.Glyphs);
        Write(baseline);
        WriteSpan(glyphs);
        Write(color);
    }

    /// <inheritdoc/>
    public void Image(Box box, float radius, int columns, ReadOnlySpan<byte> values, ColorMap map, Sampling sampling, float opacity)
    {
        Begin(DrawOperation.Image);
        Write(box);
        Write(radius);
        Write(columns);
        WriteSpan(values);
        Write((byte)map);
        Write((byte)sampling);
        Write(opacity);
    }

    /// <inheritdoc/>
    public void Cells(in CellGrid grid, ReadOnlySpan<byte> fill, ReadOnlySpan<byte> glow, ReadOnlySpan<CellMark> marks)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(glow.Length, fill.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(marks.Length, fill.Length);
        Begin(DrawOperation.Cells);
        Write(grid.X);
        Write(grid.Y);
        Write(grid.Pitch);
        Write(grid.Cell);
        Write(grid.Rows);
        Write((byte)(grid.Reflected ? 1 : 0));
        Write((byte)grid.Shape);
        Write(grid.Opacity);
        Write(grid.Scale);
        WriteSpan(fill);
        WriteSpan(glow);
        WriteSpan(marks);
    }

    /// <inheritdoc/>
    public void PushClip(Box box)
    {
        Begin(DrawOperation.PushClip);
        Write(box);
    }

    /// <inheritdoc/>
    public void PopClip() => Begin(DrawOperation.PopClip);

    /// <summary>Repeats the recorded operations on another target.</summary>
    public void Replay(IDrawTarget target)
    {
        var reader = new Reader(Bytes);
        while (!reader.AtEnd)
        {
            switch ((DrawOperation)reader.Read<byte>())
            {
                case DrawOperation.Fill:
                    target.Fill(reader.Read<Box>(), reader.Read<float>(), reader.Read<Rgba>());
                    break;
                case DrawOperation.Stroke:
                    target.Stroke(reader.Read<Box>(), reader.Read<float>(), reader.Read<float>(), reader.Read<Rgba>());
                    break;
                case DrawOperation.Line:
                    target.Line(reader.ReadSpan<Vector2>(), reader.Read<float>(), reader.Read<float>(), reader.Read<Rgba>());
                    break;
                case DrawOperation.Curve:
                    target.Curve(reader.Read<Vector2>(), reader.Read<Vector2>(), reader.Read<Vector2>(), reader.Read<Vector2>(),
                        reader.Read<float>(), reader.Read<Rgba>());
                    break;
                case DrawOperation.Polygon:
                    target.Polygon(reader.ReadSpan<Vector2>(), reader.Read<Rgba>());
                    break;
                case DrawOperation.Glow:
                    target.Glow(reader.Read<Vector2>(), reader.Read<float>(), reader.Read<Rgba>());
                    break;
                case DrawOperation.Gradient:
                    target.Gradient(reader.Read<Box>(), reader.Read<Rgba>(), reader.Read<Rgba>(), reader.Read<byte>() != 0);
                    break;
                case DrawOperation.Glyphs:
                    target.Glyphs(reader.Read<short>(), reader.ReadSpan<GlyphPlacement>(), reader.Read<Rgba>());
                    break;
                case DrawOperation.Image:
                    target.Image(reader.Read<Box>(), reader.Read<float>(), reader.Read<int>(), reader.ReadSpan<byte>(),
                        (ColorMap)reader.Read<byte>(), (Sampling)reader.Read<byte>(), reader.Read<float>());
                    break;
                case DrawOperation.Cells:
                    var grid = new CellGrid(reader.Read<float>(), reader.Read<float>(), reader.Read<float>(), reader.Read<float>(),
                        reader.Read<int>(), reader.Read<byte>() != 0, (CellShape)reader.Read<byte>(), reader.Read<float>(),
                        reader.Read<float>());
                    target.Cells(grid, reader.ReadSpan<byte>(), reader.ReadSpan<byte>(), reader.ReadSpan<CellMark>());
                    break;
                case DrawOperation.PushClip:
                    target.PushClip(reader.Read<Box>());
                    break;
                case DrawOperation.PopClip:
                    target.PopClip();
                    break;
                default:
                    throw new InvalidOperationException("A draw list holds an operation of no known code.");
            }
        }
    }

    private void Begin(DrawOperation operation) => Write((byte)operation);

    private void Write<T>(T value) where T : unmanaged
    {
        Unsafe.WriteUnaligned(ref Reserve(Unsafe.SizeOf<T>())[0], value);
    }

    private void WriteSpan<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        Write(values.Length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    private Span<byte> Reserve(int bytes)
    {
        if (length + bytes > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
        length += bytes;
        return buffer.AsSpan(length - bytes, bytes);
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public readonly bool AtEnd => rest.IsEmpty;

        public T Read<T>() where T : unmanaged
        {
            T value = MemoryMarshal.Read<T>(rest);
            rest = rest[Unsafe.SizeOf<T>()..];
            return value;
        }

        public ReadOnlySpan<T> ReadSpan<T>() where T : unmanaged
        {
            int bytes = Read<int>() * Unsafe.SizeOf<T>();
            ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(rest[..bytes]);
            rest = rest[bytes..];
            return values;
        }
    }
}
