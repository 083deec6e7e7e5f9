using System.Text;
using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Data.Documents;

public sealed class DocumentFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_of_lda_c_files_gives_every_part_its_file_and_leaves_out_what_is_empty()
    {
        Write("tr.ldac", "1 0:2\n0\n2 0:1 2:3\n", gzip: true);
        Write("va.ldac", "1 1:1\n");
        Write("ts.ldac", "1 0:1\n1 1:2\n1 2:3\n");
        Write("vocab.txt", "red\ngreen\nblue", gzip: true);
        Dataset data = DataCatalog.Open(folder.Path);
        Assert.Equal((3, 1), (data.Width, data.Height));
        Assert.Equal(["red", "green", "blue"], data.Vocabulary!);
        Assert.Equal([2, 4], data.Training.Lengths!);
        Assert.Equal([1], data.Validation.Lengths!);
        Assert.Equal([1, 2, 3], data.Test.Lengths!.Order());
        double[] means = new double[3];
        data.Training.Means(means);
        Assert.Equal([3.0 / 6, 0, 3.0 / 6], means);
    }

    [Fact]
    public void Documents_are_read_as_counts_and_as_bits_that_say_which_words_occur()
    {
        Write("tr.ldac", "1 0:2\n2 0:1 2:3\n");
        Write("vocab.txt", "red\ngreen\nblue");
        BitMatrix bits = new(0, 0);
        DataCatalog.Open(folder.Path, new DataOptions { TestShare = 0 }).Training.Read([1, 0, 1], 1, 0, bits);
        Assert.Equal([[1, 0, 1], [1, 0, 0], [1, 0, 1]], Enumerable.Range(0, 3).Select(r => Unpack(bits, r)));
        Assert.Equal([1, 3], bits.Counts!.Counts(2).ToArray());
        Assert.Equal([4, 2, 4], Enumerable.Range(0, 3).Select(bits.Counts.Total));
    }

    [Fact]
    public void A_uci_bag_of_words_is_opened_by_its_folder_and_by_its_file()
    {
        string path = Write("docword.tiny.txt", $"20\n2\n20\n{string.Join('\n', Enumerable.Range(1, 20).Select(d => $"{d} {1 + d % 2} {d}"))}\n", gzip: true);
        Write("vocab.tiny.txt", "red\ngreen\n");
        foreach (string place in new[] { folder.Path, path })
        {
            Dataset data = DataCatalog.Open(place, new DataOptions { TestShare = 0.2, ValidationShare = 0.1 });
            Assert.Equal("tiny", data.Name);
            Assert.Equal((14, 2, 4), (data.Training.Count, data.Validation.Count, data.Test.Count));
            Assert.Equal(Enumerable.Range(1, 20), data.Training.Lengths!.Concat(data.Validation.Lengths!).Concat(data.Test.Lengths!).Order());
        }
    }

    [Fact]
    public void A_vocabulary_of_texts_is_the_most_frequent_words_that_are_common_enough_and_no_stop_words()
    {
        Write("a.txt", "The cat and the dog. Cat!");
        Write("b.txt", "the dog, the DOG, a zebra zebra zebra zebra");
        Directory.CreateDirectory(Path.Combine(folder.Path, "more"));
        Write("more/c.txt", "the cat sat");
        Write("stop", "The\n");
        DataOptions options = new() { TestShare = 0, StopWords = Path.Combine(folder.Path, "stop") };
        Assert.Equal(["cat", "dog"], DataCatalog.Open(folder.Path, options).Vocabulary!);
        Assert.Equal(["the", "cat"], DataCatalog.Open(folder.Path, options with { StopWords = "", VocabularySize = 2 }).Vocabulary!);
        Dataset all = DataCatalog.Open(folder.Path, options with { MinimumDocuments = 1 });
        Assert.Equal(["zebra", "cat", "dog", "and", "sat"], all.Vocabulary!);
        Assert.Equal([4, 6, 2], all.Training.Lengths!);
    }

    [Fact]
    public void What_is_missing_or_damaged_is_named_in_one_line()
    {
        Refused("expected a file train-images-idx3-ubyte, plain or .gz, or documents, found none");
        Write("a.txt", "x 1 2");
        Refused("expected words that occur in 2 of 1 training texts, found none");
        File.WriteAllBytes(Path.Combine(folder.Path, "a.txt"), [65, 66, 255]);
        Refused("a.txt: expected text in UTF-8, found other bytes at 2");
        Write("ts.ldac", "1 0:1");
        Refused("expected a file tr.ldac or train.ldac, plain or .gz, found none");
        string training = Write("tr.ldac", "0\n");
        Refused("expected its vocabulary vocab.txt beside it, plain or .gz, found none");
        Write("vocab.txt", "red");
        Refused("expected documents with words to learn from, found 1 documents in all");
        File.WriteAllBytes(training, IdxBytes.Gzip("1 0:1\n"u8.ToArray())[..^3]);
        Refused("tr.ldac");
        Write("train.ldac", "1 0:1");
        Refused("expected one file of each part, found tr.ldac and train.ldac");
    }

    private void Refused(string message)
    {
        string found = Assert.Throws<InvalidInputException>(() => DataCatalog.Open(folder.Path)).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', found);
    }

    private string Write(string name, string text, bool gzip = false)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return gzip ? folder.Write($"{name}.gz", IdxBytes.Gzip(bytes)) : folder.Write(name, bytes);
    }

    private static byte[] Unpack(BitMatrix bits, int row)
    {
        byte[] bytes = new byte[bits.Columns];
        bits.UnpackRow(row, bytes);
        return bytes;
    }
}
