using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>One or some vectors of sixteen floats that a formula takes in turn.</summary>
/// <remarks>A processor looks some hundred instructions ahead, which is little more than two vectors of a long chain of operations,
/// each of which waits for the one before. Four vectors, each operation on all of them, give it four chains. The bits are the
/// same.</remarks>
internal unsafe interface IVectors<TSelf> where TSelf : struct, IVectors<TSelf>
{
    /// <summary>How many vectors.</summary>
    static abstract int Count { get; }

    // Each with its own other one, then all with the same one.
    static abstract TSelf operator +(TSelf x, TSelf y);

    static abstract TSelf operator -(TSelf x, TSelf y);

    static abstract TSelf operator *(TSelf x, TSelf y);

    static abstract TSelf operator /(TSelf x, TSelf y);

    static abstract TSelf operator &(TSelf x, TSelf y);

    static abstract TSelf operator ^(TSelf x, TSelf y);

    static abstract TSelf operator +(TSelf x, Vector512<float> y);

    static abstract TSelf operator -(TSelf x, Vector512<float> y);

    static abstract TSelf operator *(TSelf x, Vector512<float> y);

    static abstract TSelf operator &(TSelf x, Vector512<float> y);

    static abstract TSelf operator |(TSelf x, Vector512<float> y);

    static abstract TSelf operator ^(TSelf x, Vector512<float> y);

    /// <summary>The same vector each time.</summary>
    static abstract TSelf Create(Vector512<float> value);

    /// <summary>In all lanes of a vector one of the floats that lie stride floats apart.</summary>
    static abstract TSelf CreateEach(float* values, nint stride);

    /// <summary>Vectors that begin stride floats apart.</summary>
    static abstract TSelf Load(float* at, nint stride);

    /// <summary>Of sixteen bits lanes of all ones and of zero, the lowest bit the first lane; their vectors begin stride pairs of bytes
    /// apart.</summary>
    static abstract TSelf LoadMask(ushort* at, nint stride);

    /// <summary>The larger one of each pair, y where one is NaN.</summary>
    static abstract TSelf MaxNative(Vector512<float> x, TSelf y);

    /// <summary>The smaller one of each pair, y where one is NaN.</summary>
    static abstract TSelf MinNative(Vector512<float> x, TSelf y);

    /// <summary>2ⁿ where n stands in the lowest bits of a lane, below 2²³.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>x where a &lt; 0, y elsewhere.</summary>
    static abstract TSelf WhereNegative(TSelf a, TSelf x, TSelf y);

    /// <summary>Of every vector of x, y, z and w the sums of its lanes, as <see cref="VectorMath.Sum(Vector512{float})"/> adds them, one
    /// beside the other; those of the next four stride floats further.</summary>
    static abstract void StoreSums(TSelf x, TSelf y, TSelf z, TSelf w, float* at, nint stride);

    /// <summary>The sum and the vectors, one added after the other.</summary>
    Vector512<float> AddTo(Vector512<float> sum);

    /// <summary>The product times the vectors, one after the other.</summary>
    Vector512<float> MultiplyInto(Vector512<float> product);

    /// <summary>Writes the vectors, stride floats apart.</summary>
    void Store(float* at, nint stride);
}

/// <summary>One vector.</summary>
internal unsafe struct OneVector : IVectors<OneVector>
{
    public static int Count => 1;

    public Vector512<float> Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator +(OneVector x, OneVector y) => new() { Value = x.Value + y.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator -(OneVector x, OneVector y) => new() { Value = x.Value - y.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator *(OneVector x, OneVector y) => new() { Value = x.Value * y.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator /(OneVector x, OneVector y) => new() { Value = x.Value / y.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator &(OneVector x, OneVector y) => new() { Value = x.Value & y.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator ^(OneVector x, OneVector y) => new() { Value = x.Value ^ y.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator +(OneVector x, Vector512<float> y) => new() { Value = x.Value + y };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator -(OneVector x, Vector512<float> y) => new() { Value = x.Value - y };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator *(OneVector x, Vector512<float> y) => new() { Value = x.Value * y };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator &(OneVector x, Vector512<float> y) => new() { Value = x.Value & y };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator |(OneVector x, Vector512<float> y) => new() { Value = x.Value | y };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator ^(OneVector x, Vector512<float> y) => new() { Value = x.Value ^ y };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector Create(Vector512<float> value) => new() { Value = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector CreateEach(float* values, nint stride) => new() { Value = Vector512.Create(*values) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector Load(float* at, nint stride) => new() { Value = Vector512.Load(at) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector LoadMask(ushort* at, nint stride) => new() { Value = VectorMath.Mask(*at) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector MaxNative(Vector512<float> x, OneVector y) => new() { Value = Vector512.MaxNative(x, y.Value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector MinNative(Vector512<float> x, OneVector y) => new() { Value = Vector512.MinNative(x, y.Value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector PowerOfTwo(OneVector n) => new() { Value = VectorMath.PowerOfTwo(n.Value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector WhereNegative(OneVector a, OneVector x, OneVector y) =>
        new() { Value = VectorMath.WhereNegative(a.Value, x.Value, y.Value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(OneVector x, OneVector y, OneVector z, OneVector w, float* at, nint stride) =>
        VectorMath.Sums(x.Value, y.Value, z.Value, w.Value).Store(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> AddTo(Vector512<float> sum) => sum + Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<float> MultiplyInto(Vector512<float> product) => product * Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* at, nint stride) => Value.Store(at);
}

/// <summary>Four vectors, for where a vector is one register: where it is several, four of them are more than there are.</summary>
/// <remarks>Conditions ask <see cref="Vector512.IsHardwareAccelerated"/> themselves, not through a method: only then the compiler drops
/// what they guard before it has spent on that what it may spend on a method.</remarks>
internal readonly unsafe struct FourVectors(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    : IVectors<FourVectors>
{
    private readonly Vector512<float> a = a, b = b, c = c, d = d;

    public static int Count => 4;

    /// <summary>Columns that they take of a row, side by side.</summary>
    public const int Columns = 4 * Matrix.Alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator +(FourVectors x, FourVectors y) => new(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator -(FourVectors x, FourVectors y) => new(x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator *(FourVectors x, FourVectors y) => new(x.a * y.a, x.b * y.b, x.c * y.c, x.d * y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator /(FourVectors x, FourVectors y) => new(x.a / y.a, x.b / y.b, x.c / y.c, x.d / y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator &(FourVectors x, FourVectors y) => new(x.a & y.a, x.b & y.b, x.c & y.c, x.d & y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator ^(FourVectors x, FourVectors y) => new(x.a ^ y.a, x.b ^ y.b, x.c ^ y.c, x.d ^ y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator +(FourVectors x, Vector512<float> y) => new(x.a + y, x.b + y, x.c + y, x.d + y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator -(FourVectors x, Vector512<float> y) => new(x.a - y, x.b - y, x.c - y, x.d - y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator *(FourVectors x, Vector512<float> y) => new(x.a * y, x.b * y, x.c * y, x.d * y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator &(FourVectors x, Vector512<float> y) => new(x.a & y, x.b & y, x.c & y, x.d & y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator |(FourVectors x, Vector512<float> y) => new(x.a | y, x.b | y, x.c | y, x.d | y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator ^(FourVectors x, Vector512<float> y) => new(x.a ^ y, x.b ^ y, x.c ^ y, x.d ^ y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Create(Vector512<float> value) => new(value, value, value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors CreateEach(float* values, nint stride) => new(Vector512.Create(*values), Vector512.Create(values[stride]),
        Vector512.Create(values[2 * stride]), Vector512.Create(values[3 * stride]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Load(float* at, nint stride) => new(Vector512.Load(at), Vector512.Load(at + stride),
        Vector512.Load(at + 2 * stride), Vector512.Load(at + 3 * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors LoadMask(ushort* at, nint stride) => new(VectorMath.Mask(*at), VectorMath.Mask(at[stride]),
        VectorMath.Mask(at[2 * stride]), VectorMath.Mask(at[3 * stride]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MaxNative(Vector512<float> x, FourVectors y) => new(Vector512.MaxNative(x, y.a), Vector512.MaxNative(x, y.b),
        Vector512.MaxNative(x, y.c), Vector512.MaxNative(x, y.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MinNative(Vector512<float> x, FourVectors y) => new(Vector512.MinNative(x, y.a), Vector512.MinNative(x, y.b),
        Vector512.MinNative(x, y.c), Vector512.MinNative(x, y.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors PowerOfTwo(FourVectors n) => new(VectorMath.PowerOfTwo(n.a), VectorMath.PowerOfTwo(n.b),
        VectorMath.PowerOfTwo(n.c), VectorMath.PowerOfTwo(n.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors WhereNegative(FourVectors a, FourVectors x, FourVectors y) => new(VectorMath.WhereNegative(a.a, x.a, y.a),
        VectorMath.WhereNegative(a.b, x.b, y.b), VectorMath.WhereNegative(a.c, x.c, y.c), VectorMath.WhereNegative(a.d, x.d, y.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(FourVectors x, FourVectors y, FourVectors z, FourVectors w, float* at, nint stride)
    {
        VectorMath.Sums(x.a, y.a, z.a, w.a).Store(at);
        VectorMath.Sums(x.b, y.b, z.b, w.b).Store(at + stride);
        VectorMath.Sums(x.c, y.c, z.c, w.c).Store(at + 2 * stride);
        VectorMath.Sums(x.d, y.d, z.d, w.d).Store(at + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> AddTo(Vector512<float> sum) => sum + a + b + c + d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> MultiplyInto(Vector512<float> product) => product * a * b * c * d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* at, nint stride)
    {
        a.Store(at);
        b.Store(at + stride);
        c.Store(at + 2 * stride);
        d.Store(at + 3 * stride);
    }
}
