using System.Runtime.CompilerServices;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Optimizers;

/// <summary>How the 16 values of a 64-byte line change.</summary>
internal interface IUpdate
{
    /// <summary>Changes the line that starts at this offset, in floats, of parameter, gradient and state.</summary>
    void Apply(nint offset);
}

/// <summary>Applies an update to all of a parameter, padding included: zero stays zero. Split by columns, as the kernels are
/// that made the gradient: each thread has its part of it near.</summary>
internal readonly struct UpdateWork<TUpdate>(TUpdate update, int rows, int stride) : IRangeWork
    where TUpdate : struct, IUpdate
{
    private const int SmallestRange = 1 << 14;

    public static void Run(TUpdate update, Parameter parameter, WorkerTeam team)
    {
        Matrix value = parameter.Value;
        UpdateWork<TUpdate> work = new(update, value.Rows, value.Stride);
        team.Run(work, value.Stride / Matrix.Alignment, SmallestRange / Math.Max(1, value.Rows * Matrix.Alignment));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        for (int row = 0; row < rows; row++)
        {
            nint first = (nint)row * stride;
            for (int line = start; line < end; line++) update.Apply(first + line * Matrix.Alignment);
        }
    }
}
