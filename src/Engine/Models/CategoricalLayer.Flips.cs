using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <content>What flipping one parent changes of a document's log-probability.</content>
public sealed partial class CategoricalLayer
{
    // e to the power of it, and sums of such, are far from the largest number.
    private const float LargestPush = 60;

    /// <inheritdoc/>
    /// <remarks>Where g is linear, parent j moves it by ±W_j, and log p(x) by ±Σ_w c_w W_jw − N log Σ_w p_w e^{±W_jw}, p = softmax(g), so that
    /// two products serve all flips. Their terms are positive: the error is N times some 1e-7.</remarks>
    internal override void ComputeParentFlips(
        BitMatrix children, LayerPass pass, int classes, FlipRoom room, Matrix changes, WorkerTeam team)
    {
        if (network.LinearWeights is not { } weights || classes > 0 || !(Math.Abs(TensorPrimitives.MaxMagnitude<float>(weights.Flat)) <= LargestPush))
        {
            base.ComputeParentFlips(children, pass, classes, room, changes, team);
            return;
        }

        room.Shares.Reshape(pass.Logits.Rows, Units);
        TensorPrimitives.Exp(pass.Logits.Flat, room.Shares.Flat);
        Grow(weights, 1, room.Growth);
        DenseBackward.Compute(room.Shares, room.Growth, room.TurnedOn, team);
        Grow(weights, -1, room.Growth);
        DenseBackward.Compute(room.Shares, room.Growth, room.TurnedOff, team);
        CountMatrix documents = Documents(children);
        changes.Reshape(children.Rows, ParentUnits);
        for (int r = 0; r < children.Rows; r++)
        {
            Span<float> row = changes.Row(r);
            for (int j = 0; j < row.Length; j++)
            {
                bool isOn = pass.Parents[r, j];
                double pushed = Pushed(documents, r, weights.Row(j)), sum = isOn ? room.TurnedOff[r, j] : room.TurnedOn[r, j];
                row[j] = (float)((isOn ? -pushed : pushed) - documents.Total(r) * Math.Log(sum));
            }
        }
    }

    /// <summary>e^{sign · W}, in the padding zero.</summary>
    private static void Grow(Matrix weights, float sign, Matrix growth)
    {
        growth.Reshape(weights.Rows, weights.Columns);
        TensorPrimitives.Multiply(weights.Flat, sign, growth.Flat);
        TensorPrimitives.Exp(growth.Flat, growth.Flat);
        for (int j = 0; j < growth.Rows; j++) growth.PaddedRow(j)[growth.Columns..].Clear();
    }

    /// <summary>Σ_w c_w W_jw.</summary>
    private static double Pushed(CountMatrix documents, int row, ReadOnlySpan<float> weights)
    {
        ReadOnlySpan<int> words = documents.Words(row), counts = documents.Counts(row);
        double sum = 0;
        for (int i = 0; i < words.Length; i++) sum += counts[i] * (double)weights[words[i]];
        return sum;
    }
}
