using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <content>Relaxed parents, and the gradient by parents.</content>
public sealed partial class BernoulliLayer
{
    /// <inheritdoc/>
    public override void ComputeRelaxedLogits(Matrix parents, LayerPass pass, WorkerTeam team)
    {
        (pass.RelaxedParents, pass.Repeats) = (parents, 1);
        Matrix first = Output(pass, 0, pass.Logits);
        DenseAffine.Compute(parents, weights[0].Value, biases[0].Value.Row(0), first, team);
        if (GaussianWeights is not null)
        {
            Matrix added = pass.Hidden.Length > 0 ? pass.HiddenErrors[0] : pass.Errors;
            DenseAffine.Compute(Gaussian(pass), GaussianWeights.Value, noBiases, added, team);
            TensorPrimitives.Add(first.Flat, added.Flat, first.Flat);
        }

        ComputeAboveFirst(pass, pass.Logits, team);
    }

    /// <inheritdoc/>
    public override void ComputeParentErrors(LayerPass pass, Matrix errors, Matrix parentErrors, WorkerTeam team)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pass.Repeats, 1, nameof(pass));
        for (int n = weights.Length - 1; n > 0; n--)
        {
            Matrix hiddenErrors = pass.HiddenErrors[n - 1];
            DenseBackward.Compute(errors, weights[n].Value, hiddenErrors, team);
            Activations.MultiplyByDerivative(activation, pass.Hidden[n - 1], hiddenErrors);
            errors = hiddenErrors;
        }

        if (GaussianWeights is not null) pass.FirstErrors = errors;
        DenseBackward.Compute(errors, weights[0].Value, parentErrors, team);
    }

    /// <inheritdoc/>
    public override void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, WorkerTeam team) =>
        BernoulliResidual.Compute(children, pass.Logits, residuals, team);

    /// <inheritdoc/>
    public override void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, Span<float> result, WorkerTeam team) =>
        BernoulliResidual.Compute(children, pass.Logits, residuals, result, team);
}
