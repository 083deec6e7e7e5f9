namespace DreamViz.Engine.Numerics;

/// <summary>Work over items 0 … n − 1 that may be cut into ranges, each done by any thread, in any order.</summary>
public interface IRangeWork
{
    /// <summary>Does the items start … end − 1.</summary>
    void Run(int start, int end);
}
