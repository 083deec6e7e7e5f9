using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Viz.Panels;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;
using DreamViz.Viz.Tests.Commands;
using DreamViz.Viz.Tests.Simulation;

namespace DreamViz.Viz.Tests.Panels;

/// <summary>Documents that are no pictures are shown as words.</summary>
public sealed class WordsTests : IDisposable
{
    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, 90).Select(i => $"word{(char)('a' + i / 26)}{(char)('a' + i % 26)}")];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_largest_come_first_and_of_equal_ones_the_first()
    {
        WordRanking ranking = new();
        Assert.Equal([3, 1, 4], ranking.Choose([0.1f, 0.5f, 0, 0.9f, 0.5f, 0.2f], 3).ToArray());
        Assert.Equal([2, 0], ranking.Choose([-1, 2, -3, 0], 5, sign: -1).ToArray());
        Assert.Empty(ranking.Choose([0, float.NaN], 2).ToArray());
    }

    [Fact]
    public void Stage_and_shelf_show_words_and_the_perplexity()
    {
        using ExplorerDriver driver = Open();
        driver.Frames(20);
        Assert.Contains(driver.Texts, text => text.StartsWith("word", StringComparison.Ordinal));
        Assert.Contains(driver.Texts, text => text.StartsWith("perplexity ", StringComparison.Ordinal) && text.EndsWith(" by document", StringComparison.Ordinal));
        Assert.Contains(driver.Texts, text => text.Contains("words, document", StringComparison.Ordinal));
    }

    [Fact]
    public void Pointing_at_a_unit_shows_the_words_that_it_makes_more_and_less_likely()
    {
        using ExplorerDriver driver = Open();
        driver.Frames(20);
        driver.Scene.Selection.Hovered = null;
        for (float y = 130; y < 380 && driver.Scene.Selection.Hovered is null; y += 3)
        {
            for (float x = 650; x < 760 && driver.Scene.Selection.Hovered is null; x += 3)
            {
                driver.Send(InputKind.PointerMove, x, y);
                driver.Frames(1);
            }
        }

        driver.Frames(2);
        Assert.NotNull(driver.Scene.Selection.Hovered);
        Assert.Contains("makes more likely, less likely", driver.Texts);
    }

    [Fact]
    public void Holding_a_unit_changes_the_words_of_the_dream()
    {
        using ExplorerDriver driver = Open();
        driver.Frames(60);
        driver.Scene.Selection[new UnitId(1, 0)] = Clamp.On;
        driver.Frames(10);
        float[] on = driver.Scene.Experiment!.HeldMean.ToArray();
        driver.Scene.Selection[new UnitId(1, 0)] = Clamp.Off;
        driver.Frames(10);
        Assert.NotEqual(on, driver.Scene.Experiment.HeldMean.ToArray());
        Assert.Contains("Clamped", driver.Texts);
        Assert.Contains("minus free", driver.Texts);
    }

    [Fact]
    public void Evaluation_prints_both_perplexities_beside_those_of_the_unigram_model()
    {
        Write();
        Captured.Run("train", "--data", folder["."], "--layers", "4", "--steps", "3", "--out", folder["run"]).Succeeded();
        string output = Captured.Run("evaluate", folder["run"], "--bound", "iw:20").Succeeded().Output;
        Assert.Matches(@"perplexity by IW-20: \d+\.\d document-averaged, \d+\.\d token-averaged", output);
        Assert.Matches(@"unigram perplexity: \d+\.\d document-averaged, \d+\.\d token-averaged", output);
    }

    private ExplorerDriver Open()
    {
        Write();
        Preset preset = PresetCatalog.Find("topic-bars");
        return new ExplorerDriver(new ExplorerOptions
        {
            Preset = preset with { Model = new ModelSettings { LatentLayers = [6], WeightDeviation = 1 } },
            Data = DataCatalog.Open(folder["."]),
            StartPlaying = true,
        });
    }

    /// <summary>Documents of five neighboring words.</summary>
    private void Write()
    {
        File.WriteAllLines(folder["vocab.txt"], Vocabulary);
        File.WriteAllLines(folder["tr.ldac"], Enumerable.Range(0, 80)
            .Select(n => $"5 {string.Join(' ', Enumerable.Range(n, 5).Select(word => $"{word}:{1 + word % 3}"))}"));
    }
}
