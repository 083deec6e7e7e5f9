using DreamViz.Engine.Data;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The words of the two worlds while a network learns.</summary>
public sealed class WorldCaptions
{
    private TrainingSettings? known;
    private RecognitionShares shares;

    /// <summary>Draws names, captions of the pictures, and who samples and learns.</summary>
    public void Draw(Canvas canvas, Scene scene, StageLayout layout, HalfView wake, HalfView dream)
    {
        DrawNames(canvas, scene, layout, wake, dream);
        RecognitionShares learning = Learning(scene.Settings);
        string learns = learning.Wake > 0 ? "both networks learn" : "generative network learns";
        LabelDrawing.DrawArrows(canvas, wake, layout, "recognition samples", learns);
        LabelDrawing.DrawArrows(canvas, dream, layout, "generative network dreams", learning.Sleep > 0 ? "recognition learns" : null);
    }

    /// <summary>How much recognition learns in each phase under these settings.</summary>
    public RecognitionShares Learning(TrainingSettings settings)
    {
        if (settings != known) shares = EstimatorCatalog.Create((known = settings).Estimator).Shares(known.RecognitionLearning);
        return shares;
    }

    /// <summary>Draws names and captions of the pictures only.</summary>
    public static void DrawNames(Canvas canvas, Scene scene, StageLayout layout, HalfView wake, HalfView dream)
    {
        bool wakeLit = scene.IsLit(StepPhases.Wake), dreamLit = scene.IsLit(StepPhases.Sleep);
        LabelDrawing.DrawHeader(canvas, wake, "Wake", wakeLit ? "the data world" : scene.Dataset?.Vocabulary is null ? "resting, last image" : "resting, last document");
        LabelDrawing.DrawHeader(canvas, dream, "Sleep", dreamLit ? "the dream world" : "resting, last dream");
        DrawData(canvas, scene, layout, wake, wakeLit);
        DrawDream(canvas, scene, layout, dream, dreamLit);
    }

    private static void DrawData(Canvas canvas, Scene scene, StageLayout layout, HalfView wake, bool lit)
    {
        Span<char> text = stackalloc char[80];
        PicturePlace place = layout.WakePicture;
        WorldDisplay world = wake.World!;
        int length;
        if (scene.Dataset!.Vocabulary is { } vocabulary) length = DescribeDocument(scene.Dataset, world, vocabulary.Count, lit, text);
        else if (world.Example < 0) text.TryWrite($"{place.Width}×{place.Height} bits", out length);
        else if (!lit) text.TryWrite($"last image seen", out length);
        else
            text.TryWrite(
                $"{place.Width}×{place.Height} bits, image {world.Example + 1:N0} of {scene.Dataset!.Training.Count:N0}", out length);
        LabelDrawing.DrawCaption(canvas, wake, place, "data x", text[..length]);
    }

    private static int DescribeDocument(Dataset data, WorldDisplay world, int words, bool lit, Span<char> text)
    {
        int length;
        if (world.Example < 0) text.TryWrite($"vocabulary of {words:N0} words", out length);
        else if (!lit) text.TryWrite($"last document seen", out length);
        else text.TryWrite($"{data.Training.Lengths![world.Example]:N0} words, document {world.Example + 1:N0} of {data.Training.Count:N0}", out length);
        return length;
    }

    private static void DrawDream(Canvas canvas, Scene scene, StageLayout layout, HalfView dream, bool lit)
    {
        FlowClock flow = dream.World!.Flow;
        bool reached = flow.Stage >= dream.World.StageOfLayer(0), dots = flow is { Arrives: true, Melt: 0 };
        string text = !lit || flow.Arrives && !reached ? "last dream"
            : layout.DreamPicture.Words is not null ? "most probable words given h₁"
            : scene.Dataset?.Vocabulary is not null ? scene.PictureGiven
            : dots ? "dot size = p(pixel on)"
            : scene.PixelsInOrder ? "p(pixel | h₁, those before)"
            : scene.ImageStyle == ImageStyle.Smooth && !PictureDrawing.IsTiny(layout.DreamPicture) ? scene.SmoothedPictureGiven : scene.PictureGiven;
        LabelDrawing.DrawCaption(canvas, dream, layout.DreamPicture, "dream", text);
    }
}
