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
}
