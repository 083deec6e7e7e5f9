using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using DreamViz.Engine.Data;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

/// <summary>SHA-256 of every kernel's results and of whole runs of learning, printed by a process of its own.</summary>
internal static class Fingerprints
{
    private const int Steps = 2000, FewerSteps = 300;

    /// <summary>The child: prints the bits of the widest vector that the hardware does, then a name and a hash a line.</summary>
    public static int Print()
    {
        Console.Out.WriteLine(WidestVector);
        Console.Out.WriteLine($"kernels 100 200 90 {OfKernels(100, 200, 90)}");
        for (int n = 0; n < 130; n++) Console.Out.WriteLine($"kernels {n % 23} {n} {129 - n} {OfKernels(n % 23, n, 129 - n)}");
        Console.Out.WriteLine($"functions {OfFunctions()}");
        Console.Out.WriteLine($"linear Sgd {OfRun(OptimizerKind.Sgd, [], Activation.Tanh)}");
        Console.Out.WriteLine($"tanh Adam {OfRun(OptimizerKind.Adam, [7], Activation.Tanh)}");
        Console.Out.WriteLine($"linear Adam {OfRun(OptimizerKind.Adam, [], Activation.Tanh, steps: FewerSteps)}");
        Console.Out.WriteLine($"tanh Sgd {OfRun(OptimizerKind.Sgd, [7], Activation.Tanh, steps: FewerSteps)}");
        Console.Out.WriteLine($"leaky momentum {OfRun(OptimizerKind.Momentum, [7, 5], Activation.LeakyRelu, steps: FewerSteps)}");
        Console.Out.WriteLine($"siblings Adam {OfRun(OptimizerKind.Adam, [], Activation.Tanh, AutoregressiveParts.All, FewerSteps)}");
        Console.Out.WriteLine($"Gaussian Adam {OfRun(OptimizerKind.Adam, [7], Activation.Tanh, steps: FewerSteps, gaussianLatents: 3)}");
        return 0;
    }

    /// <summary>The parent: what the child prints with some of the hardware's instructions switched off.</summary>
    public static (int WidestVector, string Hashes) Read(params string[] switchedOff)
    {
        string[] lines = OwnProcess.Output(["fingerprints"], switchedOff).Split('\n', 2);
        return (int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), lines[1]);
    }

    private static int WidestVector =>
        Vector512.IsHardwareAccelerated ? 512 :
        Vector256.IsHardwareAccelerated ? 256 :
        Vector128.IsHardwareAccelerated ? 128 : 0;

    private static string OfKernels(int rows, int parents, int columns)
    {
        EveryKernel kernels = new(rows, parents, columns);
        kernels.Run(WorkerTeam.Single);
        return Hash(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(kernels.Results())));
    }

    private static string OfFunctions()
    {
        float[] x = [.. ExtremeLogits.All, .. Some.Floats(20_001, 1, 0.1f), .. Some.Floats(20_001, 2, 10), .. Some.Floats(999, 3, 100)];
        float[] y = new float[4 * x.Length];
        Sigmoid.Compute(x, y);
        Softplus.Compute(x, y.AsSpan(x.Length));
        HyperbolicTangent.Compute(x, y.AsSpan(2 * x.Length));
        LeakyRelu.Compute(x, y.AsSpan(3 * x.Length));
        return Hash(MemoryMarshal.AsBytes(y.AsSpan()));
    }

    private static string OfRun(OptimizerKind optimizer, int[] hiddenLayers, Activation activation,
        AutoregressiveParts autoregressive = AutoregressiveParts.None, int steps = Steps, int gaussianLatents = 0)
    {
        double rate = optimizer == OptimizerKind.Sgd ? 0.2 : 0.01;
        TrainingSettings settings = new()
        {
            Estimator = "reweighted-wake-sleep",
            Samples = 2,
            RecognitionLearning = RecognitionLearning.Both,
            BatchSize = 3,
            Optimizer = optimizer,
            GenerativeRate = rate,
            RecognitionRate = rate,
        };
        ModelSettings model = new()
        {
            LatentLayers = [9, 5],
            HiddenLayers = hiddenLayers,
            Activation = activation,
            Autoregressive = autoregressive,
            GaussianLatents = gaussianLatents,
        };
        Trainer trainer = new(DataCatalog.Open("bars:5"), model, settings, 1, WorkerTeam.Single);
        for (int i = 0; i < steps; i++) trainer.TakeStep(StepPhases.Both);
        Assert.Null(trainer.FindNonFinite());
        return SmallRuns.Hash(trainer);
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
