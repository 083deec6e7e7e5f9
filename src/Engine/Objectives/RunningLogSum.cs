namespace DreamViz.Engine.Objectives;

/// <summary>log Σ exp(lᵢ) of numbers that arrive one by one, in double; never overflows.</summary>
internal struct RunningLogSum()
{
    private double largest = double.NegativeInfinity;
    private double sum;

    /// <summary>The logarithm of the sum so far; −∞ of nothing.</summary>
    public readonly double Value => sum == 0 ? double.NegativeInfinity : largest + Math.Log(sum);

    /// <summary>Takes one more l. NaN makes the value NaN.</summary>
    public void Add(double l)
    {
        if (double.IsNegativeInfinity(l)) return;
        if (l <= largest) sum += Math.Exp(l - largest);
        else if (l > largest) (sum, largest) = (sum * Math.Exp(largest - l) + 1, l);
        else sum = double.NaN;
    }
}
