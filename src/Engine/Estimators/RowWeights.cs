namespace DreamViz.Engine.Estimators;

/// <summary>An estimator's answer: the weight of every row's log-probability gradients, held constant under differentiation.
/// Reused from step to step.</summary>
public sealed class RowWeights
{
    private double[] generative = [];
    private double[] recognition = [];

    /// <summary>B·K.</summary>
    public int Rows { get; private set; }

    /// <summary>L, stochastic layers above the visible one.</summary>
    public int LatentLayers { get; private set; }

    /// <summary>[B·K] g, the weights of ∇θ log p(x, z).</summary>
    public Span<double> Generative => generative.AsSpan(0, Rows);

    /// <summary>[B·K] r_l, the weights of ∇λ log q(z_{l+1} | z_l).</summary>
    public Span<double> Recognition(int index) => recognition.AsSpan(index * Rows, Rows);

    /// <summary>Makes room; the contents are undefined.</summary>
    public void Reshape(int latentLayers, int rows)
    {
        (LatentLayers, Rows) = (latentLayers, rows);
        if (generative.Length < rows) generative = new double[rows];
        if (recognition.Length < latentLayers * rows) recognition = new double[latentLayers * rows];
    }

    /// <summary>Gives every other recognition layer the weights of the lowest.</summary>
    public void ShareLowestRecognition()
    {
        for (int l = 1; l < LatentLayers; l++) Recognition(0).CopyTo(Recognition(l));
    }
}
