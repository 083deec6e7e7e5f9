namespace DreamViz.Engine.Estimators;

/// <summary>λ's gradient is Wake · (wake-phase gradient) + Sleep · (sleep-phase gradient).</summary>
/// <param name="Wake">The wake phase's share, 0 to 1.</param>
/// <param name="Sleep">The dreams' share, 0 to 1.</param>
public readonly record struct RecognitionShares(double Wake, double Sleep);
