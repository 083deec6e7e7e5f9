using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>C(x; ω) = N · [uᵀs + vᵀ tanh(b + Wᵀs)] of documents x of N words, s = x / N the shares of the words: what grows with
/// the length of a document is predicted per word, and one network suits short ones and long ones.</summary>
/// <remarks>Starts at C = Σ_w x_w log softmax(a)_w, a the logits of the words where no latent is on: without topics that is f, for f
/// is then the log-probability of independent words, which is linear in the counts. ω climbs −½ Σ e ((f − C)/N − c)², the error per
/// word, so that a few long documents do not drown the others.</remarks>
internal sealed class DocumentBaseline : BaselineNetwork
{
    private readonly Parameter linear;
    private readonly Matrix sums = new(0, 0);
    private readonly Matrix shareErrors = new(0, 0);
    private readonly float[] noBias = new float[1];
    private readonly float[] noBiases;
    private float[] errorsPerWord = [];

    /// <param name="name">The parameters' first name, such as "baseline.0".</param>
    /// <param name="logits">[V] a.</param>
    /// <param name="width">Hidden units.</param>
    /// <param name="key">Names the initial weights.</param>
    public DocumentBaseline(string name, ReadOnlySpan<float> logits, int width, StreamKey key)
        : base(name, logits.Length, width, key)
    {
        linear = new Parameter($"{name}.linear", logits.Length, 1);
        noBiases = new float[width];
        float normalizer = LogSumExp.Compute(logits);
        for (int w = 0; w < logits.Length; w++) linear.Value[w, 0] = logits[w] - normalizer;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. base.Parameters, linear];

    /// <inheritdoc/>
    public override void Predict(BitMatrix x, Span<double> predictions, WorkerTeam team)
    {
        base.Predict(x, predictions, team);
        linear.ComputeAffine(x, noBias, sums, team);
        int repeats = predictions.Length / Math.Max(1, x.Rows);
        for (int r = 0; r < predictions.Length; r++)
            predictions[r] = predictions[r] * Documents.Total(r / repeats) + sums[r / repeats, 0];
    }

    /// <summary>Gradients += Σ_r e_r / N_r · ∇ω C(x_r) / N_r at the inputs of the latest prediction.</summary>
    /// <inheritdoc/>
    public override void AccumulateGradient(ReadOnlySpan<float> rowErrors, WorkerTeam team)
    {
        if (errorsPerWord.Length < rowErrors.Length) errorsPerWord = new float[rowErrors.Length];
        Span<float> perWord = errorsPerWord.AsSpan(0, rowErrors.Length);
        int repeats = rowErrors.Length / Math.Max(1, Inputs.Rows);
        shareErrors.Reshape(Inputs.Rows, 1);
        shareErrors.Clear();
        for (int r = 0; r < perWord.Length; r++)
        {
            float length = Documents.Total(r / repeats);
            perWord[r] = rowErrors[r] / length;
            shareErrors[r / repeats, 0] += perWord[r] / length;
        }

        linear.AccumulateOuterProduct(Inputs, shareErrors, team);
        base.AccumulateGradient(perWord, team);
    }

    /// <inheritdoc/>
    protected override void ComputeHidden(Matrix hidden, WorkerTeam team)
    {
        Weights.ComputeAffine(Inputs, noBiases, hidden, team);
        for (int b = 0; b < hidden.Rows; b++)
        {
            TensorPrimitives.Multiply(hidden.PaddedRow(b), 1f / Documents.Total(b), hidden.PaddedRow(b));
            TensorPrimitives.Add(hidden.PaddedRow(b), Biases.Value.PaddedRow(0), hidden.PaddedRow(b));
        }
    }

    /// <inheritdoc/>
    protected override void AccumulateHidden(Matrix errors, WorkerTeam team)
    {
        ColumnSums.Accumulate(errors, Biases.Gradient.Row(0), team);
        for (int b = 0; b < errors.Rows; b++)
            TensorPrimitives.Multiply(errors.PaddedRow(b), 1f / Documents.Total(b), errors.PaddedRow(b));
        Weights.AccumulateOuterProduct(Inputs, errors, team);
    }

    private CountMatrix Documents => Inputs.Counts ?? throw new InvalidOperationException("Expected documents with counts, found bits alone.");
}
