namespace DreamViz.Viz.Panels;

/// <summary>Labels beside the ends of curves: each as near to its curve as the others allow, in the order of the curves.
/// </summary>
internal static class LabelStack
{
    /// <summary>Moves heights apart, keeping their order: neighbors at least the distance apart, all between top and bottom, where
    /// there is room for all.</summary>
    /// <param name="heights">y of every label, changed in place; in any order.</param>
    /// <param name="distance">From one label to the next.</param>
    /// <param name="top">The least y.</param>
    /// <param name="bottom">The greatest y.</param>
    public static void Spread(Span<float> heights, float distance, float top, float bottom)
    {
        Span<int> order = stackalloc int[heights.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int i = 1; i < order.Length; i++)
        {
            for (int j = i; j > 0 && heights[order[j]] < heights[order[j - 1]]; j--)
                (order[j], order[j - 1]) = (order[j - 1], order[j]);
        }

        float least = top;
        foreach (int i in order) least = (heights[i] = MathF.Max(heights[i], least)) + distance;
        float greatest = bottom;
        for (int n = order.Length - 1; n >= 0; n--)
            greatest = (heights[order[n]] = MathF.Min(heights[order[n]], greatest)) - distance;
    }
}
