namespace DreamViz.Engine.Models;

/// <summary>A generative network θ and a recognition network λ over the same stochastic layers.</summary>
public sealed class HelmholtzMachine
{
    /// <summary>Units of every stochastic layer, the visible one first: [D, H₁, …, H_L].</summary>
    public IReadOnlyList<int> LayerSizes => throw new NotImplementedException();

    /// <summary>An independent copy of all parameters.</summary>
    public HelmholtzMachine Clone() => throw new NotImplementedException();

    /// <summary>Overwrites all parameters with those of a machine of the same shape.</summary>
    public void CopyFrom(HelmholtzMachine other) => throw new NotImplementedException();

    /// <summary>
    /// For display: the strength with which unit j of layer <paramref name="layer"/> + 1 pushes unit i of
    /// <paramref name="layer"/> in the generative network (a logit; with deterministic hidden layers in between, the change
    /// of unit i's logit when j alone turns on, the others at one half). [H_{layer+1}, H_layer], overwritten.
    /// </summary>
    public void GenerativePushes(int layer, Numerics.Matrix destination) => throw new NotImplementedException();

    /// <summary>
    /// For display: the strength with which unit j of <paramref name="layer"/> pushes unit i of layer + 1 in the recognition
    /// network. [H_layer, H_{layer+1}], overwritten.
    /// </summary>
    public void RecognitionPushes(int layer, Numerics.Matrix destination) => throw new NotImplementedException();
}
