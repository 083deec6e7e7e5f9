using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.BuiltIn;

/// <summary>Random bits and small numbers one at a time out of a <see cref="RandomStream"/>.</summary>
internal struct BitSource(StreamKey key)
{
    private RandomStream stream = new(key);
    private Vector256<float> uniforms;
    private int used = Vector256<float>.Count;

    /// <summary>True with this probability.</summary>
    public bool Next(double probability) => NextUniform() < probability;

    /// <summary>A whole number, 0 … count − 1, each as likely.</summary>
    public int NextBelow(int count) => (int)(NextUniform() * (double)count);

    private float NextUniform()
    {
        if (used == Vector256<float>.Count)
        {
            uniforms = stream.NextUniform();
            used = 0;
        }

        return uniforms[used++];
    }
}
