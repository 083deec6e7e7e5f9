using System.Text.RegularExpressions;
using DreamViz.Engine.Data.Formats;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data;

/// <summary>Datasets of the user's own IDX files: one file of pictures, or a folder with files named like MNIST's.</summary>
internal static partial class IdxFolder
{
    /// <summary>Whether there is a file under one of the usual names.</summary>
    /// <exception cref="InvalidInputException">The folder cannot be read.</exception>
    public static bool Holds(string folder) => ListFiles(folder).Any(path => UsualName().IsMatch(Path.GetFileName(path)));

    /// <summary>A folder with <c>train-images-idx3-ubyte</c> and, where there are, <c>t10k-</c> or <c>test-images…</c>,
    /// <c>valid-</c> or <c>validation-images…</c> and labels under the same names; all plain or <c>.gz</c>. What has no file
    /// is split off the training pictures by the options' shares. Held-out pictures are put in a random order, always the
    /// same, so that the first of them are a fair sample even of files that are sorted by class.</summary>
    /// <exception cref="InvalidInputException">A file is missing, ambiguous or damaged, or shapes or counts differ.</exception>
    public static Dataset Open(string folder, DataOptions options)
    {
        Dictionary<string, string> files = Find(folder);
        GrayImages training = Load(files, "train") ?? throw new InvalidInputException(
            $"{folder}: expected a file train-images-idx3-ubyte, plain or .gz, or documents, found none");
        GrayImages? validation = Load(files, "valid")?.Shuffle(Stream(options, 3));
        GrayImages? test = Load(files, "test")?.Shuffle(Stream(options, 4));
        CheckShape(folder, training, validation, "validation");
        CheckShape(folder, training, test, "test");
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return Create(name, folder, training, validation, test, options);
    }

    /// <summary>One file of pictures, split by the options' shares and seed; labels from the file whose name says labels
    /// in place of images, where there is one.</summary>
    /// <exception cref="InvalidInputException">The file is damaged, or counts differ.</exception>
    public static Dataset OpenFile(string path, DataOptions options)
    {
        GrayImages images = IdxFile.ReadImages(path);
        string fileName = Path.GetFileName(path);
        string labels = Path.Combine(
            Path.GetDirectoryName(path) ?? "", fileName.Replace("images", "labels").Replace("idx3", "idx1"));
        if (labels != path && File.Exists(labels)) images = Label(images, path, labels);
        return Create(fileName, path, images, null, null, options);
    }

    [GeneratedRegex(@"^(?:[^/]+-)?(?<part>train|t10k|test|valid|validation)-(?<kind>images|labels)[-.]idx[13]-ubyte(?:\.gz)?$")]
    private static partial Regex UsualName();

    /// <summary>Files by "part kind": "train images", "test labels" and so on.</summary>
    private static Dictionary<string, string> Find(string folder)
    {
        Dictionary<string, string> files = [];
        foreach (string path in ListFiles(folder))
        {
            Match match = UsualName().Match(Path.GetFileName(path));
            if (!match.Success) continue;
            string part = match.Groups["part"].Value switch { "t10k" => "test", "validation" => "valid", string other => other };
            string key = $"{part} {match.Groups["kind"].Value}";
            if (!files.TryAdd(key, path))
                throw new InvalidInputException(
                    $"{folder}: expected one file of {key}, found {Path.GetFileName(files[key])} and {Path.GetFileName(path)}");
        }

        return files;
    }

    private static IEnumerable<string> ListFiles(string folder)
    {
        try
        {
            return Directory.GetFiles(folder).Order(StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{folder} cannot be read: {error.Message}", error);
        }
    }

    private static GrayImages? Load(Dictionary<string, string> files, string part)
    {
        if (!files.TryGetValue($"{part} images", out string? path)) return null;
        GrayImages images = IdxFile.ReadImages(path);
        return files.TryGetValue($"{part} labels", out string? labels) ? Label(images, path, labels) : images;
    }

    private static GrayImages Label(GrayImages images, string path, string labelPath)
    {
        IReadOnlyList<int> labels = IdxFile.ReadLabels(labelPath);
        return labels.Count == images.Count
            ? images with { Labels = labels }
            : throw new InvalidInputException(
                $"{labelPath}: expected {images.Count} labels, one for each picture of {Path.GetFileName(path)}, found {labels.Count}");
    }

    private static void CheckShape(string folder, GrayImages training, GrayImages? other, string part)
    {
        if (other is null || (other.Width, other.Height) == (training.Width, training.Height)) return;
        throw new InvalidInputException(
            $"{folder}: expected {part} pictures of {training.Width}×{training.Height} pixels like the training pictures, "
            + $"found {other.Width}×{other.Height}");
    }

    private static Dataset Create(
        string name, string place, GrayImages training, GrayImages? validation, GrayImages? test, DataOptions options)
    {
        // A part without anything brighter than 1 is black and white only if no other part is brighter.
        int maximum = Math.Max(training.Maximum, Math.Max(validation?.Maximum ?? 1, test?.Maximum ?? 1));
        int count = training.Count;
        bool isFashion = FashionMnist.Is(training);
        if (test is null) (test, training) = training.Split(Part(options.TestShare, count), Stream(options, 2));
        if (validation is null)
            (validation, training) = training.Split(Part(options.ValidationShare, count), Stream(options, 1));
        if (training.Count == 0) throw new InvalidInputException($"{place}: expected pictures to learn from, found {count} in all");
        return new Dataset
        {
            Name = name,
            Width = training.Width,
            Height = training.Height,
            ClassNames = isFashion ? FashionMnist.ClassNames : null,
            Training = Binarization.Apply(training with { Maximum = maximum }, options, part: 0),
            Validation = Binarization.Apply(validation with { Maximum = maximum }, options, part: 1),
            Test = Binarization.Apply(test with { Maximum = maximum }, options, part: 2),
        };
    }

    private static int Part(double share, int count) => (int)Math.Round(share * count);

    private static RandomStream Stream(DataOptions options, int part) =>
        new(new StreamKey(options.Seed, StreamPurpose.Data, Layer: part));
}
