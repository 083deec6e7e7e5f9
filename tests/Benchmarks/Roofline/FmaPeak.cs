using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Benchmarks.Measuring;

namespace DreamViz.Benchmarks.Roofline;

/// <summary>This machine's dense limit on one thread: independent multiply-adds that never leave the registers, at the
/// widest vectors that the runtime uses, one number at a time where it uses none.</summary>
internal static class FmaPeak
{
    private const int Rounds = 4096;
    private const int Sums = 12;

    private static float sink;

    /// <summary>Floating-point operations of one run: a multiply-add is two.</summary>
    public static double Operations => 2.0 * Rounds * Sums * Lanes;

    private static int Lanes =>
        Vector512.IsHardwareAccelerated ? Vector512<float>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<float>.Count
        : Vector128.IsHardwareAccelerated ? Vector128<float>.Count
        : 1;

    /// <summary>A new contender; its seconds go with <see cref="Operations"/>.</summary>
    public static IContender Create() => new TimedAction(
        "FMA peak",
        Vector512.IsHardwareAccelerated ? Run<Wide>
        : Vector256.IsHardwareAccelerated ? Run<Middle>
        : Vector128.IsHardwareAccelerated ? Run<Narrow>
        : Run<Single>);

    // Twelve sums hide a latency of four cycles on two ports, and leave registers for the factor and the term.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<T>() where T : struct, IBlock<T>
    {
        T factor = T.Create(0.999f), term = T.Create(0.001f);
        T a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term, i = term, j = term, k = term, l = term;
        for (int round = 0; round < Rounds; round++)
        {
            a = T.MultiplyAdd(a, factor, term);
            b = T.MultiplyAdd(b, factor, term);
            c = T.MultiplyAdd(c, factor, term);
            d = T.MultiplyAdd(d, factor, term);
            e = T.MultiplyAdd(e, factor, term);
            f = T.MultiplyAdd(f, factor, term);
            g = T.MultiplyAdd(g, factor, term);
            h = T.MultiplyAdd(h, factor, term);
            i = T.MultiplyAdd(i, factor, term);
            j = T.MultiplyAdd(j, factor, term);
            k = T.MultiplyAdd(k, factor, term);
            l = T.MultiplyAdd(l, factor, term);
        }

        // Without a use of all sums there would be nothing to compute.
        float sum = a.First + b.First + c.First + d.First + e.First + f.First + g.First + h.First;
        Volatile.Write(ref sink, sum + i.First + j.First + k.First + l.First);
    }

    private interface IBlock<T> where T : struct, IBlock<T>
    {
        float First { get; }

        static abstract T Create(float value);

        static abstract T MultiplyAdd(T left, T right, T term);
    }

    private readonly struct Wide(Vector512<float> value) : IBlock<Wide>
    {
        private readonly Vector512<float> value = value;

        public float First => value[0];

        public static Wide Create(float value) => new(Vector512.Create(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Wide MultiplyAdd(Wide left, Wide right, Wide term) =>
            new(Vector512.FusedMultiplyAdd(left.value, right.value, term.value));
    }

    private readonly struct Middle(Vector256<float> value) : IBlock<Middle>
    {
        private readonly Vector256<float> value = value;

        public float First => value[0];

        public static Middle Create(float value) => new(Vector256.Create(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Middle MultiplyAdd(Middle left, Middle right, Middle term) =>
            new(Vector256.FusedMultiplyAdd(left.value, right.value, term.value));
    }

    private readonly struct Narrow(Vector128<float> value) : IBlock<Narrow>
    {
        private readonly Vector128<float> value = value;

        public float First => value[0];

        public static Narrow Create(float value) => new(Vector128.Create(value));

        // Where there is no fused instruction, calling the C library's would be a limit of its own kind.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Narrow MultiplyAdd(Narrow left, Narrow right, Narrow term) =>
            new(Vector128.MultiplyAddEstimate(left.value, right.value, term.value));
    }

    private readonly struct Single(float value) : IBlock<Single>
    {
        public float First { get; } = value;

        public static Single Create(float value) => new(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Single MultiplyAdd(Single left, Single right, Single term) => new(left.First * right.First + term.First);
    }
}
