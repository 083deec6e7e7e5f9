using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <content>What flipping one bit changes of a log-probability.</content>
public abstract partial class ConditionalLayer
{
    /// <summary>[parent units, units] by which a parent moves the logits of Bernoulli children, whatever the other parents are; null where
    /// that depends on them.</summary>
    internal virtual Matrix? LinearWeights => null;

    /// <summary>changes_rj = log p(child_r | parents_r, parent j flipped) − log p(child_r | parents_r), in nats; of the bits of a label, with
    /// label j in place of the one that is on.</summary>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Holds parents and logits of the same batch, with one child to a parent row.</param>
    /// <param name="classes">How many of the first parents are the bits of one label.</param>
    /// <param name="room">This layer's.</param>
    /// <param name="changes">[B, parent units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    /// <remarks>Where logits are linear in parents, a flip costs no product; else a pass.</remarks>
    internal virtual void ComputeParentFlips(
        BitMatrix children, LayerPass pass, int classes, FlipRoom room, Matrix changes, WorkerTeam team)
    {
        if (LinearWeights is { } weights)
        {
            FlippedLogProbability.Compute(children, pass.Logits, pass.Parents, weights, changes, team);
            if (classes > 0) ComputeLabelMoves(children, pass, weights, classes, room, changes, team);
            return;
        }

        changes.Reshape(children.Rows, ParentUnits);
        int atOnce = Math.Max(1, FlipRoom.Rows / (1 + ParentUnits));
        for (int first = 0; first < children.Rows; first += atOnce)
            PassFlips(children, pass, first, Math.Min(atOnce, children.Rows - first), classes, room, changes, team);
    }

    /// <summary>changes_ri = log p(child_r, unit i flipped | parents_r) − log p(child_r | parents_r) of Bernoulli units, in nats; of the
    /// bits of a label, with label i in place of the one that is on.</summary>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Holds the logits [B, units].</param>
    /// <param name="changes">[B, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    internal virtual void ComputeChildFlips(BitMatrix children, LayerPass pass, Matrix changes, WorkerTeam team)
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

    /// <summary>Overwrites the changes by the bits of the label, all of them counted from a row with none on.</summary>
    private static void ComputeLabelMoves(
        BitMatrix children, LayerPass pass, Matrix weights, int classes, FlipRoom room, Matrix changes, WorkerTeam team)
    {
        room.WithoutLabel.CopyFrom(pass.Logits);
        room.LabelWeights.Reshape(classes, weights.Columns);
        for (int c = 0; c < classes; c++) weights.PaddedRow(c).CopyTo(room.LabelWeights.PaddedRow(c));
        for (int r = 0; r < children.Rows; r++)
        {
            Span<float> logits = room.WithoutLabel.Row(r);
            int label = LabelBits.Read(pass.Parents.Row(r), classes);
            TensorPrimitives.Subtract(logits, weights.Row(label), logits);
        }

        room.Drawn.Reshape(children.Rows, classes);
        FlippedLogProbability.Compute(children, room.WithoutLabel, room.Drawn, room.LabelWeights, room.LabelChanges, team);
        for (int r = 0; r < children.Rows; r++)
        {
            ReadOnlySpan<float> moves = room.LabelChanges.Row(r);
            TensorPrimitives.Subtract(moves, moves[LabelBits.Read(pass.Parents.Row(r), classes)], changes.Row(r)[..classes]);
        }
    }

    /// <summary>Each draw by itself, then with each parent flipped, in rows of their own.</summary>
    private void PassFlips(
        BitMatrix children, LayerPass pass, int first, int count, int classes, FlipRoom room, Matrix changes, WorkerTeam team)
    {
        int each = 1 + ParentUnits;
        room.Drawn.CopyFrom(children, first, count);
        RowGroups.Repeat(room.Drawn, each, room.Children);
        room.FlipEach(pass.Parents, first, count, room.Parents, classes);
        room.RepeatGaussian(pass, first, count, each);
        room.Pass.Observe(room.Labels(pass, first, count));
        ReadOnlySpan<float> logs = room.LogProbabilities(team);
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<float> own = logs.Slice(r * each, each);
            Span<float> row = changes.Row(first + r);
            for (int j = 0; j < row.Length; j++) row[j] = own[1 + j] - own[0];
        }
    }
}
