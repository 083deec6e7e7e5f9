using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>Layers of independent binary units y given bits x of their parents: a = b + x·W, e = w·(y − σ(a)),
/// b̄ += Σ_r e_r, W̄ += xᵀ·e, of all layers in one run.</summary>
/// <remarks>The same bits as <see cref="BinaryAffine"/>, <see cref="BernoulliError"/> and <see cref="BinaryOuterProduct"/> one
/// after the other, but no thread waits for another in between, and weights and errors are met again while a cache still has
/// them. Source: the wake and the sleep rule of Hinton, Dayan, Frey and Neal, "The wake-sleep algorithm for unsupervised neural
/// networks", 1995.</remarks>
public sealed class DeltaRule
{
    // What a piece costs at least, and how many a share of a layer has at most.
    private const long SmallestPiece = 1 << 21;
    private const int MostPieces = 2;

    private readonly List<DeltaRuleLayer> layers = [];

    /// <summary>Layers taken since the last run.</summary>
    public int Count { get; private set; }

    /// <summary>Takes another layer for the next run; nothing that belongs to it may be read or changed until then.</summary>
    /// <param name="task">The layer. Its logits are overwritten, its gradients accumulated.</param>
    /// <param name="rowWeights">[B] w, one a row of children. Copied.</param>
    public void Add(in DeltaRuleTask task, ReadOnlySpan<float> rowWeights)
    {
        if (task.Children.Rows == 0 || task.Children.Columns == 0) return;
        if (Count == layers.Count) layers.Add(new DeltaRuleLayer());
        layers[Count].Prepare(task, rowWeights);
        Count++;
    }

    /// <summary>Does all layers taken since the last run.</summary>
    public void Run(WorkerTeam team)
    {
        long cost = 0;
        for (int i = 0; i < Count; i++) cost += layers[i].Cost;
        int shares = (int)Math.Clamp(cost / BinaryProduct.SmallestRange, 1, team.Threads);
        int pieces = 0;
        for (int i = 0; i < Count; i++) pieces += Pieces(layers[i], shares);
        team.Run(new Work(layers, shares, pieces), shares * pieces, pieces, 1);
        Count = 0;
    }

    // How many a share of the layer is cut into.
    private static int Pieces(DeltaRuleLayer layer, int shares)
    {
        if (shares == 1) return 1;
        long most = Math.Min(layer.Lines / shares / layer.LinesAtATime, layer.Cost / shares / SmallestPiece);
        return (int)Math.Clamp(most, 1, MostPieces);
    }

    // A share is a share of every layer, the first layer's pieces before the next one's: the panels of the weights, where they have some.
    private readonly struct Work(List<DeltaRuleLayer> layers, int shares, int pieces) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int piece = start; piece < end; piece++) RunPiece(piece / pieces, piece % pieces);
        }

        private void RunPiece(int share, int piece)
        {
            int layer = 0, some;
            for (; piece >= (some = Pieces(layers[layer], shares)); layer++) piece -= some;
            int first = layers[layer].FirstLine(share, shares), lines = layers[layer].FirstLine(share + 1, shares) - first;
            layers[layer].Run(first + lines * piece / some, first + lines * (piece + 1) / some);
        }
    }
}
