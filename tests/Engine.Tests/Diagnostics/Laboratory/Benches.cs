using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Diagnostics.Laboratory;

/// <summary>Laboratories on machines small enough to enumerate.</summary>
internal static class Benches
{
    /// <summary>The visible configuration whose gradient is estimated.</summary>
    public const int Example = 3;

    public static FrozenRun Frozen(string machine, ulong seed = 1) => Frozen(TinyMachines.Create(machine), seed);

    public static FrozenRun Frozen(HelmholtzMachine machine, ulong seed = 1, int label = -1, LabelInference inference = LabelInference.Sampled)
    {
        BitMatrix batch = new(1, machine.LayerSizes[0]), training = new(4, machine.LayerSizes[0]);
        batch.Row(0)[0] = Example;
        for (int r = 0; r < training.Rows; r++) training.Row(r)[0] = (ulong)r;
        TrainingSettings settings = new()
        {
            BatchSize = 4,
            BaselineWidth = 5,
            RecognitionLearning = RecognitionLearning.Wake,
            LabelInference = inference,
            LabeledExamples = 2,
        };
        BitExamples examples = new(training, machine.Shape.Classes == 0 ? null : [0, 1, 0, 1]);
        return new FrozenRun(machine, batch, examples, settings, seed, machine.Shape.Classes == 0 ? null : [label]);
    }

    public static EstimatorLaboratory Of(FrozenRun run, int estimates, params string[] keys) =>
        Of(run, new LaboratorySettings { Estimates = estimates, WarmUpSteps = 50 }, keys);

    public static EstimatorLaboratory Of(FrozenRun run, LaboratorySettings settings, params string[] keys) => new(
        run, settings, [.. keys.Select(key => (key, EstimatorLaboratory.SamplesFor(key, 4)))], WorkerTeam.Single, TimeProvider.System);

    public static LaboratoryResult Finished(EstimatorLaboratory laboratory, int slice = 100)
    {
        while (!laboratory.IsDone) laboratory.Advance(slice);
        return laboratory.Read();
    }
}
