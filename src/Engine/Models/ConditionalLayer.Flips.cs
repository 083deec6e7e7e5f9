using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <content>What flipping one bit changes of a log-probability.</content>
public abstract partial class ConditionalLayer
{
    /// <summary>[parent units, units] by which a parent moves the logits of Bernoulli children, whatever the other parents are; null where
    /// that depends on them.</summary>
    internal virtual Matrix? LinearWeights => null;

    /// <summary>changes_rj = log p(child_r | parents_r, parent j flipped) − log p(child_r | parents_r), in nats.</summary>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Holds parents and logits of the same batch, with one child to a parent row.</param>
    /// <param name="room">This layer's.</param>
    /// <param name="changes">[B, parent units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    /// <remarks>Where logits are linear in parents, a flip costs no product; else a pass.</remarks>
    internal void ComputeParentFlips(BitMatrix children, LayerPass pass, FlipRoom room, Matrix changes, WorkerTeam team)
    {
        if (LinearWeights is { } weights)
        {
            FlippedLogProbability.Compute(children, pass.Logits, pass.Parents, weights, changes, team);
            return;
        }

        changes.Reshape(children.Rows, ParentUnits);
        int atOnce = Math.Max(1, FlipRoom.Rows / (1 + ParentUnits));
        for (int first = 0; first < children.Rows; first += atOnce)
            PassFlips(children, pass.Parents, first, Math.Min(atOnce, children.Rows - first), room, changes, team);
    }

    /// <summary>changes_ri = log p(child_r, unit i flipped | parents_r) − log p(child_r | parents_r) of Bernoulli units, in nats.</summary>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Holds the logits [B, units].</param>
    /// <param name="changes">[B, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    internal void ComputeChildFlips(BitMatrix children, LayerPass pass, Matrix changes, WorkerTeam team)
    {
        if (SiblingWeights is { } siblings) FlippedLogProbability.Compute(children, pass.Logits, children, siblings, changes, team);
        else changes.Reshape(children.Rows, Units);
        for (int r = 0; r < changes.Rows; r++)
        {
            ReadOnlySpan<ulong> bits = children.Row(r);
            ReadOnlySpan<float> logits = pass.Logits.Row(r);
            Span<float> row = changes.Row(r);
            if (SiblingWeights is null) row.Clear();
            for (int i = 0; i < row.Length; i++) row[i] += (bits[i >> 6] >> i & 1) != 0 ? -logits[i] : logits[i];
        }
    }

    /// <summary>Each draw by itself, then with each parent flipped, in rows of their own.</summary>
    private void PassFlips(
        BitMatrix children, BitMatrix parents, int first, int count, FlipRoom room, Matrix changes, WorkerTeam team)
    {
        int each = 1 + ParentUnits;
        room.Drawn.CopyFrom(children, first, count);
        RowGroups.Repeat(room.Drawn, each, room.Children);
        room.Drawn.CopyFrom(parents, first, count);
        RowGroups.Repeat(room.Drawn, each, room.Parents);
        for (int r = 0; r < count * each; r++)
        {
            int unit = r % each - 1;
            if (unit >= 0) room.Parents.Row(r)[unit >> 6] ^= 1UL << unit;
        }

        ComputeLogits(room.Parents, 1, room.Pass, team);
        Complete(room.Children, room.Pass, team);
        Span<float> logs = room.Logs(count * each);
        AccumulateLogProbability(room.Children, room.Pass, logs, team);
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<float> own = logs.Slice(r * each, each);
            Span<float> row = changes.Row(first + r);
            for (int j = 0; j < row.Length; j++) row[j] = own[1 + j] - own[0];
        }
    }
}
