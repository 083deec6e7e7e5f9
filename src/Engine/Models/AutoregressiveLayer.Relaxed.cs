using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <content>Relaxed parents and siblings, and the gradient by parents.</content>
public sealed partial class AutoregressiveLayer
{
    private readonly float[] noBiases;

    /// <inheritdoc/>
    public override void ComputeRelaxedLogits(Matrix parents, LayerPass pass, WorkerTeam team) =>
        independent.ComputeRelaxedLogits(parents, pass, team);

    /// <inheritdoc/>
    public override void CompleteRelaxed(Matrix children, LayerPass pass, WorkerTeam team)
    {
        DenseAffine.Compute(children, siblings.Value, noBiases, pass.Errors, team);
        TensorPrimitives.Add(pass.Logits.Flat, pass.Errors.Flat, pass.Logits.Flat);
    }

    /// <inheritdoc/>
    /// <remarks>Siblings are held.</remarks>
    public override void ComputeParentErrors(LayerPass pass, Matrix errors, Matrix parentErrors, WorkerTeam team) =>
        independent.ComputeParentErrors(pass, errors, parentErrors, team);

    /// <inheritdoc/>
    public override void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, WorkerTeam team) =>
        independent.ComputeResiduals(children, pass, residuals, team);
}
