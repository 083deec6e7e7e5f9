using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The fixed lines of the mirror, in design pixels.</summary>
public static class StageMetrics
{
    /// <summary>The axis of symmetry.</summary>
    public const float Axis = Canvas.DesignWidth / 2;

    /// <summary>From the screen's edge to a picture.</summary>
    public const float Margin = 24;

    /// <summary>The side of a picture; layers are exactly as high.</summary>
    public const float Picture = 264;

    /// <summary>The upper edge of pictures and layers.</summary>
    public const float Top = 122;

    /// <summary>The lower edge of pictures and layers.</summary>
    public const float Bottom = Top + Picture;

    /// <summary>From the axis to the deepest layer; the seam's bars stand here.</summary>
    public const float HalfSeam = 36;

    /// <summary>Room between picture and seam on one side, for layers and the gaps before each of them.</summary>
    public const float LayerRoom = Axis - Margin - Picture - HalfSeam;

    /// <summary>The least gap before a layer.</summary>
    public const float LeastGap = 24;

    /// <summary>The band of the stage.</summary>
    public static readonly Box Band = new(0, 52, Canvas.DesignWidth, 400);

    /// <summary>One half of the band.</summary>
    public static Box Half(World world) => Band with { X = world == World.Wake ? 0 : Axis, Width = Axis };

    /// <summary>The same box in the other world.</summary>
    public static Box Mirror(Box box) => box with { X = Canvas.DesignWidth - box.Right };
}
