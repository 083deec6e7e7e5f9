using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>What is done to every element of a matrix, for some vectors of a row.</summary>
internal interface IElementWork
{
    /// <summary>Does the elements of a row from this column on, side by side, as many as there are lanes; the last ones may be padding.
    /// </summary>
    void Do<T>(int row, int column) where T : struct, IVectors<T>;
}

/// <summary>What is summed over a row.</summary>
internal interface IRowTerms
{
    /// <summary>The terms from this column on, side by side; what stands in padding is not summed.</summary>
    T From<T>(int column) where T : struct, IVectors<T>;
}

/// <summary>Passes over all elements of rows.</summary>
internal static class RowSweep
{
    /// <summary>Does columns 0 … <paramref name="columns"/> − 1, and padding up to a multiple of <see cref="Matrix.Alignment"/>, of rows start …
    /// end − 1.</summary>
    [MethodImpl(Compiled.Alone)]
    public static void Run<TWork>(in TWork work, int start, int end, int columns) where TWork : struct, IElementWork
    {
        for (int r = start; r < end; r++)
        {
            int c = 0;
            for (; Vector512.IsHardwareAccelerated && c + FourVectors.Columns <= columns; c += FourVectors.Columns)
                work.Do<FourVectors>(r, c);
            for (; c < columns; c += Matrix.Alignment) work.Do<OneVector>(r, c);
        }
    }

    /// <summary>The sum of columns 0 … <paramref name="columns"/> − 1 of a row, in sixteen interleaved partial sums, always the same sixteen.
    /// </summary>
    [MethodImpl(Compiled.Alone)]
    public static float Sum<TTerms>(in TTerms terms, int columns) where TTerms : struct, IRowTerms
    {
        Vector512<float> sum = Vector512<float>.Zero;
        int c = 0;
        for (; Vector512.IsHardwareAccelerated && c + FourVectors.Columns <= columns; c += FourVectors.Columns)
            sum = terms.From<FourVectors>(c).AddTo(sum);
        for (; c < columns; c += Matrix.Alignment)
        {
            OneVector term = terms.From<OneVector>(c);
            if (columns - c < Matrix.Alignment) term &= VectorMath.Mask((1UL << (columns - c)) - 1);
            sum = term.AddTo(sum);
        }

        return VectorMath.Sum(sum);
    }
}
