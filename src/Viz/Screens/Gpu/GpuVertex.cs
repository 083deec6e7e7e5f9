using System.Numerics;
using System.Runtime.InteropServices;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Gpu;

/// <summary>What a fragment of <c>shaders/shape.fs</c> computes; the numbers stand in the vertices.</summary>
internal enum ShapeKind
{
    Box = 0,
    Frame = 1,
    Line = 2,
    Light = 3,
    Plain = 4,
    Glyph = 5,
}

/// <summary>One vertex of every effect, 40 bytes, laid out as the attributes of <c>shaders/shape.vs</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct GpuVertex(Vector2 position, Vector2 local, float kind, Vector4 shape, Rgba color)
{
    /// <summary>Pixels of the picture.</summary>
    public readonly Vector2 Position = position;

    /// <summary>Position within the shape, in pixels, and its kind.</summary>
    public readonly Vector3 Local = new(local, kind);

    /// <summary>The shape's numbers, by kind.</summary>
    public readonly Vector4 Shape = shape;

    /// <summary>Red, green, blue, opacity, one byte each in this order.</summary>
    public readonly uint Color = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(color.Packed);
}
