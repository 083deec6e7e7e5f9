using System.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The camera of films and presentations. In slow motion it stands close and pans to the world in which something
/// happens; otherwise it sees both worlds.</summary>
internal sealed class FilmCamera
{
    private const float PanSeconds = 0.6f;
    private const float CloseZoom = 1.5f;
    private const float CloseTop = 8;
    private const float WideTop = 96;

    private float position = 1;
    private bool close;

    /// <summary>What the camera sees now.</summary>
    public StageView View
    {
        get
        {
            if (!close) return StageView.Covering(new(0, WideTop - StageMetrics.Band.Y), 1);
            float eased = position * position * (3 - 2 * position);
            float left = eased * (Canvas.DesignWidth - Canvas.DesignWidth / CloseZoom);
            return StageView.Covering(new Vector2(-left * CloseZoom, CloseTop - StageMetrics.Band.Y * CloseZoom), CloseZoom);
        }
    }

    /// <summary>Moves by this many seconds towards the lit world.</summary>
    public void Update(float seconds, StepPhases lit)
    {
        bool wasClose = close;
        close = lit != StepPhases.Both;
        float target = lit == StepPhases.Wake ? 0 : 1, step = seconds / PanSeconds;
        if (!wasClose) position = target;
        else position += Math.Clamp(target - position, -step, step);
    }
}
