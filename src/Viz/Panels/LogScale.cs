namespace DreamViz.Viz.Panels;

/// <summary>Values along a line by their logarithm: From + (To − From) · log(v / First) / log(Last / First). What lies beyond an end
/// stands at it.</summary>
/// <param name="From">Where <paramref name="First"/> stands, in design pixels.</param>
/// <param name="To">Where <paramref name="Last"/> stands.</param>
/// <param name="First">Above 0.</param>
/// <param name="Last">Above <paramref name="First"/>.</param>
internal readonly record struct LogScale(float From, float To, double First, double Last)
{
    /// <summary>Where a value stands.</summary>
    public float Place(double value) =>
        From + (To - From) * (float)(Math.Log(Math.Clamp(value, First, Last) / First) / Math.Log(Last / First));
}
