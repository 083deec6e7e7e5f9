using System.Numerics.Tensors;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Baselines;

/// <summary>
/// Score function with learned baselines: an unbiased gradient of the ELBO. λ at layer l: 1/K Σₖ (f_l − c_l − C_l) / v_l ·
/// ∇λ log q(z_{l+1} | z_l), c_l the running mean of f_l − C_l, C_l(z_l; ω) trained to predict f_l, v_l = max(1, its running
/// standard deviation). θ: 1/K Σₖ ∇θ log p(x, zᵏ). Which of these there are, the kinds say.
/// </summary>
/// <remarks>c, ω and v are those of past batches: nothing that depends on z_{l+1} enters them, so the expectation stays. λ
/// waits for the first batch, which has no past: signals of hundreds of nats would throw it far off. The log-probability of a
/// document grows with the number N of its words: where f_l holds it, c_l is per word and N · c_l is subtracted.</remarks>
public abstract class BaselineEstimator : Estimator
{
    private const double FirstDecay = 0.9;

    private readonly RowWeights residuals = new();
    private RunningMoments moments = new(0);
    private BaselineNetwork[] networks = [];
    private Optimizer? optimizer;
    private BatchMoments[] newest = [];
    private double newestPlain;
    private double? usualPlain;
    private double[] plain = [];

    /// <summary>Whether every layer has a signal and baselines of its own, without the terms that its units cannot change.
    /// </summary>
    protected virtual bool IsLayerLocal => false;

    /// <summary>Whether there is C(z_l; ω).</summary>
    protected virtual bool PredictsFromInput => false;

    /// <summary>Whether signals are divided by v.</summary>
    protected virtual bool Normalizes => false;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => PredictsFromInput
        ? [nameof(TrainingSettings.BaselineDecay), nameof(TrainingSettings.BaselineWidth), nameof(TrainingSettings.BaselineRate)]
        : [nameof(TrainingSettings.BaselineDecay)];

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State =>
        Parameters.Select(parameter => new NamedMatrix(parameter.Name, parameter.Value))
            .Concat(optimizer?.State ?? [])
            .Prepend(new NamedMatrix("baseline.moments", moments.State));

    /// <summary>ω of all layers.</summary>
    internal IEnumerable<Parameter> Parameters => networks.SelectMany(network => network.Parameters);

    /// <inheritdoc/>
    /// <remarks>Every C forward and backward, once an example where it sees the example itself.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        NetworkEvaluations ofNetworks = base.Evaluations(shape, settings);
        if (!PredictsFromInput) return ofNetworks;
        int count = IsLayerLocal ? shape.LatentLayers : 1;
        double weights = Enumerable.Range(0, count).Sum(l =>
            (l == 0 ? 1.0 : settings.Samples) * (shape.LayerSizes[l] + 1) * settings.BaselineWidth);
        return ofNetworks with { Own = 2 * weights / NetworkEvaluations.RecognitionWeights(shape) };
    }

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        int count = IsLayerLocal ? machine.LayerSizes.Count - 1 : 1;
        moments = new RunningMoments(count);
        newest = new BatchMoments[count];
        networks = PredictsFromInput ? [.. Enumerable.Range(0, count).Select(l => CreateNetwork(machine, settings, seed, l))] : [];
        optimizer = PredictsFromInput ? Optimizer.Create(OptimizerKind.Adam, [.. Parameters]) : null;
        (usualPlain, NewestSignals) = (null, null);
        Updates = 0;
    }

    /// <inheritdoc/>
    public override bool Survives(TrainingSettings before, TrainingSettings after) =>
        !PredictsFromInput || before.BaselineWidth == after.BaselineWidth;

    /// <inheritdoc/>
    public override double Divisor(int index) =>
        Updates == 0 ? double.PositiveInfinity : Normalizes ? Math.Max(1, moments.Deviation(Of(index))) : 1;

    /// <inheritdoc/>
    public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
        for (int l = 0; l < networks.Length; l++)
            networks[l].Predict(l == 0 ? sample.Examples : sample.Bits(l), terms.Predictions(l), team);
    }

    /// <inheritdoc/>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        double each = 1.0 / terms.SamplesPerExample;
        weights.Generative.Fill(each);
        ComputeResiduals(terms);
        for (int l = 0; l < weights.LatentLayers; l++)
        {
            Span<double> rows = weights.Recognition(l);
            residuals.Recognition(l).CopyTo(rows);
            Subtract(moments.Mean(Of(l)), terms.LengthsOf(Of(l)), rows);
            TensorPrimitives.Multiply(rows, each / Divisor(l), rows);
        }
    }

    /// <inheritdoc/>
    public override void Adapt(TrainingSettings settings, WorkerTeam team)
    {
        usualPlain += (1 - settings.BaselineDecay) * (newestPlain - usualPlain);
        usualPlain ??= newestPlain;
        for (int i = 0; i < newest.Length; i++)
            moments.Add(i, newest[i], Updates == 0 ? 0 : settings.BaselineDecay);
        Updates++;
        if (optimizer is null) return;
        optimizer.Updates = Updates - 1;
        optimizer.Apply(settings.BaselineRate, FirstDecay, team);
    }

    /// <inheritdoc/>
    protected override void Observe(
        MachineSample sample, LogTerms terms, ReadOnlySpan<float> exampleWeights, WorkerTeam team)
    {
        for (int i = 0; i < newest.Length; i++)
            newest[i] = BatchMoments.Of(residuals.Recognition(i), terms.LengthsOf(i), exampleWeights);
        NoteSignals(terms, exampleWeights);

        // The gradient of −½ Σ e (f − c − C)² by C is e (f − c − C): what λ's rows weigh, up to Adam's indifference to scale.
        for (int i = 0; i < networks.Length; i++) networks[i].AccumulateGradient(RecognitionWeights.Row(i), team);
    }

    private static BaselineNetwork CreateNetwork(HelmholtzMachine machine, TrainingSettings settings, ulong seed, int layer)
    {
        (string name, StreamKey key) = ($"baseline.{layer}", new(seed, StreamPurpose.Baseline, Layer: layer));
        return layer == 0 && machine.Settings.DocumentLengths.Count > 0
            ? new DocumentBaseline(name, machine.Generative.Layers[0].OutputBiases.Value.Row(0), settings.BaselineWidth, key)
            : new BaselineNetwork(name, machine.LayerSizes[layer], settings.BaselineWidth, key);
    }

    private void NoteSignals(LogTerms terms, ReadOnlySpan<float> exampleWeights)
    {
        if (plain.Length < terms.Rows) plain = new double[terms.Rows];
        Span<double> rows = plain.AsSpan(0, terms.Rows);
        TensorPrimitives.Add(residuals.Recognition(0), terms.Predictions(0), rows);
        newestPlain = BatchMoments.Of(rows, terms.LengthsOf(0), exampleWeights).Mean;
        if (usualPlain is not { } c) return;
        SignalSize all = BatchMoments.Size(rows, exampleWeights);
        Subtract(c, terms.LengthsOf(0), rows);
        SignalSize centered = BatchMoments.Size(rows, exampleWeights);
        residuals.Recognition(0).CopyTo(rows);
        Subtract(moments.Mean(0), terms.LengthsOf(0), rows);
        NewestSignals = new LearningSignals(all, centered, PredictsFromInput ? BatchMoments.Size(rows, exampleWeights) : null);
    }

    /// <summary>f_l − C_l of every layer and row, kept for <see cref="Observe"/>.</summary>
    private void ComputeResiduals(LogTerms terms)
    {
        residuals.Reshape(terms.LatentLayers, terms.Rows);
        LocalSignals.Compute(terms, residuals);
        if (!IsLayerLocal) residuals.ShareLowestRecognition();
        for (int l = 0; l < terms.LatentLayers; l++)
        {
            Span<double> rows = residuals.Recognition(l);
            TensorPrimitives.Subtract(rows, terms.Predictions(Of(l)), rows);
        }
    }

    /// <summary>rows −= N · c.</summary>
    private static void Subtract(double c, ReadOnlySpan<double> lengths, Span<double> rows) =>
        TensorPrimitives.MultiplyAdd(lengths, -c, rows, rows);

    private int Of(int layer) => IsLayerLocal ? layer : 0;
}
