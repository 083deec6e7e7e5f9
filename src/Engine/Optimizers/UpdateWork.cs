using System.Runtime.CompilerServices;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Optimizers;

/// <summary>How the 16 values of a 64-byte line change.</summary>
internal interface IUpdate
{
    /// <summary>Changes the line that starts at this offset, in floats, of parameter, gradient and state.</summary>
    void Apply(nint offset);
}

/// <summary>Applies an update to all of a parameter, padding included: zero stays zero.</summary>
internal readonly struct UpdateWork<TUpdate>(TUpdate update) : IRangeWork
    where TUpdate : struct, IUpdate
{
    private const int SmallestRange = 1 << 14;

    public static void Run(TUpdate update, Parameter parameter, WorkerTeam team)
    {
        Matrix value = parameter.Value;
        UpdateWork<TUpdate> work = new(update);
        team.Run(work, value.Rows * value.Stride / Matrix.Alignment, SmallestRange / Matrix.Alignment);
    }

    [MethodImpl(Compiled.Alone)]
    public void Run(int start, int end)
    {
        for (int line = start; line < end; line++) update.Apply((nint)line * Matrix.Alignment);
    }
}
