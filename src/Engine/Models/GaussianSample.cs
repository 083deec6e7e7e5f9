using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Models;

/// <summary>The real-valued units of a batch, and what recognition says of them. Reused from step to step.</summary>
public sealed class GaussianSample
{
    private readonly int units;

    internal GaussianSample(GaussianLayer recognition)
    {
        units = recognition.Units;
        Pass = recognition.CreatePass();
    }

    /// <summary>[rows, G] g.</summary>
    public Matrix Values { get; } = new(0, 0);

    /// <summary>[rows, G] ε of g = μ + σε, where g was drawn by recognition.</summary>
    public Matrix Noise { get; } = new(0, 0);

    /// <summary>[rows, G] μ.</summary>
    public Matrix Means { get; } = new(0, 0);

    /// <summary>[rows, G] log σ.</summary>
    public Matrix LogDeviations { get; } = new(0, 0);

    /// <summary>[rows, 2G] of recognition's network: μ, then ρ.</summary>
    internal LayerPass Pass { get; }

    /// <summary>[rows, 2G] what the network's outputs learn.</summary>
    internal Matrix Errors { get; } = new(0, 0);

    /// <summary>Makes room; the contents are undefined.</summary>
    internal void Begin(int rows)
    {
        Values.Reshape(rows, units);
        Noise.Reshape(rows, units);
    }

    /// <summary>g ~ N(0, I).</summary>
    internal void DrawPrior(StreamKey key) => DrawNormal(Values, key, 1);

    /// <summary>ε ~ N(0, I), the same for so many rows in a row; g = μ + σε.</summary>
    internal void Draw(StreamKey key, int rowsToANoise)
    {
        DrawNormal(Noise, key, rowsToANoise);
        Place();
    }

    /// <summary>Takes the noise of every so many-th row of a sample, each for so many rows here.</summary>
    /// <param name="other">Whose.</param>
    /// <param name="first">Its first row.</param>
    /// <param name="step">Rows of it from one that is taken to the next.</param>
    /// <param name="repeats">Rows here for each.</param>
    internal void TakeNoise(GaussianSample other, int first, int step, int repeats)
    {
        for (int r = 0; r < Noise.Rows; r++) other.Noise.PaddedRow(first + r / repeats * step).CopyTo(Noise.PaddedRow(r));
    }

    /// <summary>g = μ + σε.</summary>
    internal void Place()
    {
        for (int r = 0; r < Values.Rows; r++)
        {
            Span<float> g = Values.PaddedRow(r);
            g.Clear();
            for (int i = 0; i < units; i++)
                g[i] = (float)(Means[r, i] + Math.Exp(LogDeviations[r, i]) * Noise[r, i]);
        }
    }

    // Bits of layers have numbers from 0: these have one of their own.
    private static void DrawNormal(Matrix matrix, StreamKey key, int rowsToADraw)
    {
        var stream = new RandomStream(key with { Layer = -1 });
        for (int r = 0; r < matrix.Rows; r++)
        {
            Span<float> row = matrix.PaddedRow(r);
            row.Clear();
            if (r % rowsToADraw == 0) stream.FillNormal(row[..matrix.Columns], 1);
            else matrix.Row(r - 1).CopyTo(row);
        }
    }
}
