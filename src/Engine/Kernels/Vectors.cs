using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DreamViz.Engine.Kernels;

/// <summary>One or some vectors of sixteen floats that a formula takes in turn.</summary>
/// <remarks>A processor looks some hundred instructions ahead, which is little more than two vectors of a long chain of operations,
/// each of which waits for the one before. Four vectors, each operation on all of them, give it four chains. The bits are the
/// same.</remarks>
internal unsafe interface IVectors<TSelf> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IVectors<TSelf>
{
    /// <summary>How many vectors.</summary>
    static abstract int Count { get; }

    /// <summary>The same float in all lanes.</summary>
    static abstract TSelf Create(float value);

    /// <summary>The same vector each time.</summary>
    static abstract TSelf Create(Vector512<float> value);

    /// <summary>In all lanes of a vector one of the floats that lie stride floats apart.</summary>
    static abstract TSelf CreateEach(float* values, nint stride);

    /// <summary>Vectors that begin stride floats apart.</summary>
    static abstract TSelf Load(float* at, nint stride);

    /// <summary>Of sixteen bits 1 and 0, the lowest bit the first lane; their vectors begin stride pairs of bytes apart.</summary>
    static abstract TSelf LoadBits(ushort* at, nint stride);

    /// <summary>−|x|.</summary>
    static abstract TSelf MinusAbsolute(TSelf x);

    /// <summary>The larger one of each pair, y where one is NaN.</summary>
    static abstract TSelf MaxNative(TSelf x, TSelf y);

    /// <summary>2ⁿ where n stands in the lowest bits of a lane, below 2²³.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>x where a &lt; 0, y elsewhere.</summary>
    static abstract TSelf WhereNegative(TSelf a, TSelf x, TSelf y);

    /// <summary>Lanes of which the mask is zero become zero, in every vector.</summary>
    TSelf And(Vector512<float> mask);

    /// <summary>Of every vector of x, y, z and w the sums of its lanes, as <see cref="VectorMath.Sum(Vector512{float})"/> adds them, one
    /// beside the other; those of the next four stride floats further.</summary>
    static abstract void StoreSums(TSelf x, TSelf y, TSelf z, TSelf w, float* at, nint stride);

    /// <summary>The sum of the vectors.</summary>
    Vector512<float> Sum();

    /// <summary>Writes the vectors on 64-byte boundaries, stride floats apart.</summary>
    void Store(float* at, nint stride);
}

/// <summary>One vector.</summary>
internal readonly unsafe struct OneVector(Vector512<float> value) : IVectors<OneVector>
{
    public static int Count => 1;

    public Vector512<float> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator +(OneVector x, OneVector y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator -(OneVector x, OneVector y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator *(OneVector x, OneVector y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector operator /(OneVector x, OneVector y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector Create(Vector512<float> value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector CreateEach(float* values, nint stride) => Create(*values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector Load(float* at, nint stride) => new(Vector512.Load(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector LoadBits(ushort* at, nint stride) => new(Bits(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector MinusAbsolute(OneVector x) => new(x.Value | Vector512.Create(-0f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector MaxNative(OneVector x, OneVector y) => new(Vector512.MaxNative(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector PowerOfTwo(OneVector n) => new(Power(n.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector WhereNegative(OneVector a, OneVector x, OneVector y) => new(Choose(a.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(OneVector x, OneVector y, OneVector z, OneVector w, float* at, nint stride) =>
        VectorMath.Sums(x.Value, y.Value, z.Value, w.Value).Store(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OneVector And(Vector512<float> mask) => new(Value & mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sum() => Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* at, nint stride) => Value.StoreAligned(at);

    // What the functions do to every vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Bits(ushort* at) => VectorMath.Mask(*at) & Vector512<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Power(Vector512<float> n) =>
        ((n.AsInt32() << 23) + Vector512.Create(0x3F800000)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Choose(Vector512<float> a, Vector512<float> x, Vector512<float> y) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512<float>.Zero), x, y);
}

/// <summary>Four vectors.</summary>
internal readonly unsafe struct FourVectors(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    : IVectors<FourVectors>
{
    private readonly Vector512<float> a = a, b = b, c = c, d = d;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator +(FourVectors x, FourVectors y) => new(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator -(FourVectors x, FourVectors y) => new(x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator *(FourVectors x, FourVectors y) => new(x.a * y.a, x.b * y.b, x.c * y.c, x.d * y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors operator /(FourVectors x, FourVectors y) => new(x.a / y.a, x.b / y.b, x.c / y.c, x.d / y.d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Create(float value) => Create(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Create(Vector512<float> value) => new(value, value, value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors CreateEach(float* values, nint stride) => new(Vector512.Create(values[0]),
        Vector512.Create(values[stride]), Vector512.Create(values[2 * stride]), Vector512.Create(values[3 * stride]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors Load(float* at, nint stride) => new(Vector512.Load(at), Vector512.Load(at + stride),
        Vector512.Load(at + 2 * stride), Vector512.Load(at + 3 * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors LoadBits(ushort* at, nint stride) => new(OneVector.Bits(at), OneVector.Bits(at + stride),
        OneVector.Bits(at + 2 * stride), OneVector.Bits(at + 3 * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MinusAbsolute(FourVectors x)
    {
        Vector512<float> sign = Vector512.Create(-0f);
        return new(x.a | sign, x.b | sign, x.c | sign, x.d | sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors MaxNative(FourVectors x, FourVectors y) => new(Vector512.MaxNative(x.a, y.a),
        Vector512.MaxNative(x.b, y.b), Vector512.MaxNative(x.c, y.c), Vector512.MaxNative(x.d, y.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors PowerOfTwo(FourVectors n) =>
        new(OneVector.Power(n.a), OneVector.Power(n.b), OneVector.Power(n.c), OneVector.Power(n.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourVectors WhereNegative(FourVectors a, FourVectors x, FourVectors y) => new(
        OneVector.Choose(a.a, x.a, y.a), OneVector.Choose(a.b, x.b, y.b),
        OneVector.Choose(a.c, x.c, y.c), OneVector.Choose(a.d, x.d, y.d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(FourVectors x, FourVectors y, FourVectors z, FourVectors w, float* at, nint stride)
    {
        VectorMath.Sums(x.a, y.a, z.a, w.a).Store(at);
        VectorMath.Sums(x.b, y.b, z.b, w.b).Store(at + stride);
        VectorMath.Sums(x.c, y.c, z.c, w.c).Store(at + 2 * stride);
        VectorMath.Sums(x.d, y.d, z.d, w.d).Store(at + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourVectors And(Vector512<float> mask) => new(a & mask, b & mask, c & mask, d & mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Sum() => a + b + (c + d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* at, nint stride)
    {
        a.StoreAligned(at);
        b.StoreAligned(at + stride);
        c.StoreAligned(at + 2 * stride);
        d.StoreAligned(at + 3 * stride);
    }
}
