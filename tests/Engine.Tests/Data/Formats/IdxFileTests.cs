using System.Runtime.Intrinsics;
using DreamViz.Engine.Data;
using DreamViz.Engine.Data.Formats;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Data.Formats;

public class IdxFileTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Pictures_come_out_as_they_went_in(bool gzip)
    {
        byte[] file = IdxBytes.Images(3, 4, 5);
        GrayImages images = IdxFile.ParseImages(gzip ? IdxBytes.Gzip(file) : file, "file");
        Assert.Equal((5, 4, 3, 255), (images.Width, images.Height, images.Count, images.Maximum));
        Assert.Equal(file[16..], images.Pixels);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Labels_come_out_as_they_went_in(bool gzip)
    {
        byte[] file = IdxBytes.Labels(12);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1], IdxFile.ParseLabels(gzip ? IdxBytes.Gzip(file) : file, "file"));
    }

    [Fact]
    public void Large_data_survives_the_growing_buffer()
    {
        byte[] file = IdxBytes.Images(700, 28, 28, i => (byte)(i * 2654435761 >> 13));
        Assert.Equal(file[16..], IdxFile.ParseImages(IdxBytes.Gzip(file), "file").Pixels);
    }

    [Fact]
    public void Values_of_nothing_but_0_and_1_are_black_and_white() =>
        Assert.Equal(1, IdxFile.ParseImages(IdxBytes.Images(2, 2, 2, i => (byte)(i % 2)), "file").Maximum);

    [Fact]
    public void Of_all_types_and_ranks_only_bytes_of_rank_3_are_pictures()
    {
        List<(int Type, int Rank, int Length)> accepted = [];
        byte[] longest = IdxBytes.Make(0, 0, [2, 3, 4, 0, 0], 24);
        foreach (int length in (int[])[0, 1, 3, 4, 8, 15, 16, 17, 39, 40, 41, longest.Length])
        {
            byte[] file = longest[..length];
            for (int pair = 0; pair < 1 << 16; pair++)
            {
                // Files without room for the pair are all alike; a length that fits no picture is told from others by the types at hand.
                (int type, int rank) = (pair >> 8, pair & 255);
                if (length is not (40 or 16) && type is not (0 or 8 or 9 or 13 or 255)) continue;
                if (length >= 4) (file[2], file[3]) = ((byte)type, (byte)rank);
                else if (pair > 0) break;
                if (!Refuses(file)) accepted.Add((type, rank, length));
            }
        }

        Assert.Equal([(8, 3, 40)], accepted);
    }

    [Theory]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu)]
    [InlineData(0x80000000u, 2u, 1u)]
    [InlineData(0x10000u, 0x10000u, 1u)]
    [InlineData(0x10000u, 0x10000u, 0x10000u)]
    [InlineData(1u, 1u, 0x7fffffffu)]
    [InlineData(0u, 28u, 28u)]
    [InlineData(4u, 0u, 28u)]
    public void Sizes_that_overflow_or_are_nothing_are_refused_before_anything_is_allocated(uint n, uint height, uint width)
    {
        byte[] plain = IdxBytes.Make(8, 3, [n, height, width], 0);
        byte[] gzip = IdxBytes.Gzip(plain);
        Refuses(plain);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(Refuses(plain));
        Assert.True(Refuses(gzip));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Every_truncation_and_every_tail_of_a_gzip_is_refused()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Images(3, 4, 5));
        for (int length = 0; length < file.Length; length++) Assert.True(Refuses(file[..length]), $"cut to {length}");
        for (int tail = 0; tail < 256; tail++) Assert.True(Refuses([.. file, (byte)tail]), $"tail {tail}");
        Assert.True(Refuses([.. file, .. file]));
        Assert.True(Refuses([.. file, .. new byte[8]]));
        Assert.True(Refuses([.. file[..^8], 0, .. file[^8..]]));
    }

    [Fact]
    public void Every_truncation_and_every_tail_of_a_plain_file_is_refused()
    {
        byte[] file = IdxBytes.Images(3, 4, 5);
        for (int length = 0; length < file.Length; length++) Assert.True(Refuses(file[..length]), $"cut to {length}");
        Assert.True(Refuses([.. file, 0]));
    }

    [Fact]
    public void No_flipped_bit_of_a_gzip_changes_the_pictures_unnoticed()
    {
        byte[] original = IdxBytes.Images(3, 4, 5);
        byte[] file = IdxBytes.Gzip(original);
        List<int> harmless = [];
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit >> 3] ^= (byte)(1 << (bit & 7));
            if (Refuses(damaged)) continue;
            harmless.Add(bit >> 3);
            Assert.Equal(original[16..], IdxFile.ParseImages(damaged, "file").Pixels);
        }

        // Only the header's text flag, time, level and system, and the bits that fill up the last compressed byte, say nothing
        // about the data.
        Assert.All(harmless, position => Assert.True(position is >= 3 and <= 9 || position == file.Length - 9));
    }

    [Fact]
    public void Optional_gzip_headers_are_read_and_checked()
    {
        byte[] original = IdxBytes.Images(3, 4, 5);
        byte[] simple = IdxBytes.Gzip(original);
        byte[] header = [0x1f, 0x8b, 8, 2 + 4 + 8 + 16, .. simple[4..10], 3, 0, 1, 2, 3, (byte)'n', 0, (byte)'c', 0];
        ushort crc = (ushort)Crc32.Compute(header);
        byte[] full = [.. header, (byte)crc, (byte)(crc >> 8), .. simple[10..]];
        Assert.Equal(original[16..], IdxFile.ParseImages(full, "file").Pixels);
        full[14] ^= 1;
        Assert.True(Refuses(full));
        Assert.True(Refuses([0x1f, 0x8b, 8, 8, .. Enumerable.Repeat((byte)65, 30)]));
        Assert.True(Refuses([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0, 255, 255, .. new byte[30]]));
    }

    [Fact]
    public void Mutants_of_small_files_are_refused_in_one_way_only_and_cheaply()
    {
        byte[] original = IdxBytes.Images(5, 6, 7);
        byte[][] seeds = [original, IdxBytes.Gzip(original), IdxBytes.Labels(9), IdxBytes.Gzip(IdxBytes.Labels(9))];
        RandomStream random = new(new StreamKey(7, StreamPurpose.Data));
        int refused = 0;
        for (int n = 0; n < 40_000; n++)
        {
            byte[] mutant = Mutate(seeds, n, ref random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (Refuses(mutant)) refused++;
            else if (GzipMember.Begins(mutant)) Assert.Equal(original[16..], IdxFile.ParseImages(mutant, "file").Pixels);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + 4 * mutant.Length);
        }

        Assert.InRange(refused, 20_000, 39_999);
    }

    [Fact]
    public void A_promise_of_gigabytes_in_a_small_gzip_allocates_little()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Make(8, 3, [1 << 10, 1 << 10, 60], 1 << 10));
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), (60u << 20) + 16);
        byte[] padded = [.. file[..^8], .. new byte[1 << 16], .. file[^8..]];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(Refuses(padded));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>Anything but the one public exception type fails the test that calls this.</summary>
    private static bool Refuses(byte[] file)
    {
        try
        {
            IdxFile.ParseImages(file, "file");
            return false;
        }
        catch (InvalidInputException error)
        {
            Assert.DoesNotContain('\n', error.Message);
            return true;
        }
    }

    private static byte[] Mutate(byte[][] seeds, int n, ref RandomStream random)
    {
        Span<uint> bits = stackalloc uint[8];
        random.NextBits().CopyTo(bits);
        List<byte> mutant = [.. seeds[n % seeds.Length]];
        int changes = 1 + (int)(bits[0] % 3);
        for (int change = 0; change < changes; change++)
        {
            uint draw = bits[1 + 2 * change];
            int at = (int)(bits[2 + 2 * change] % (uint)mutant.Count);
            byte value = (byte)(draw >> 8);
            switch (draw % 6)
            {
                case 0: mutant[at] = value; break;
                case 1: mutant[at] ^= (byte)(1 << (value & 7)); break;
                case 2: mutant.Insert(at, value); break;
                case 3: mutant.RemoveAt(at); break;
                case 4: mutant.RemoveRange(at, Math.Min(mutant.Count - at, value)); break;
                default: mutant.InsertRange(at, seeds[value % seeds.Length].Take(value)); break;
            }

            if (mutant.Count == 0) mutant.Add(value);
        }

        return [.. mutant];
    }
}
