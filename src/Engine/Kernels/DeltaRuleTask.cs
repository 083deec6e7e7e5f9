using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Kernels;

/// <summary>One layer that learns by the <see cref="DeltaRule"/>.</summary>
public readonly ref struct DeltaRuleTask
{
    /// <summary>[B, K] x.</summary>
    public required BitMatrix Parents { get; init; }

    /// <summary>[B, D] y.</summary>
    public required BitMatrix Children { get; init; }

    /// <summary>[K, D] W; null where there are no parents.</summary>
    public required Matrix? Weights { get; init; }

    /// <summary>[D] b.</summary>
    public required ReadOnlySpan<float> Bias { get; init; }

    /// <summary>[B, D] receives a; null where there are no parents and all rows of a are b.</summary>
    public required Matrix? Logits { get; init; }

    /// <summary>[1, D] b̄, accumulated.</summary>
    public required Matrix BiasGradient { get; init; }

    /// <summary>[K, D] W̄; may be W itself; null where there are no parents.</summary>
    public required Matrix? Target { get; init; }

    /// <summary>By which xᵀ·e is multiplied before it is added to the target; null where it replaces what is there.</summary>
    public required float? Scale { get; init; }

    /// <summary>Where W lies in place of its matrix, and W̄ where that is W; null where it lies in its matrix.</summary>
    internal ColumnPanels? Panels { get; init; }

    /// <summary>Where a goes in place of its matrix, which only tells its shape then, divided as W is; null where it goes there.</summary>
    internal ColumnPanels? LogitPanels { get; init; }
}
