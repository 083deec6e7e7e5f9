using DreamViz.Engine.Diagnostics.Laboratory;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Laboratory;

/// <summary>What the laboratory does before anything can be compared, and how far it is.</summary>
internal static class ReferenceProgress
{
    private static readonly Box Bar = new(72, 566, 420, 4);

    /// <summary>Draws it in the place of the curves; nothing once estimators are measured.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="result">Where the laboratory stands; null before it began.</param>
    public static void Draw(Canvas canvas, LaboratoryResult? result)
    {
        if (result is { Measures.Count: > 0 }) return;
        bool averages = result is { PlannedReferenceEstimates: > 0 } && result.ReferenceEstimates < result.PlannedReferenceEstimates;
        canvas.Text(averages ? "Too many states to sum: a long average comes first," : "Baselines learn first,", Bar.X, 530, TextStyles.Value);
        canvas.Text(averages ? "to stand for the exact gradient." : "then every estimator is asked.", Bar.X, 548, TextStyles.Label);
        if (!averages) return;
        canvas.Fill(Bar, 2, Palette.Rule);
        canvas.Fill(Bar with { Width = Bar.Width * result!.ReferenceEstimates / result.PlannedReferenceEstimates }, 2, Palette.TrackFill);
    }
}
