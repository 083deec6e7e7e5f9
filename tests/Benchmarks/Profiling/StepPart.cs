using DreamViz.Engine.Numerics;

namespace DreamViz.Benchmarks.Profiling;

/// <summary>One kind of work of a wake-sleep step.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Calls">Kernel calls a step.</param>
/// <param name="HasAim">Whether the roofline states an aim for it.</param>
/// <param name="Run">All of them, on the team given.</param>
internal sealed record StepPart(string Name, int Calls, bool HasAim, Action<WorkerTeam> Run);
