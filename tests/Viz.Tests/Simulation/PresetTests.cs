using System.Text;
using DreamViz.Engine;
using DreamViz.Engine.Data;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public class PresetTests
{
    private static readonly string Good = Encoding.UTF8.GetString(PresetReader.Write(PresetCatalog.Default));

    [Theory]
    [InlineData("dreaming-digits", "digits", "48-24-12", "reweighted-wake-sleep", 5, RecognitionLearning.Both, 20, 0.5, 5000)]
    [InlineData("classic-wake-sleep", "digits", "48-24-12", "wake-sleep", 1, RecognitionLearning.Sleep, 20, 0.3, 0)]
    [InlineData("darn-digits", "digits", "48", "reweighted-wake-sleep", 5, RecognitionLearning.Both, 20, 0.5, 5000)]
    [InlineData("wardrobe", null, "100-50-20", "reweighted-wake-sleep", 5, RecognitionLearning.Wake, 20, 0.15, 5000)]
    [InlineData("mnist", null, "100-50-20", "reweighted-wake-sleep", 5, RecognitionLearning.Wake, 20, 0.2, 5000)]
    [InlineData("where-wake-sleep-fails", "bars:8:0.125", "32", "wake-sleep", 1, RecognitionLearning.Sleep, 20, 0.3, 0)]
    [InlineData("tiny", "bars:4:0.2", "12-4", "reweighted-wake-sleep", 5, RecognitionLearning.Wake, 20, 0.3, 0)]
    public void Every_preset_has_the_settings_that_were_tried(
        string key, string? source, string layers, string estimator, int samples, RecognitionLearning learning, int batch,
        double rate, double decay)
    {
        Preset preset = PresetCatalog.Find(key);
        Assert.Equal(source, preset.Data.Source);
        Assert.Equal(layers, string.Join('-', preset.Model.LatentLayers));
        Assert.Empty(preset.Model.HiddenLayers);
        Assert.Equal(0.05, preset.Model.WeightDeviation);
        TrainingSettings training = new()
        {
            Estimator = estimator,
            Samples = samples,
            RecognitionLearning = learning,
            BatchSize = batch,
            GenerativeRate = rate,
            RecognitionRate = rate,
            RateDecaySteps = decay,
            Optimizer = OptimizerKind.Sgd,
        };
        Assert.Equal(training, preset.Training);
    }

    [Fact]
    public void Only_the_darn_is_autoregressive_and_that_in_prior_and_recognition()
    {
        foreach (Preset preset in PresetCatalog.All)
        {
            AutoregressiveParts expected = preset.Key == "darn-digits"
                ? AutoregressiveParts.Prior | AutoregressiveParts.Recognition
                : AutoregressiveParts.None;
            Assert.Equal(expected, preset.Model.Autoregressive);
        }
    }

    [Fact]
    public void Draw_a_seven_has_a_label_and_the_settings_that_were_tried()
    {
        Preset preset = PresetCatalog.Find("draw-a-seven");
        Assert.Equal(("digits", 10, 20, 64), (preset.Data.Source, preset.Model.Classes, preset.Model.LatentLayers.Single(), preset.Model.HiddenLayers.Single()));
        TrainingSettings training = new()
        {
            Estimator = "wake-sleep",
            LabeledExamples = 100,
            LabelWeight = 10,
            LabelInference = LabelInference.Exact,
            BatchSize = 50,
            GenerativeRate = 0.003,
            RecognitionRate = 0.003,
            Optimizer = OptimizerKind.Adam,
        };
        Assert.Equal(training, preset.Training);
    }

    [Fact]
    public void Style_dials_have_a_label_and_two_real_valued_units()
    {
        ModelSettings model = PresetCatalog.Find("style-dials").Model;
        Assert.Equal((10, 2, 6, 64), (model.Classes, model.GaussianLatents, model.LatentLayers.Single(), model.HiddenLayers.Single()));
        Assert.All(PresetCatalog.All.Where(preset => preset.Key != "style-dials"), preset => Assert.Equal(0, preset.Model.GaussianLatents));
    }

    [Fact]
    public void Topic_bars_have_the_settings_that_were_tried()
    {
        Preset preset = PresetCatalog.Find("topic-bars");
        Assert.Equal("topic-bars", preset.Data.Source);
        Assert.Equal([20], preset.Model.LatentLayers);
        Assert.Equal((-4.5, true), (preset.Model.LatentBias, preset.Model.NonNegativeVisibleWeights));
        Assert.Equal(("disarm", OptimizerKind.Adam), (preset.Training.Estimator, preset.Training.Optimizer));
        Assert.Equal(25, preset.Data.Open(preset.Key).Vocabulary!.Count);
    }

    [Fact]
    public void Bars_start_with_few_pixels_on_and_with_weights_that_only_add()
    {
        foreach (Preset preset in PresetCatalog.All.Where(preset => preset.Key != "topic-bars"))
        {
            bool bars = preset.Data.Source?.StartsWith("bars", StringComparison.Ordinal) ?? false;
            Assert.Equal(bars ? -4 : null, preset.Model.VisibleBias);
            Assert.Equal(bars ? -1 : 0, preset.Model.LatentBias);
            Assert.Equal(bars, preset.Model.NonNegativeVisibleWeights);
        }
    }

    [Fact]
    public void There_are_ten_with_the_dreaming_digits_first_and_each_says_what_to_watch_for()
    {
        Assert.Equal(10, PresetCatalog.All.Count);
        Assert.Equal("dreaming-digits", PresetCatalog.Default.Key);
        Assert.All(PresetCatalog.All, preset => Assert.StartsWith("Watch ", preset.Watch));
        Assert.Equal(10, PresetCatalog.All.Select(preset => preset.Name).Distinct().Count());
    }

    [Fact]
    public void Every_preset_opens_its_data_or_says_in_one_line_how_to_point_at_it()
    {
        foreach (Preset preset in PresetCatalog.All)
        {
            if (preset.Data.Source is not null)
            {
                Assert.True(preset.Data.Open(preset.Key).Training.Count > 0);
                continue;
            }

            InvalidInputException error = Assert.Throws<InvalidInputException>(() => preset.Data.Open(preset.Key));
            Assert.Contains($"--preset {preset.Key} --data FOLDER", error.Message);
            Assert.Equal(BinarizationKind.EveryEpoch, preset.Data.Options.Binarization);
            Assert.Equal(64, preset.Data.Open(preset.Key, "digits").Units);
        }
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        foreach (Preset preset in PresetCatalog.All)
        {
            byte[] written = PresetReader.Write(preset);
            Assert.Equal(written, PresetReader.Write(PresetReader.Parse(written, "file")));
        }
    }

    [Fact]
    public void A_file_of_the_users_works_like_a_key()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("dreamviz-test-").FullName, "mine.json");
        try
        {
            File.WriteAllText(path, Good.Replace("dreaming-digits", "mine"));
            Assert.Equal("mine", PresetCatalog.Find(path).Key);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("missing.json")]
    [InlineData("Dreaming-Digits")]
    public void Presets_that_do_not_exist_are_refused(string key) =>
        Assert.Throws<InvalidInputException>(() => PresetCatalog.Find(key));

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "version: expected 1, found 2")]
    [InlineData("\"version\": 1,", "", "missing 'version'")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "version: a value of another kind")]
    [InlineData("\"version\": 1", "\"version\": 1, \"version\": 1", "the same key twice")]
    [InlineData("\"version\": 1", "\"version\": 1, \"run\": \"rm\"", "unknown key 'run'")]
    [InlineData("\"samples\": 5", "\"samples\": 5, \"Samples\": 6", "unknown key 'Samples'")]
    [InlineData("\"samples\": 5", "\"samples\": 5.5", "training.samples")]
    [InlineData("\"samples\": 5", "\"samples\": null", "training.samples")]
    [InlineData("\"samples\": 5", "\"samples\": 99999999999", "training.samples")]
    [InlineData("\"samples\": 5", "\"samples\": 5,", "malformed JSON")]
    [InlineData("\"optimizer\": \"sgd\"", "\"optimizer\": 1", "training.optimizer")]
    [InlineData("\"optimizer\": \"sgd\"", "\"optimizer\": \"lbfgs\"", "training.optimizer")]
    [InlineData("\"model\": {", "\"model\": null, \"x\": {", "model")]
    [InlineData("dreaming-digits", "../../etc", "key: expected")]
    [InlineData("Dreaming digits", "", "name: expected")]
    [InlineData("Watch", "Watch\\n", "watch: expected")]
    public void Whatever_is_wrong_in_a_preset_is_named_in_one_line(string from, string to, string expected)
    {
        Assert.Contains(from, Good);
        byte[] bad = Encoding.UTF8.GetBytes(Good.Replace(from, to));
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => PresetReader.Parse(bad, "mine.json"));
        Assert.StartsWith("mine.json: ", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain("DreamViz", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory, InlineData(""), InlineData("null"), InlineData("[]"), InlineData("1"), InlineData("{}"), InlineData("\"x\"")]
    public void What_is_no_preset_at_all_is_refused(string json) =>
        Assert.Throws<InvalidInputException>(() => PresetReader.Parse(Encoding.UTF8.GetBytes(json), "file"));

    [Fact]
    public void Mutants_are_refused_in_one_way_only()
    {
        byte[] original = PresetReader.Write(PresetCatalog.Default);
        RandomStream random = new(new StreamKey(3, StreamPurpose.Data));
        float[] draws = new float[8];
        int refused = 0;
        for (int n = 0; n < 20_000; n++)
        {
            random.FillUniform(draws);
            List<byte> mutant = [.. original];
            for (int change = 0; change < 1 + n % 3; change++)
            {
                int at = (int)(draws[2 * change] * mutant.Count);
                if (n % 4 == 0) mutant.RemoveRange(at, Math.Min(n % 7, mutant.Count - at));
                else if (n % 4 == 1) mutant.Insert(at, (byte)(draws[2 * change + 1] * 256));
                else mutant[at] = (byte)(draws[2 * change + 1] * 256);
            }

            try
            {
                PresetReader.Parse([.. mutant], "file");
            }
            catch (InvalidInputException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 19_999);
    }
}
