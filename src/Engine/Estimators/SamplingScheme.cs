namespace DreamViz.Engine.Estimators;

/// <summary>Which explanations of an example an estimator weighs.</summary>
public enum SamplingScheme
{
    /// <summary>K independent draws from q(z | x).</summary>
    Independent,

    /// <summary>Every configuration of the latent units once, the lowest layer's units the lowest bits.</summary>
    Enumeration,

    /// <summary>
    /// K groups of 1 + L rows: a draw from q(z | x), and for every layer l a branch that shares the layers below l with it, is
    /// antithetic to it at l (z̃ = [1 − u &lt; σ(η)] where z = [u &lt; σ(η)]), and is drawn anew above l.
    /// </summary>
    AntitheticBranches,

    /// <summary>
    /// K independent draws from q(z | x), each followed by itself with the first latent unit flipped, with the second, and so
    /// on, the lowest layer's units first: groups of 1 + H rows. The weight of a row with a unit flipped is the update by the logit
    /// of the value that was drawn. Of a label, one row for every class, in place of the one that was drawn, and the weight is the update
    /// by the logit of that class.
    /// </summary>
    Flips,

    /// <summary>Draws that real-valued noise goes with: what may be drawn cannot be enumerated.</summary>
    Continuous,
}
