using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

/// <summary>Runs small enough to take hundreds of steps in a test.</summary>
internal static class SmallRuns
{
    public static Dataset Bars { get; } = DataCatalog.Open("bars:4");

    public static TrainingSettings Settings { get; } =
        new() { Estimator = "reweighted-wake-sleep", Samples = 3, RecognitionLearning = RecognitionLearning.Both, Optimizer = OptimizerKind.Adam, GenerativeRate = 0.01, RecognitionRate = 0.01 };

    public static ModelSettings Model { get; } = new() { LatentLayers = [12, 4] };

    /// <summary>No evaluations, so that tests that count steps or bytes see steps alone.</summary>
    public static TrainingLoopOptions Unjudged { get; } = new() { EvaluationExamples = 0 };

    /// <summary>Few examples, so that evaluations take no time.</summary>
    public static TrainingLoopOptions Judged { get; } = new() { EvaluationExamples = 10, EvaluationSamples = 5 };

    public static Trainer Trainer(ulong seed = 1, TrainingSettings? settings = null, WorkerTeam? team = null, ModelSettings? model = null) =>
        new(Bars, model ?? Model, settings ?? Settings, seed, team ?? WorkerTeam.Single);

    /// <summary>SHA-256 of all parameters and of the optimizers' state, and where the run stands.</summary>
    public static string Hash(Trainer trainer)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NamedMatrix state in trainer.State)
            for (int r = 0; r < state.Matrix.Rows; r++)
                hash.AppendData(MemoryMarshal.AsBytes(state.Matrix.Row(r)));
        return $"{trainer.Cursor} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
