namespace DreamViz.Viz.Panels;

/// <summary>The words of largest value, the largest first. Allocates nothing in steady use.</summary>
internal sealed class WordRanking
{
    private int[] ranked = [];

    /// <summary>Chooses among all words; of equal ones, the first of the vocabulary.</summary>
    /// <param name="values">[V] one a word.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="sign">1 for the largest, −1 for the smallest.</param>
    /// <returns>Words whose value times the sign is above zero. Valid until the next call.</returns>
    public ReadOnlySpan<int> Choose(ReadOnlySpan<float> values, int most, float sign = 1)
    {
        if (ranked.Length < most) ranked = new int[most];
        int count = 0;
        for (int word = 0; word < values.Length; word++)
        {
            float value = sign * values[word];
            if (!(value > 0) || count == most && !(value > sign * values[ranked[most - 1]])) continue;
            int place = count < most ? count++ : most - 1;
            for (; place > 0 && value > sign * values[ranked[place - 1]]; place--) ranked[place] = ranked[place - 1];
            ranked[place] = word;
        }

        return ranked.AsSpan(0, count);
    }
}
