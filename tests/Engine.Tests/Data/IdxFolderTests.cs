using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Data;

public sealed class IdxFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_with_the_usual_names_gives_every_part_its_file()
    {
        folder.Write("train-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(20, 3, 4)));
        folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Labels(20)));
        folder.Write("t10k-images.idx3-ubyte", IdxBytes.Images(5, 3, 4));
        folder.Write("valid-images-idx3-ubyte", IdxBytes.Images(7, 3, 4));
        folder.Write("notes.txt", [1, 2, 3]);
        Dataset data = DataCatalog.Open(folder.Path);
        Assert.Equal((4, 3), (data.Width, data.Height));
        Assert.Equal((20, 7, 5), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal(Path.GetFileName(folder.Path), data.Name);
        Assert.Equal(3, data.Training.Labels![13]);
        Assert.Null(data.Test.Labels);
    }

    [Fact]
    public void What_has_no_file_is_split_off_by_the_shares_without_loss_or_repetition()
    {
        // Picture n is n in binary, so that it can be recognized.
        string path = folder.Write(
            "pictures", IdxBytes.Images(100, 2, 4, i => (byte)((i / 8 >> i % 8 & 1) * 255)));
        DataOptions options = new() { TestShare = 0.2, ValidationShare = 0.1 };
        Dataset data = DataCatalog.Open(path, options);
        Assert.Equal((70, 10, 20), (data.Training.Count, data.Validation.Count, data.Test.Count));
        int[] pictures = [.. Numbers(data.Training), .. Numbers(data.Validation), .. Numbers(data.Test)];
        Assert.Equal(Enumerable.Range(0, 100), pictures.Order());
        Assert.Equal(Numbers(data.Test), Numbers(DataCatalog.Open(path, options).Test));
        Assert.NotEqual(Numbers(data.Test), Numbers(DataCatalog.Open(path, options with { Seed = 2 }).Test));
    }

    [Fact]
    public void Held_out_pictures_of_a_sorted_file_come_in_a_random_order_that_stays_with_their_labels()
    {
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(2, 2, 4));
        folder.Write("test-images-idx3-ubyte", IdxBytes.Images(200, 2, 4, i => (byte)((i / 8 >> i % 8 & 1) * 255)));
        folder.Write("test-labels-idx1-ubyte", IdxBytes.Labels(200));
        Examples test = DataCatalog.Open(folder.Path).Test;
        int[] numbers = Numbers(test);
        Assert.Equal(Enumerable.Range(0, 200), numbers.Order());
        Assert.Equal(numbers.Select(number => number % 10), test.Labels!);
        Assert.InRange(numbers.Take(50).Average(), 70, 130);
        Assert.Equal(numbers, Numbers(DataCatalog.Open(folder.Path).Test));
    }

    [Fact]
    public void A_single_file_finds_its_labels_beside_it()
    {
        string path = folder.Write("my-images-idx3-ubyte", IdxBytes.Images(10, 2, 2));
        folder.Write("my-labels-idx1-ubyte", IdxBytes.Labels(10));
        Dataset data = DataCatalog.Open(path, new DataOptions { TestShare = 0 });
        Assert.Equal(Enumerable.Range(0, 10), data.Training.Labels!);
        Assert.Equal(0, data.Test.Count);
    }

    [Fact]
    public void The_classes_of_fashion_pictures_have_names_and_those_of_other_pictures_have_numbers()
    {
        byte[] first = [9, 0, 0, 3, 0, 2, 7, 2, 5, 5];
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(20, 28, 28));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Make(8, 1, [20], 20, i => first[i % 10]));
        Dataset fashion = DataCatalog.Open(folder.Path);
        Assert.Equal(fashion.Classes, fashion.ClassNames!.Count);
        Assert.Equal(("T-shirt", "Sneaker", "Ankle boot"), (fashion.ClassNames[0], fashion.ClassNames[7], fashion.ClassNames[9]));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(20));
        Assert.Null(DataCatalog.Open(folder.Path).ClassNames);
    }

    [Fact]
    public void The_threshold_is_the_least_intensity_that_is_on()
    {
        string path = folder.Write("pictures", IdxBytes.Images(1, 1, 4, i => (byte)(i * 51)));
        DataOptions options = new() { TestShare = 0, Threshold = 0.4 };
        BitMatrix bits = new(0, 0);
        DataCatalog.Open(path, options).Training.Read([0], 1, 0, bits);
        Assert.Equal(0b1100ul, bits.Row(0)[0]);
    }

    [Fact]
    public void A_part_that_happens_to_be_dark_is_scaled_like_the_others()
    {
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(2, 2, 2, _ => 200));
        folder.Write("test-images-idx3-ubyte", IdxBytes.Images(2, 2, 2, _ => 1));
        double[] means = new double[4];
        DataCatalog.Open(folder.Path).Test.Means(means);
        Assert.Equal([0, 0, 0, 0], means);
    }

    [Fact]
    public void A_folder_without_training_pictures_is_refused()
    {
        folder.Write("test-images-idx3-ubyte", IdxBytes.Images(2, 2, 2));
        Refused("train-images-idx3-ubyte");
    }

    [Fact]
    public void A_part_in_two_files_is_refused()
    {
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(2, 2, 2));
        folder.Write("train-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(2, 2, 2)));
        Refused("one file");
    }

    [Fact]
    public void Parts_of_different_shapes_are_refused()
    {
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(2, 2, 2));
        folder.Write("test-images-idx3-ubyte", IdxBytes.Images(2, 2, 3));
        Refused("found 3×2");
    }

    [Fact]
    public void Labels_of_another_number_are_refused()
    {
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(2, 2, 2));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(3));
        Refused("expected 2 labels");
    }

    [Fact]
    public void Labels_in_place_of_pictures_are_refused()
    {
        folder.Write("train-images-idx3-ubyte", IdxBytes.Labels(3));
        Refused("rank 3, found rank 1");
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        folder.Write("train-images-idx3-ubyte.gz", []);
        Refused("0 bytes");
    }

    private void Refused(string part)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => DataCatalog.Open(folder.Path));
        Assert.Contains(part, error.Message);
        Assert.Contains(folder.Path, error.Message);
    }

    private static int[] Numbers(Examples examples)
    {
        BitMatrix bits = new(0, 0);
        examples.Read([.. Enumerable.Range(0, examples.Count)], 1, 0, bits);
        return [.. Enumerable.Range(0, bits.Rows).Select(r => (int)bits.Row(r)[0])];
    }
}
