using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <content>It has no parents, so any are as good as bits.</content>
public sealed partial class Prior
{
    /// <inheritdoc/>
    public override void ComputeRelaxedLogits(Matrix parents, LayerPass pass, WorkerTeam team)
    {
        (pass.RelaxedParents, pass.Repeats) = (parents, 1);
        pass.ShareLogits(biases.Value, parents.Rows);
    }

    /// <inheritdoc/>
    public override void ComputeParentErrors(LayerPass pass, Matrix errors, Matrix parentErrors, WorkerTeam team) =>
        parentErrors.Reshape(errors.Rows, 0);

    /// <inheritdoc/>
    public override void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, WorkerTeam team) =>
        BernoulliResidual.Compute(children, pass.Logits, residuals, team);
}
