using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>128 random bits, new in each run: whoever sends them first may look. They travel in the fragment of the printed
/// address, which browsers send to nobody, and then as the first message of a connection.</summary>
public sealed class AccessToken
{
    private readonly UInt128 value;

    private AccessToken(UInt128 value) => this.value = value;

    /// <summary>A new token from the system's secure source.</summary>
    public static AccessToken Create() => new(BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16)));

    /// <summary>Whether the candidate is this token, in a time that does not depend on where they differ.</summary>
    public bool Matches(UInt128 candidate)
    {
        Span<byte> expected = stackalloc byte[16], found = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(expected, value);
        BinaryPrimitives.WriteUInt128BigEndian(found, candidate);
        return CryptographicOperations.FixedTimeEquals(expected, found);
    }

    /// <summary>32 hexadecimal digits, as in the address.</summary>
    public override string ToString() => value.ToString("x32", CultureInfo.InvariantCulture);
}
