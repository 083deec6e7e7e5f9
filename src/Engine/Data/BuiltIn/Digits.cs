using DreamViz.Engine.Data.Formats;

namespace DreamViz.Engine.Data.BuiltIn;

/// <summary>The 8×8 handwritten digits of the UCI optical recognition set: the first 1,500 to learn from, the last 297 held
/// out, intensities 0–16.</summary>
/// <remarks>Source: Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository, 1998,
/// doi 10.24432/C50P49, CC BY 4.0.</remarks>
internal static class Digits
{
    private const int Size = 8;
    private const int Maximum = 16;
    private const int Count = 1797;
    private const int TrainingCount = 1500;
    private const string Resource = "digits.csv.gz";

    public static BuiltInData Entry { get; } = new(
        "digits", "digits", "handwritten digits", "UCI optical recognition of handwritten digits, CC BY 4.0", Open);

    private static Dataset Open(DataParameters parameters, DataOptions options)
    {
        parameters.CheckCount(0);
        GrayImages all = Parse(new GzipMember(Load(), Resource).ReadAll());
        int[] order = [.. Enumerable.Range(0, Count)];
        return new Dataset
        {
            Name = "Digits 8×8",
            Width = Size,
            Height = Size,
            Training = Binarization.Apply(all.Select(order.AsSpan(0, TrainingCount)), options, part: 0),
            Validation = Binarization.Apply(all.Select([]), options, part: 1),
            Test = Binarization.Apply(all.Select(order.AsSpan(TrainingCount)), options, part: 2),
            Attribution = "E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI 1998, CC BY 4.0",
        };
    }

    private static byte[] Load()
    {
        using Stream stream = typeof(Digits).Assembly.GetManifestResourceStream(Resource)!;
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    /// <summary>Lines of 64 intensities and a label, separated by commas.</summary>
    private static GrayImages Parse(ReadOnlySpan<byte> csv)
    {
        byte[] pixels = new byte[Count * Size * Size];
        int[] labels = new int[Count];
        int field = 0;
        int value = 0;
        foreach (byte character in csv)
        {
            if (character is >= (byte)'0' and <= (byte)'9')
            {
                value = 10 * value + character - '0';
                continue;
            }

            (int example, int column) = Math.DivRem(field++, Size * Size + 1);
            if (column == Size * Size) labels[example] = value;
            else pixels[example * Size * Size + column] = (byte)value;
            value = 0;
        }

        return new GrayImages(Size, Size, Maximum, pixels, labels);
    }
}
