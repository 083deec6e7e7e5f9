namespace DreamViz.Engine.Models;

/// <summary>The conditionals of a machine whose units depend on the siblings before them.</summary>
[Flags]
public enum AutoregressiveParts
{
    /// <summary>Units are independent given their parents.</summary>
    None = 0,

    /// <summary>The prior p(z_L).</summary>
    Prior = 1,

    /// <summary>p(z_l | z_{l+1}) of every latent layer below the top.</summary>
    Hidden = 2,

    /// <summary>p(x | z₁).</summary>
    Visible = 4,

    /// <summary>q(z_{l+1} | z_l) of every latent layer.</summary>
    Recognition = 8,

    /// <summary>Every generative conditional below the prior.</summary>
    Likelihood = Hidden | Visible,

    /// <summary>Every conditional.</summary>
    All = Prior | Likelihood | Recognition,
}
