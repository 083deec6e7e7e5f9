namespace DreamViz.Engine.Numerics;

/// <summary>A matrix and the name under which it is saved.</summary>
/// <param name="Name">Unique among the matrices of a run, such as "generative.0.weights".</param>
/// <param name="Matrix">The live matrix, not a copy: writing to it restores it.</param>
public readonly record struct NamedMatrix(string Name, Matrix Matrix);
