using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Training;
using DreamViz.Viz.Simulation;

namespace DreamViz.Benchmarks.Presets;

/// <summary>A row of the table.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Source">The data.</param>
/// <param name="Options">How the data becomes bits.</param>
/// <param name="Model">The network.</param>
/// <param name="Training">How it learns.</param>
/// <param name="Target">ELBO / IW-100 expected at 20,000 steps, or nothing.</param>
/// <param name="HeldOutFile">A file of pictures whose first ones are measured, in the file's order; null for a fair sample of
/// the data's test examples.</param>
internal sealed record BenchmarkedSetting(
    string Name, string Source, DataOptions Options, ModelSettings Model, TrainingSettings Training, string Target,
    string? HeldOutFile = null)
{
    /// <summary>The rows whose data there is.</summary>
    public static IReadOnlyList<BenchmarkedSetting> All(string? mnist, string? fashion)
    {
        List<BenchmarkedSetting> rows =
        [
            Of("classic-wake-sleep", "digits 64-48-24-12, wake-sleep, batch 20, rate .3", null, "-19.2 ± 0.4 / -18.0 ± 0.4"),
            Of("dreaming-digits", "digits 64-48-24-12, reweighted K=5, wake λ, batch 20, rate .5/(1+t/5000)", null,
                "-19.1 ± 0.4 / -17.7 ± 0.4", training => training with { RecognitionLearning = RecognitionLearning.Wake }),
            Of("dreaming-digits", "digits 64-48-24-12, reweighted K=5, both λ (preset 1)", null, ""),
        ];
        if (mnist is not null)
        {
            BenchmarkedSetting wide = Wide(mnist);
            rows.Add(wide);
            if (TestFile(mnist) is { } file)
            {
                rows.Add(wide with
                {
                    Name = wide.Name + "; on the head of the test file, which is sorted by class",
                    HeldOutFile = file,
                    Target = "-133 ± 3 / -122 ± 3",
                });
            }

            rows.Add(Of("mnist", "MNIST 784-100-50-20, reweighted K=5, batch 20, rate .2/(1+t/5000)", mnist, ""));
        }

        if (fashion is not null)
            rows.Add(Of("wardrobe", "Fashion-MNIST 784-100-50-20, reweighted K=5, batch 20, rate .15/(1+t/5000)", fashion, ""));
        return rows;
    }

    private static BenchmarkedSetting Wide(string mnist)
    {
        TrainingSettings training = new()
        {
            Estimator = "wake-sleep",
            BatchSize = 50,
            GenerativeRate = 0.15,
            RecognitionRate = 0.15,
        };
        return new BenchmarkedSetting(
            "MNIST 784-200-200, wake-sleep, batch 50, rate .15", mnist, new DataOptions(),
            new ModelSettings { LatentLayers = [200, 200] }, training, "");
    }

    private static string? TestFile(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "t*images*").FirstOrDefault(file => Path.GetFileName(file)[1] is 'e' or '1')
        : null;

    private static BenchmarkedSetting Of(
        string key, string name, string? source, string target, Func<TrainingSettings, TrainingSettings>? change = null)
    {
        Preset preset = PresetCatalog.Find(key);
        return new BenchmarkedSetting(
            name, source ?? preset.Data.Source!, preset.Data.Options, preset.Model,
            change is null ? preset.Training : change(preset.Training), target);
    }
}
