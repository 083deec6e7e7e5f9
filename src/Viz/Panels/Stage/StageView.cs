using System.Numerics;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>Through which camera the stage is seen: the stage's point p appears at At + p · Zoom, in design pixels.</summary>
/// <param name="At">Where the stage's origin appears.</param>
/// <param name="Zoom">How large.</param>
/// <param name="Band">The part of the stage that is covered by ground.</param>
internal readonly record struct StageView(Vector2 At, float Zoom, Box Band)
{
    /// <summary>The stage between bar and shelf.</summary>
    public static readonly StageView Whole = new(Vector2.Zero, 1, StageMetrics.Band);

    /// <summary>A view that covers the whole picture.</summary>
    public static StageView Covering(Vector2 at, float zoom)
    {
        Vector2 corner = -at / zoom;
        return new(at, zoom, new(corner.X, corner.Y, Canvas.DesignWidth / zoom, Canvas.DesignHeight / zoom));
    }

    /// <summary>From the picture to the stage.</summary>
    public Vector2 ToStage(Vector2 point) => (point - At) / Zoom;

    /// <summary>From the stage to the picture.</summary>
    public Box ToScreen(Box box) => new(At.X + box.X * Zoom, At.Y + box.Y * Zoom, box.Width * Zoom, box.Height * Zoom);
}
