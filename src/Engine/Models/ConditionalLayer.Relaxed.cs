using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <content>Parents that are real numbers in [0, 1] instead of bits, and the gradient by them.</content>
public abstract partial class ConditionalLayer
{
    /// <summary>The logits of the children given relaxed parents, kept in the pass for the calls below.</summary>
    /// <param name="parents">[B, parent units], each in [0, 1]; read again by <see cref="AccumulateErrors"/>.</param>
    /// <param name="pass">Its logits [B, units] are overwritten.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="NotSupportedException">The layer is not relaxable.</exception>
    public virtual void ComputeRelaxedLogits(Matrix parents, LayerPass pass, WorkerTeam team) => throw NotRelaxable();

    /// <summary>Adds to the logits what relaxed children contribute to each other's; nothing where they are independent given their
    /// parents.</summary>
    /// <param name="children">[B, units], each in [0, 1].</param>
    /// <param name="pass">Holds the logits [B, units] given the parents; accumulated.</param>
    /// <param name="team">Who computes.</param>
    public virtual void CompleteRelaxed(Matrix children, LayerPass pass, WorkerTeam team)
    {
    }

    /// <summary>parentErrors_r = Σᵢ e_ri ∂a_ri/∂parents_r, a the children's logits: with e = ∂ log p(child | parents)/∂a it is
    /// ∂ log p(child | parents)/∂ parents.</summary>
    /// <param name="pass">Holds parents, bits or relaxed, and logits of the same batch, with one child to a parent row.</param>
    /// <param name="errors">[B, units] e.</param>
    /// <param name="parentErrors">[B, parent units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="NotSupportedException">The layer is not relaxable.</exception>
    public virtual void ComputeParentErrors(LayerPass pass, Matrix errors, Matrix parentErrors, WorkerTeam team) =>
        throw NotRelaxable();

    /// <summary>residuals_r = ∂ log p(child_r | parents_r)/∂a_r, a the children's logits; each row by itself alone.</summary>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Holds the logits [B, units].</param>
    /// <param name="residuals">[B, units], reshaped and overwritten.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="NotSupportedException">The layer is not relaxable.</exception>
    public virtual void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, WorkerTeam team) =>
        throw NotRelaxable();

    /// <summary>The same, and result_r += log p(child_r | parents_r), in nats.</summary>
    /// <param name="children">[B, units].</param>
    /// <param name="pass">Holds the logits [B, units].</param>
    /// <param name="residuals">[B, units], reshaped and overwritten.</param>
    /// <param name="result">[B], accumulated.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="NotSupportedException">The layer is not relaxable.</exception>
    public virtual void ComputeResiduals(BitMatrix children, LayerPass pass, Matrix residuals, Span<float> result, WorkerTeam team)
    {
        ComputeResiduals(children, pass, residuals, team);
        AccumulateLogProbability(children, pass, result, team);
    }

    private NotSupportedException NotRelaxable() => new($"{GetType().Name} has no gradient by its parents.");
}
