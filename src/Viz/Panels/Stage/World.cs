namespace DreamViz.Viz.Panels.Stage;

/// <summary>The two halves of the mirror.</summary>
public enum World
{
    /// <summary>Left: data, recognition, square cells; samples flow inwards.</summary>
    Wake,

    /// <summary>Right: dreams, generation, round cells; samples flow outwards.</summary>
    Dream,
}
