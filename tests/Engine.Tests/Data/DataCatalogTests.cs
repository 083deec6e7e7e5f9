using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Data;

public class DataCatalogTests
{
    [Fact]
    public void The_digits_are_1500_and_297_labeled_pictures_of_8_by_8()
    {
        Dataset digits = DataCatalog.Open("digits");
        Assert.Equal((8, 8, 64), (digits.Width, digits.Height, digits.Units));
        Assert.Equal((1500, 0, 297), (digits.Training.Count, digits.Validation.Count, digits.Test.Count));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], digits.Training.Labels!.Take(10));
        Assert.Contains("CC BY 4.0", digits.Attribution);
    }

    [Fact]
    public void The_first_digit_is_a_zero_that_one_can_read()
    {
        BitMatrix bits = new(0, 0);
        DataCatalog.Open("digits").Training.Read([0], 1, 0, bits);
        byte[] row = new byte[64];
        bits.UnpackRow(0, row);
        string[] picture = [.. row.Chunk(8).Select(line => string.Concat(line.Select(bit => bit == 0 ? '.' : '#')))];
        string[] zero = ["...##...", "..####..", "..#..##.", "..#..##.", "..#..##.", "..#..#..", "..#.##..", "...##..."];
        Assert.Equal(zero, picture);
    }

    [Fact]
    public void Means_are_the_shares_of_examples_that_are_on()
    {
        Examples training = DataCatalog.Open("digits").Training;
        BitMatrix bits = new(0, 0);
        training.Read([.. Enumerable.Range(0, training.Count)], 1, 0, bits);
        double[] means = new double[64];
        training.Means(means);
        for (int i = 0; i < 64; i++)
            Assert.Equal(Enumerable.Range(0, bits.Rows).Count(r => bits[r, i]) / 1500.0, means[i], 12);
    }

    [Fact]
    public void The_floor_of_independent_pixels_on_the_digits_is_the_published_one()
    {
        // −24.58 nats per example, of a model that knows nothing but each pixel's frequency.
        Dataset digits = DataCatalog.Open("digits");
        double[] means = new double[64];
        digits.Training.Means(means);
        BitMatrix bits = new(0, 0);
        digits.Test.Read([.. Enumerable.Range(0, digits.Test.Count)], 1, 0, bits);
        double total = 0;
        for (int n = 0; n < bits.Rows; n++)
        {
            for (int i = 0; i < 64; i++)
            {
                double p = (means[i] * 1500 + 0.5) / 1501;
                total += Math.Log(bits[n, i] ? p : 1 - p);
            }
        }

        Assert.Equal(-24.58, total / bits.Rows, 0.1);
    }

    [Theory]
    [InlineData("digits", "threshold", false)]
    [InlineData("digits", "fixed", false)]
    [InlineData("digits", "every-epoch", true)]
    [InlineData("bars", "every-epoch", false)]
    public void Bits_change_with_the_epoch_only_where_they_are_drawn_afresh(string name, string kind, bool changes)
    {
        BinarizationKind binarization = kind switch
        {
            "threshold" => BinarizationKind.Threshold,
            "fixed" => BinarizationKind.Fixed,
            _ => BinarizationKind.EveryEpoch,
        };
        Dataset data = DataCatalog.Open(name, new DataOptions { Binarization = binarization });
        Assert.Equal(changes, data.Training.ChangesWithEpoch);
        Assert.False(data.Test.ChangesWithEpoch);
        Assert.Equal(changes, !SameBits(Read(data.Training, 5, 1), Read(data.Training, 5, 2)));
        Assert.True(SameBits(Read(data.Training, 5, 1), Read(data.Training, 5, 1)));
        Assert.True(SameBits(Read(data.Test, 5, 1), Read(data.Test, 6, 2)));
    }

    [Fact]
    public void A_drawn_example_does_not_depend_on_its_batch()
    {
        Examples training = DataCatalog.Open("digits", new DataOptions { Binarization = BinarizationKind.EveryEpoch }).Training;
        BitMatrix all = new(0, 0);
        BitMatrix some = new(0, 0);
        training.Read([.. Enumerable.Range(0, 100)], 3, 8, all);
        training.Read([70, 3], 3, 8, some);
        Assert.Equal(all.Row(70).ToArray(), some.Row(0).ToArray());
        Assert.Equal(all.Row(3).ToArray(), some.Row(1).ToArray());
    }

    [Fact]
    public void Drawn_bits_are_on_as_often_as_the_intensity_says()
    {
        Examples training = DataCatalog.Open("digits", new DataOptions { Binarization = BinarizationKind.EveryEpoch }).Training;
        double[] means = new double[64];
        training.Means(means);
        double[] found = new double[64];
        const int Epochs = 40;
        BitMatrix bits = new(0, 0);
        int[] all = [.. Enumerable.Range(0, training.Count)];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            training.Read(all, 1, epoch, bits);
            for (int r = 0; r < bits.Rows; r++)
                for (int i = 0; i < 64; i++)
                    if (bits[r, i]) found[i]++;
        }

        // 60,000 draws a pixel: five standard deviations are at most 0.0103.
        for (int i = 0; i < 64; i++) Assert.Equal(means[i], found[i] / Epochs / training.Count, 0.0103);
        Assert.Equal(0, found[0]);
    }

    [Fact]
    public void Full_intensity_is_always_on_and_none_never()
    {
        byte[] values = [.. Enumerable.Range(0, 75).Select(i => (byte)(i % 2 * 255))];
        ulong[] words = new ulong[2];
        RandomStream random = new(new StreamKey(1, StreamPurpose.Binarization));
        for (int draw = 0; draw < 1000; draw++)
        {
            Array.Clear(words);
            Binarization.Draw(values, 255, ref random, words);
            for (int i = 0; i < 128; i++) Assert.Equal(i < 75 && i % 2 == 1, (words[i >> 6] >> (i & 63) & 1) != 0);
        }
    }

    [Theory, InlineData("bars", 4, 0.25), InlineData("bars:8:0.125", 8, 0.125), InlineData("bars:3:0.4", 3, 0.4)]
    public void Every_picture_of_bars_is_a_union_of_bars_each_on_as_often_as_asked(string name, int size, double p)
    {
        Dataset bars = DataCatalog.Open(name);
        Assert.Equal((size, size, 5000, 1000), (bars.Width, bars.Height, bars.Training.Count, bars.Test.Count));
        BitMatrix bits = Read(bars.Training, 1, 0);
        int on = 0;
        for (int n = 0; n < bits.Rows; n++)
        {
            bool[] rows = [.. Enumerable.Range(0, size).Select(y => Enumerable.Range(0, size).All(x => bits[n, y * size + x]))];
            bool[] columns = [.. Enumerable.Range(0, size).Select(x => Enumerable.Range(0, size).All(y => bits[n, y * size + x]))];
            for (int i = 0; i < size * size; i++) Assert.Equal(rows[i / size] || columns[i % size], bits[n, i]);
            if (bits[n, size + 1]) on++;
        }

        // A pixel is off where both its bars are: 5,000 draws, five standard deviations.
        Assert.Equal(1 - (1 - p) * (1 - p), on / 5000.0, 0.036);
    }

    [Theory, InlineData("shifter", 4), InlineData("shifter:2:0.5", 2)]
    public void The_lower_rows_of_the_shifter_are_the_upper_ones_shifted(string name, int rows)
    {
        Dataset shifter = DataCatalog.Open(name);
        BitMatrix bits = Read(shifter.Training, 1, 0);
        Assert.Equal((8, rows), (shifter.Width, shifter.Height));
        Assert.Equal(0.5, shifter.Training.Labels!.Average(), 0.036);
        for (int n = 0; n < bits.Rows; n++)
        {
            int shift = shifter.Training.Labels![n] == 1 ? 1 : 7;
            for (int x = 0; x < 8; x++)
            {
                Assert.Equal(bits[n, x], bits[n, rows / 2 * 8 + (x + shift) % 8]);
                if (rows == 4) Assert.Equal((bits[n, x], bits[n, 16 + x]), (bits[n, 8 + x], bits[n, 24 + x]));
            }
        }
    }

    [Fact]
    public void Generated_data_is_named_by_its_seed()
    {
        Assert.True(SameBits(Read(DataCatalog.Open("bars").Training, 1, 0), Read(DataCatalog.Open("bars").Training, 2, 0)));
        Assert.False(SameBits(
            Read(DataCatalog.Open("bars").Training, 1, 0),
            Read(DataCatalog.Open("bars", new DataOptions { Seed = 2 }).Training, 1, 0)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("digits:1")]
    [InlineData("bars:1")]
    [InlineData("bars:33")]
    [InlineData("bars:-4")]
    [InlineData("bars:four")]
    [InlineData("bars:")]
    [InlineData("bars:4:0")]
    [InlineData("bars:4:1")]
    [InlineData("bars:4:NaN")]
    [InlineData("bars:4:1e-3")]
    [InlineData("bars:4:.5:6")]
    [InlineData("shifter:3")]
    [InlineData("shifter:10")]
    [InlineData("a\0b")]
    public void Nonsense_names_are_refused_in_one_line(string name)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => DataCatalog.Open(name));
        Assert.Contains("expected", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(double.NaN, 0, 0.1)]
    [InlineData(0, 0, 0.1)]
    [InlineData(1.1, 0, 0.1)]
    [InlineData(0.5, -0.1, 0.1)]
    [InlineData(0.5, double.NaN, 0.1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 0.5, 0.5)]
    public void Options_out_of_range_are_refused(double threshold, double validation, double test) =>
        Assert.Throws<InvalidInputException>(() => DataCatalog.Open(
            "digits", new DataOptions { Threshold = threshold, ValidationShare = validation, TestShare = test }));

    private static BitMatrix Read(Examples examples, ulong seed, long epoch)
    {
        BitMatrix bits = new(0, 0);
        examples.Read([.. Enumerable.Range(0, examples.Count)], seed, epoch, bits);
        return bits;
    }

    private static bool SameBits(BitMatrix a, BitMatrix b) => a.Words.SequenceEqual(b.Words);
}
