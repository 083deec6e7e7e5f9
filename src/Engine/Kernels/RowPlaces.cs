namespace DreamViz.Engine.Kernels;

/// <summary>Where the sums of a product's rows start from and where they go: row r at r · stride.</summary>
internal unsafe struct RowPlaces
{
    /// <summary>Where row 0 starts from.</summary>
    public float* From;

    /// <summary>Floats from one row's start to the next; 0 where all start from the same.</summary>
    public nint FromStride;

    /// <summary>Where row 0 goes.</summary>
    public float* To;

    /// <summary>Floats from one row's end to the next.</summary>
    public nint ToStride;
}
