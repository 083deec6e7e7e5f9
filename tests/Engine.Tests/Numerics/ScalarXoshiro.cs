using System.Numerics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Numerics;

/// <summary>xoshiro128++ one number at a time, and the states that a key's eight lanes start from.</summary>
internal struct ScalarXoshiro(uint s0, uint s1, uint s2, uint s3)
{
    private uint s0 = s0, s1 = s1, s2 = s2, s3 = s3;

    public uint Next()
    {
        uint result = BitOperations.RotateLeft(s0 + s3, 7) + s0;
        uint t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 11);
        return result;
    }

    public static ScalarXoshiro[] Lanes(StreamKey key)
    {
        ulong hash = Finish(key.Seed + 0x9E3779B97F4A7C15);
        hash = Finish(hash ^ unchecked((ulong)key.Purpose * 0xD1342543DE82EF95));
        hash = Finish(hash ^ unchecked((ulong)key.Step));
        hash = Finish(hash ^ unchecked((ulong)(uint)key.Layer << 32 | (uint)key.Block));

        // Sixteen SplitMix64 outputs, low half first, fill s0 of all lanes, then s1, s2 and s3.
        uint[] words = new uint[32];
        for (int i = 0; i < 16; i++)
        {
            ulong output = Finish(unchecked(hash + (ulong)(i + 1) * 0x9E3779B97F4A7C15));
            (words[2 * i], words[2 * i + 1]) = ((uint)output, (uint)(output >> 32));
        }

        ScalarXoshiro[] lanes = new ScalarXoshiro[8];
        for (int lane = 0; lane < 8; lane++)
            lanes[lane] = new ScalarXoshiro(words[lane], words[8 + lane], words[16 + lane], words[24 + lane] | 1);
        return lanes;
    }

    private static ulong Finish(ulong z)
    {
        unchecked
        {
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
    }
}
