namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>How the error falls with averaging: for every m = 1, 2, 4, …, the root mean square over all complete blocks of m
/// successive estimates of ‖mean of the block − exact‖. An unbiased estimator's is its noise / √m; a bias remains.</summary>
/// <remarks>Blocks join in pairs like the digits of a binary counter, so that an estimate costs two additions on average.</remarks>
/// <param name="exact">[P] what is estimated.</param>
internal sealed class BlockErrors(float[] exact)
{
    private readonly List<Level> levels = [];

    /// <summary>For each size of blocks of which there is one, the error.</summary>
    public IEnumerable<AveragedError> All => levels.Where(level => level.Blocks > 0)
        .Select((level, i) => new AveragedError(1L << i, Math.Sqrt(level.Squares / level.Blocks)));

    /// <summary>Takes one more estimate.</summary>
    /// <param name="estimate">[P].</param>
    public void Add(ReadOnlySpan<float> estimate)
    {
        ReadOnlySpan<float> sum = estimate;
        for (int i = 0; ; i++)
        {
            if (i == levels.Count) levels.Add(new Level(exact.Length));
            Level level = levels[i];
            level.Count(sum, exact, 1f / (1L << i));
            if (!level.Join(sum)) return;
            sum = level.Sum;
        }
    }

    private sealed class Level(int coordinates)
    {
        private bool waits;

        public float[] Sum { get; } = new float[coordinates];

        public long Blocks { get; private set; }

        public double Squares { get; private set; }

        public void Count(ReadOnlySpan<float> sum, float[] exact, float share)
        {
            Blocks++;
            for (int i = 0; i < sum.Length; i++)
            {
                double difference = sum[i] * share - exact[i];
                Squares += difference * difference;
            }
        }

        /// <summary>Keeps a block until its partner comes; true when <see cref="Sum"/> is that of both.</summary>
        public bool Join(ReadOnlySpan<float> block)
        {
            if (waits) System.Numerics.Tensors.TensorPrimitives.Add(Sum, block, Sum);
            else block.CopyTo(Sum);
            waits = !waits;
            return !waits;
        }
    }
}
