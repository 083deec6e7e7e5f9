using System.Runtime.Intrinsics;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Training.Checkpoints;

/// <summary>Seeded edits of a header's text: characters changed, removed, repeated, pieces swapped in from a dictionary.</summary>
internal sealed class SafeTensorsMutator(string header, ulong seed)
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "0", "1", "-1", "1e9", "9223372036854775807", "99999999999999999999",
        "null", "true", "\"F32\"", "\"F16\"", "\"shape\"", "\"data_offsets\"", "\"dtype\"", "\"__metadata__\"", "\"sha256\"",
        "\\ud800", "\\u0000", "é", "\0", " ", "\t", "[0,0]", "[1,1]", "{}", "\"bias\"", "/**/",
    ];

    /// <summary>The header with one to four edits, its checksum left as 64 zeros to fill in.</summary>
    public string Next(int index)
    {
        RandomStream random = new(new StreamKey(seed, StreamPurpose.Data, index));
        uint[] bits = new uint[16];
        random.NextBits().CopyTo(bits);
        random.NextBits().CopyTo(bits.AsSpan(8));
        string text = ZeroChecksum(header);
        for (int edit = 0; edit <= bits[0] % 4; edit++)
            text = Edit(text, bits[1 + 3 * edit], bits[2 + 3 * edit], bits[3 + 3 * edit]);
        return text;
    }

    private static string Edit(string text, uint kind, uint where, uint what)
    {
        int at = (int)(where % (uint)text.Length);
        int length = Math.Min(1 + (int)(what % 7), text.Length - at);
        string piece = Pieces[what % Pieces.Length];
        return (kind % 5) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, piece),
            2 => text.Remove(at, length).Insert(at, piece),
            3 => text.Insert(at, text.Substring(at, length)),
            _ => text.Remove(at, 1).Insert(at, ((char)(text[at] ^ 1 << (int)(what % 7))).ToString()),
        };
    }

    private static string ZeroChecksum(string text)
    {
        const string Before = "\"sha256\":\"";
        int at = text.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return string.Concat(text.AsSpan(0, at), new string('0', 64), text.AsSpan(at + 64));
    }
}
