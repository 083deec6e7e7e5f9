using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Data.BuiltIn;

/// <summary>Writes one random picture, all bits zero before, and gives back its label.</summary>
internal delegate int DrawExample(ref BitSource random, BitMatrix pictures, int row);

/// <summary>Datasets whose examples are drawn by a rule: 5,000 to learn from, 1,000 for validation, 1,000 for testing.</summary>
internal static class Generated
{
    private const int TrainingCount = 5000;
    private const int HeldOutCount = 1000;

    /// <summary>The dataset of independent draws.</summary>
    public static Dataset Create(string name, int width, int height, bool labeled, DataOptions options, DrawExample draw)
    {
        return new Dataset
        {
            Name = name,
            Width = width,
            Height = height,
            Training = Draw(TrainingCount, part: 0),
            Validation = Draw(HeldOutCount, part: 1),
            Test = Draw(HeldOutCount, part: 2),
        };

        BitExamples Draw(int count, int part)
        {
            BitMatrix pictures = new(count, width * height);
            int[] labels = new int[count];
            for (int n = 0; n < count; n++)
            {
                BitSource random = new(new StreamKey(options.Seed, StreamPurpose.Data, Step: n, Layer: part));
                labels[n] = draw(ref random, pictures, n);
            }

            return new BitExamples(pictures, labeled ? labels : null);
        }
    }
}
