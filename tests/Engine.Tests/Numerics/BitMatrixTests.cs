using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Numerics;

public class BitMatrixTests
{
    [Fact]
    public void Bits_are_kept_where_they_are_set_in_every_width()
    {
        for (int columns = 1; columns < 130; columns++)
        {
            BitMatrix bits = new(3, columns);
            Assert.Equal((columns + 63) / 64, bits.WordsPerRow);
            for (int c = 0; c < columns; c += 3) bits[1, c] = true;
            bits[1, 0] = false;
            byte[] row = new byte[columns];
            bits.UnpackRow(1, row);
            for (int c = 0; c < columns; c++)
            {
                bool expected = c > 0 && c % 3 == 0;
                Assert.Equal(expected, bits[1, c]);
                Assert.Equal(expected ? 1 : 0, row[c]);
                Assert.False(bits[0, c] || bits[2, c]);
            }

            Assert.Equal(row.Sum(b => b), bits.CountOnes());
        }
    }

    [Fact]
    public void The_first_column_is_the_lowest_bit_and_row_follows_row()
    {
        BitMatrix bits = new(2, 65);
        bits[1, 0] = bits[1, 64] = true;
        Assert.Equal([0, 0, 1, 1], bits.Words.ToArray());
    }

    [Fact]
    public void Reshaping_clears_and_allocates_nothing_within_the_capacity()
    {
        BitMatrix bits = new(10, 100);
        bits.Words.Fill(ulong.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bits.Reshape(20, 33);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(0, bits.CountOnes());
        bits[3, 4] = true;
        bits.Clear();
        Assert.Equal(0, bits.CountOnes());
    }

    [Fact]
    public void Indices_outside_are_refused()
    {
        BitMatrix bits = new(2, 65);
        Assert.Throws<ArgumentOutOfRangeException>(() => bits[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => bits[-1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => bits[0, 65]);
        Assert.Throws<ArgumentOutOfRangeException>(() => bits[0, 65] = true);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitMatrix(-1, 2));
    }

    [Fact]
    public void A_copy_is_equal_and_independent()
    {
        BitMatrix source = new(2, 70), copy = new(9, 9);
        source[1, 69] = true;
        copy.CopyFrom(source);
        source.Clear();
        Assert.Equal((2, 70, true), (copy.Rows, copy.Columns, copy[1, 69]));
    }
}
