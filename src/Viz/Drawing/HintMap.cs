namespace DreamViz.Viz.Drawing;

/// <summary>A rising, piecewise linear map from font units to pixels through a few fixed pairs; beyond them it goes on at
/// the plain scale.</summary>
internal sealed class HintMap(float scale)
{
    private readonly List<(float From, float To)> pairs = [];

    /// <summary>How many pairs are fixed.</summary>
    public int Count => pairs.Count;

    /// <summary>The lowest pair.</summary>
    public (float From, float To) First => pairs[0];

    /// <summary>The highest pair.</summary>
    public (float From, float To) Last => pairs[^1];

    /// <summary>Fixes a pair, unless another lies within <paramref name="nearest"/> pixels or the map would fold.</summary>
    public void TryFix(float from, float to, float nearest)
    {
        foreach ((float otherFrom, float otherTo) in pairs)
        {
            bool tooNear = MathF.Abs(otherFrom - from) * scale < nearest;
            bool folds = otherTo == to || otherTo < to != otherFrom < from;
            if (tooNear || folds) return;
        }

        pairs.Insert(pairs.FindLastIndex(pair => pair.From < from) + 1, (from, to));
    }

    /// <summary>The pixel position of a font position.</summary>
    public float Map(float value)
    {
        if (pairs.Count == 0) return value * scale;
        if (value <= First.From) return First.To + (value - First.From) * scale;
        for (int i = 1; i < pairs.Count; i++)
        {
            (float from0, float to0) = pairs[i - 1];
            (float from1, float to1) = pairs[i];
            if (value <= from1) return to0 + (value - from0) / (from1 - from0) * (to1 - to0);
        }

        return Last.To + (value - Last.From) * scale;
    }
}
