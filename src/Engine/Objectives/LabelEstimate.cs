namespace DreamViz.Engine.Objectives;

/// <summary>How often recognition names a picture wrongly.</summary>
/// <param name="Error">The share of examples whose label is not the most probable one by recognition, 0 to 1.</param>
/// <param name="Examples">How many examples it covers.</param>
/// <param name="Samples">Draws of the layers below the label to an example; 1 where there are none to draw.</param>
public sealed record LabelEstimate(double Error, int Examples, int Samples)
{
    /// <summary>What was measured, such as "classification error of argmax q(y | x)".</summary>
    public string Name => Samples == 1
        ? "classification error of argmax q(y | x)"
        : $"classification error of argmax q(y | x), q over {Samples} draws of the layers below";
}
