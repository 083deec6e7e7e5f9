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
    private readonly List<DeltaRuleLayer> layers = [];
    private int count;

    /// <summary>Takes another layer for the next run; nothing that belongs to it may be read or changed until then.</summary>
    /// <param name="task">The layer. Its logits are overwritten, its gradients accumulated.</param>
    /// <param name="rowWeights">[B] w, one a row of children. Copied.</param>
    public void Add(in DeltaRuleTask task, ReadOnlySpan<float> rowWeights)
    {
        if (task.Children.Rows == 0 || task.Children.Columns == 0) return;
        if (count == layers.Count) layers.Add(new DeltaRuleLayer());
        layers[count].Prepare(task, rowWeights);
        count++;
    }

    /// <summary>Does all layers taken since the last run.</summary>
    public void Run(WorkerTeam team)
    {
        long cost = 0;
        for (int i = 0; i < count; i++) cost += layers[i].Cost;
        int parts = (int)Math.Clamp(cost / BinaryProduct.SmallestRange, 1, team.Threads);
        team.Run(new Work(layers, count, parts), parts);
        count = 0;
    }

    private readonly struct Work(List<DeltaRuleLayer> layers, int count, int parts) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int part = start; part < end; part++)
            {
                for (int i = 0; i < count; i++) Run(layers[i], part, roundsUp: (i & 1) != 0);
            }
        }

        // A part that gets a line less than others of one layer gets one more of the next.
        private void Run(DeltaRuleLayer layer, int part, bool roundsUp)
        {
            int more = roundsUp ? parts - 1 : 0;
            layer.Run((layer.Lines * part + more) / parts, (layer.Lines * (part + 1) + more) / parts);
        }
    }
}
