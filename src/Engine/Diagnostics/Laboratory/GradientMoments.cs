using DreamViz.Engine.Models;

namespace DreamViz.Engine.Diagnostics.Laboratory;

/// <summary>Mean and variance of every coordinate of gradients, and sums of them over all coordinates and over what belongs to
/// each latent unit: the weights into it, siblings included, and its bias.</summary>
/// <remarks>In double. Source: Welford, "Note on a method for calculating corrected sums of squares and products", 1962.</remarks>
internal sealed class GradientMoments
{
    private readonly double[] mean;
    private readonly double[] squares;
    private readonly int[] units;
    private readonly int unitCount;

    /// <param name="machine">Whose λ has the gradients.</param>
    public GradientMoments(HelmholtzMachine machine)
    {
        units = [.. UnitsOf(machine)];
        (mean, squares) = (new double[units.Length], new double[units.Length]);
        unitCount = machine.LayerSizes.Skip(1).Sum();
    }

    /// <summary>n.</summary>
    public long Count { get; private set; }

    /// <summary>[P] the mean so far.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>Takes one more gradient.</summary>
    /// <param name="gradient">[P].</param>
    public void Add(ReadOnlySpan<float> gradient)
    {
        Count++;
        double share = 1.0 / Count;
        for (int i = 0; i < gradient.Length; i++)
        {
            double difference = gradient[i] - mean[i];
            mean[i] += difference * share;
            squares[i] += difference * (gradient[i] - mean[i]);
        }
    }

    /// <summary>Σᵢ varᵢ of one gradient; 0 for fewer than two.</summary>
    public double Variance()
    {
        double sum = 0;
        foreach (double square in squares) sum += square;
        return sum / Math.Max(1, Count - 1);
    }

    /// <summary>[H] Σ varᵢ over the coordinates of each latent unit, the lowest layer's units first.</summary>
    public double[] UnitVariances() => OfUnits(i => squares[i] / Math.Max(1, Count - 1));

    /// <summary>[H] Σ meanᵢ² over the coordinates of each latent unit.</summary>
    public double[] UnitSquares() => OfUnits(i => mean[i] * mean[i]);

    private double[] OfUnits(Func<int, double> value)
    {
        double[] sums = new double[unitCount];
        for (int i = 0; i < units.Length; i++) if (units[i] >= 0) sums[units[i]] += value(i);
        return sums;
    }

    /// <summary>[P] the latent unit to which each coordinate belongs; −1 for those of deterministic hidden layers and of real-valued
    /// units.</summary>
    private static IEnumerable<int> UnitsOf(HelmholtzMachine machine)
    {
        int first = 0;
        foreach (ConditionalLayer layer in machine.Recognition.Layers)
        {
            foreach (Parameter parameter in layer.Parameters)
            {
                bool belongs = parameter == layer.OutputWeights || parameter == layer.OutputBiases || parameter.Value == layer.SiblingWeights;
                for (int i = 0; i < parameter.Rows * parameter.Columns; i++)
                    yield return belongs ? first + i % parameter.Columns : -1;
            }

            first += layer.Units;
        }

        foreach (Parameter parameter in machine.Recognition.Gaussian?.Parameters ?? [])
            for (int i = 0; i < parameter.Rows * parameter.Columns; i++) yield return -1;
    }
}
