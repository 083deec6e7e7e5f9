namespace DreamViz.Engine.Kernels;

/// <summary>What a kernel reads of its units: logits, or where all rows have the same logits, those of a prior, values of the function
/// that it needs of them, computed once, with the same bits.</summary>
internal interface IReading
{
    /// <summary>Whether values of the function are read.</summary>
    static abstract bool IsReady { get; }
}

/// <summary>Logits are read.</summary>
internal readonly struct OfLogits : IReading
{
    public static bool IsReady => false;
}

/// <summary>What is read are values of the function.</summary>
internal readonly struct Ready : IReading
{
    public static bool IsReady => true;
}
