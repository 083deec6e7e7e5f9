using System.CommandLine;
using DreamViz.Benchmarks.Estimators;
using DreamViz.Benchmarks.Frames;
using DreamViz.Benchmarks.Kernels;
using DreamViz.Benchmarks.Labels;
using DreamViz.Benchmarks.PeerComparison;
using DreamViz.Benchmarks.Presets;
using DreamViz.Benchmarks.Profiling;
using DreamViz.Benchmarks.Roofline;
using DreamViz.Benchmarks.Topics;
using Commands = DreamViz.Viz.Commands.CommandLine;

RootCommand root = new("Measures DreamViz: every figure is a ratio or names its unit. Nothing here gates a test.")
{
    RooflineBenchmark.Create(),
    PeersBenchmark.Create(),
    ProfileBenchmark.Create(),
    FrameBenchmark.Create(),
    KernelBenchmark.Create(),
    EstimatorBenchmark.Create(),
    PresetBenchmark.Create(),
    TopicsBenchmark.Create(),
    LabelsBenchmark.Create(),
};
return Commands.Run("benchmarks", root, args, Console.Out, Console.Error, CancellationToken.None);
