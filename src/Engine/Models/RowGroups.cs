using System.Numerics.Tensors;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>Rows in groups of K: row b·K + k of the large matrix belongs to row b of the small one.</summary>
internal static class RowGroups
{
    /// <summary>large_{b·K+k} = small_b. Reshapes and overwrites the large matrix.</summary>
    public static void Repeat(Matrix small, int repeats, Matrix large)
    {
        large.Reshape(checked(small.Rows * repeats), small.Columns);
        for (int r = 0; r < large.Rows; r++) small.PaddedRow(r / repeats).CopyTo(large.PaddedRow(r));
    }

    /// <summary>large_{b·K+k} = small_b. Reshapes and overwrites the large matrix.</summary>
    public static void Repeat(BitMatrix small, int repeats, BitMatrix large)
    {
        if (repeats == 1) large.CopyFrom(small);
        else large.CopyRepeated(small, repeats);
    }

    /// <summary>small_b = Σₖ large_{b·K+k}, k in order. Reshapes and overwrites the small matrix.</summary>
    public static void Sum(Matrix large, int repeats, Matrix small)
    {
        small.Reshape(large.Rows / repeats, large.Columns);
        for (int b = 0; b < small.Rows; b++)
        {
            Span<float> sum = small.PaddedRow(b);
            large.PaddedRow(b * repeats).CopyTo(sum);
            for (int k = 1; k < repeats; k++) TensorPrimitives.Add(sum, large.PaddedRow(b * repeats + k), sum);
        }
    }

    /// <summary>small_b = large_{b·n}. Reshapes and overwrites the small matrix.</summary>
    public static void TakeFirst(Matrix large, int groupRows, Matrix small)
    {
        small.Reshape(large.Rows / groupRows, large.Columns);
        for (int b = 0; b < small.Rows; b++) large.PaddedRow(b * groupRows).CopyTo(small.PaddedRow(b));
    }

    /// <summary>small_b = large_{b·n}. Reshapes and overwrites the small matrix.</summary>
    public static void TakeFirst(BitMatrix large, int groupRows, BitMatrix small)
    {
        small.Reshape(large.Rows / groupRows, large.Columns);
        for (int b = 0; b < small.Rows; b++) large.Row(b * groupRows).CopyTo(small.Row(b));
    }
}
