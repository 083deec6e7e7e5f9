using System.Text;
using DreamViz.Engine.Data.Formats;

namespace DreamViz.Engine.Tests.Data.Formats;

public class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_standard_comes_out() =>
        Assert.Equal(0xCBF43926u, Crc32.Compute(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Every_length_agrees_with_the_definition()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 167 + 13))];
        for (int length = 0; length < bytes.Length; length++)
            Assert.Equal(Crc32.Reference(bytes.AsSpan(0, length)), Crc32.Compute(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Appending_a_part_gives_the_checksum_of_the_whole()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)(i * 31))];
        for (int cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(Crc32.Compute(bytes), Crc32.Append(Crc32.Compute(bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
    }
}
