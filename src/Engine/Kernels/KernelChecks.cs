namespace DreamViz.Engine.Kernels;

/// <summary>Checks of shapes at a kernel's entry, before it goes to bare memory.</summary>
internal static class KernelChecks
{
    /// <summary>Throws where a size is not the expected one.</summary>
    public static void Same(int actual, int expected, string name)
    {
        if (actual != expected) throw new ArgumentException($"expected size {expected}, found {actual}", name);
    }

    /// <summary>Throws where a size is below the needed one.</summary>
    public static void AtLeast(int actual, int needed, string name)
    {
        if (actual < needed) throw new ArgumentException($"expected size {needed} or more, found {actual}", name);
    }
}
