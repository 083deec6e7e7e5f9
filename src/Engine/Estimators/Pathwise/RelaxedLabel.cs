using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>The label among the units of a relaxed layer: its classes share ζ = softmax((a + n)/τ) instead of one having all, and the bits
/// beside it are pushed by Σ_c ζ_c R_c. By its logits ∂f/∂a_c = ζ_c (d_c − Σ_k ζ_k d_k)/τ, d = ∂f/∂ζ with the bits beside it moving along.
/// </summary>
/// <remarks>A label that was given with the picture stays what it is. Sources: Maddison, Mnih and Teh, "The Concrete distribution", 2017;
/// Jang, Gu and Poole, "Categorical reparameterization with Gumbel-softmax", 2017.</remarks>
/// <param name="recognition">The layer.</param>
internal sealed class RelaxedLabel(LabeledLayer recognition)
{
    private readonly Matrix shares = new(0, 0);
    private double sharpness = 1;

    /// <summary>ζ, and what it adds to the logits of the bits.</summary>
    /// <param name="layer">Its number, from 1.</param>
    /// <param name="given">Says which labels were given.</param>
    /// <param name="pass">Holds the logits of parents alone; those of the bits are complete afterwards.</param>
    /// <param name="relaxation">How.</param>
    public void Relax(int layer, LayerPass given, LayerPass pass, IRelaxation relaxation)
    {
        shares.Reshape(pass.Logits.Rows, recognition.Classes);
        for (int r = 0; r < shares.Rows; r++)
        {
            if (given.ObservedLabel(r) is >= 0 and int label)
            {
                shares.Row(r).Clear();
                shares[r, label] = 1;
            }
            else
            {
                sharpness = relaxation.RelaxLabel(layer, r, pass.Logits.Row(r)[..recognition.Classes], shares.Row(r));
            }
        }

        recognition.AddRelaxedLabels(shares, pass);
    }

    /// <summary>Overwrites the label's part of the layer's values.</summary>
    public void Write(Matrix values)
    {
        for (int r = 0; r < shares.Rows; r++) shares.Row(r).CopyTo(values.Row(r));
    }

    /// <summary>The label stays as it was drawn, and moves as its probabilities do.</summary>
    public void TakeBits(LayerPass given)
    {
        sharpness = 1;
        shares.Reshape(given.Logits.Rows, recognition.Classes);
        for (int r = 0; r < shares.Rows; r++) LabeledLayer.Softmax(given.Logits.Row(r)[..recognition.Classes], shares.Row(r));
    }

    /// <summary>The label's part of gradient and path, from those of the bits beside it.</summary>
    /// <param name="given">Says which labels were given.</param>
    /// <param name="residuals">[rows, units] ζ − σ(η) of the bits.</param>
    /// <param name="gradient">[rows, units] df/dζ, of the label without the bits.</param>
    /// <param name="path">[rows, units] df/dζ · ∂ζ/∂η, of the bits.</param>
    public void Differentiate(LayerPass given, Matrix residuals, Matrix gradient, Matrix path)
    {
        for (int r = 0; r < shares.Rows; r++)
        {
            Span<float> d = gradient.Row(r)[..recognition.Classes], byLogits = path.Row(r)[..recognition.Classes];
            if (given.ObservedLabel(r) >= 0)
            {
                byLogits.Clear();
                continue;
            }

            recognition.AddLabelErrors(path.Row(r), residuals.Row(r), d);
            double mean = DotProduct.Compute(shares.Row(r), d);
            for (int c = 0; c < d.Length; c++) byLogits[c] = (float)(sharpness * shares[r, c] * (d[c] - mean));
        }
    }

    /// <summary>The label's part of ∂ log q/∂a with values held: ζ − softmax(a), 0 of one that was given.</summary>
    public void ComputeResiduals(LayerPass given, Matrix logits, Matrix residuals)
    {
        for (int r = 0; r < shares.Rows; r++)
        {
            Span<float> row = residuals.Row(r)[..recognition.Classes];
            LabeledLayer.Softmax(logits.Row(r)[..recognition.Classes], row);
            for (int c = 0; c < row.Length; c++) row[c] = given.ObservedLabel(r) >= 0 ? 0 : shares[r, c] - row[c];
        }
    }

    /// <summary>result_r += the label's part of log p(ζ) − log q(ζ), Σ_c ζ_c (log p_c − log q_c), where what a kernel for bits made of it has
    /// been added; log q counts nothing of a label that was given.</summary>
    public void CorrectLogRatio(LayerPass given, Matrix prior, Matrix logits, Span<float> result)
    {
        int classes = recognition.Classes;
        for (int r = 0; r < result.Length; r++)
        {
            ReadOnlySpan<float> p = prior.Row(prior.Rows == 1 ? 0 : r)[..classes], q = logits.Row(r)[..classes];
            float logSumOfP = LogSumExp.Compute(p), logSumOfQ = LogSumExp.Compute(q);
            bool isGiven = given.ObservedLabel(r) >= 0;
            for (int c = 0; c < classes; c++)
            {
                double ofBits = shares[r, c] * (p[c] - q[c]) - Softplus.Reference(p[c]) + Softplus.Reference(q[c]);
                result[r] += (float)(shares[r, c] * (p[c] - logSumOfP - (isGiven ? 0 : q[c] - logSumOfQ)) - ofBits);
            }
        }
    }

    /// <summary>deviations = y − ζ, the label's part.</summary>
    public void ComputeDeviations(BitMatrix bits, Matrix deviations)
    {
        for (int r = 0; r < shares.Rows; r++)
        {
            for (int c = 0; c < recognition.Classes; c++) deviations[r, c] = (bits[r, c] ? 1 : 0) - shares[r, c];
        }
    }

    /// <summary>errors_c = (v + w u_c)(1[y = c] − q_c) + w q_c (d_c − Σ_k q_k d_k), q = softmax(a), the label's part; 0 of one that was given.
    /// </summary>
    /// <param name="pass">Of the draw.</param>
    /// <param name="scores">[rows, units] 1[y = c] − q_c.</param>
    /// <param name="signals">[rows, units] u.</param>
    /// <param name="slopes">[rows, units] d.</param>
    /// <param name="scoreWeights">[rows] v.</param>
    /// <param name="drawWeights">[rows] w.</param>
    /// <param name="errors">[rows, units], the label's part overwritten.</param>
    public void ComputeErrors(LayerPass pass, Matrix scores, Matrix signals, Matrix slopes, ReadOnlySpan<float> scoreWeights,
        ReadOnlySpan<float> drawWeights, Matrix errors)
    {
        int classes = recognition.Classes;
        for (int r = 0; r < errors.Rows; r++)
        {
            Span<float> row = errors.Row(r)[..classes];
            ReadOnlySpan<float> d = slopes.Row(r)[..classes];
            LabeledLayer.Softmax(pass.Logits.Row(r)[..classes], row);
            double mean = DotProduct.Compute(row, d);
            bool isGiven = pass.ObservedLabel(r) >= 0;
            for (int c = 0; c < classes; c++)
            {
                double path = isGiven ? 0 : drawWeights[r] * row[c] * (d[c] - mean);
                row[c] = (float)((scoreWeights[r] + drawWeights[r] * signals[r, c]) * scores[r, c] + path);
            }
        }
    }
}
