using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// Local expectation gradients: an unbiased gradient of the ELBO in which every unit's own chance is summed out, all other units held.
/// By the logit ηᵢ of unit i in layer l: Σ_v q(zᵢ = v | all others) (f_l(z, zᵢ = v) − c_l) (v − σ(ηᵢ)), the mean over K draws z; f_l what
/// layer l can change of f = log p(x, z) − log q(z | x), c_l its running mean over past batches. Of a label the sum is over all its
/// classes, by the logit of class v: Σ_y q(y | all others) (f_l(z, y) − c_l) (1[y = v] − q(v)). θ: 1/K Σₖ ∇θ log p(x, zᵏ).
/// </summary>
/// <remarks>
/// E_q[f_l ∂ log q(zᵢ | its parents)/∂ηᵢ], first over zᵢ given all others: zᵢ is on with ρᵢ = σ(ηᵢ + log q(its children | zᵢ = 1) − log
/// q(its children | zᵢ = 0)), children being the units of layer l + 1, where q is autoregressive the siblings behind it, and of a label the
/// bits beside it. Where it has none, as in one layer of independent units, ρᵢ = σ(ηᵢ) and the update is σ(ηᵢ)(1 − σ(ηᵢ)) [f(z, zᵢ = 1) − f(z, zᵢ = 0)], whatever
/// c is. Elsewhere a constant in f adds (ρᵢ − σ(ηᵢ)) times itself, noise of mean zero, which is what c_l is for; there λ waits for the
/// first batch, which has no past. Costs, for every draw and unit, log p of the layer below and log q of the layer above; with linear
/// conditionals no products. Real-valued units beside the top layer are held by their noise: a flip below them moves them. Source: Titsias and Lázaro-Gredilla, "Local expectation gradients for black box variational inference",
/// 2015; the running mean as in Mnih and Gregor, "Neural variational inference and learning in belief networks", 2014.
/// </remarks>
public sealed class LocalExpectation : Estimator
{
    private const int RowsAtOnce = 4096;

    private readonly LogTerms terms = new();
    private readonly RowWeights weights = new(), signals = new();
    private HelmholtzMachine? learner;
    private FlippedTerms? flips;
    private Matrix[] errors = [];
    private Matrix means = new(0, 0);
    private double[] newest = [];
    private float[] drawWeights = [];

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "local-expectation",
        "Local expectation",
        "Every unit compares being on with being off, the others held: little noise, at the price of a pass for every unit.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.Flips;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings => [nameof(TrainingSettings.BaselineDecay)];

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State => means.Rows > 0 ? [new NamedMatrix("baseline.means", means)] : [];

    /// <inheritdoc/>
    /// <remarks>θ and λ learn from the draws alone; every unit's flip is judged by the layer below it and by the recognition of the layer
    /// above.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        NetworkEvaluations draws = base.Evaluations(shape, settings);
        double generative = 0, recognition = 0;
        for (int l = 0; l < shape.LatentLayers; l++)
        {
            generative += shape.LayerSizes[l + 1] * NetworkEvaluations.ShareOfLayer(shape, l);
            if (l + 1 < shape.LatentLayers) recognition += shape.LayerSizes[l + 1] * NetworkEvaluations.ShareOfLayer(shape, l + 1);
            if (l + 2 == shape.LatentLayers && shape.GaussianUnits > 0) generative += shape.LayerSizes[l + 1] * NetworkEvaluations.ShareOfLayer(shape, l + 1);
        }

        return draws + new NetworkEvaluations(settings.Samples * generative, 0, settings.Samples * recognition, 0);
    }

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        int layers = machine.Recognition.Layers.Count;
        (learner, flips) = (machine, new FlippedTerms(machine));
        errors = [.. machine.Recognition.Layers.Select(_ => new Matrix(0, 0))];
        means = new Matrix(Enumerable.Range(0, layers).Any(HaveChildren) ? layers : 0, 1);
        newest = new double[layers];
        Updates = 0;
    }

    /// <inheritdoc/>
    public override double Divisor(int index) => Updates == 0 && HaveChildren(index) ? double.PositiveInfinity : 1;

    /// <inheritdoc/>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        weights.Generative.Clear();
        LocalSignals.Compute(terms, weights);
        for (int first = 0; first < terms.Rows; first += terms.SamplesPerExample)
        {
            weights.Generative[first] = 1;
            int row = first + 1;
            for (int l = 0; l < terms.LatentLayers; l++)
            {
                int end = row + Learner.LayerSizes[l + 1];
                int classes = Learner.Recognition.Layers[l].Classes;
                WeighLabel(terms, l, first, row, row + classes, weights.Recognition(l));
                Weigh(terms, l, first, row + classes, end, weights.Recognition(l));
                weights.Recognition(l)[first..row].Clear();
                weights.Recognition(l)[end..(first + terms.SamplesPerExample)].Clear();
                row = end;
            }
        }
    }

    /// <inheritdoc/>
    public override void AccumulateWake(HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights,
        double recognitionShare, WorkerTeam team)
    {
        FlippedTerms flipped = flips ?? throw new InvalidOperationException("The estimator has not begun.");
        Span<float> weights = DrawWeights(sample, exampleWeights, 1, ref drawWeights);
        flipped.Compute(machine, sample, team);
        for (int l = 0; l < errors.Length; l++) errors[l].Reshape(sample.Rows, machine.LayerSizes[l + 1]);
        int atOnce = Math.Max(1, RowsAtOnce / (1 + flipped.Flips));
        for (int first = 0; first < sample.Rows; first += atOnce)
            ComputeErrors(sample, flipped, first, Math.Min(atOnce, sample.Rows - first), recognitionShare);
        machine.Generative.AccumulateGradient(sample, weights, team);
        for (int l = 0; l < errors.Length; l++)
            machine.Recognition.Layers[l].AccumulateErrors(sample.Recognition(l), errors[l], team);
        if (recognitionShare > 0 && sample.Gaussian is not null)
            AccumulateGaussian(machine, sample, weights, recognitionShare, team);
        Observe(flipped.Drawn);
    }

    /// <inheritdoc/>
    public override void Adapt(TrainingSettings settings, WorkerTeam team)
    {
        double decay = Updates == 0 ? 0 : settings.BaselineDecay;
        for (int l = 0; l < means.Rows; l++) means[l, 0] = (float)(decay * means[l, 0] + (1 - decay) * newest[l]);
        Updates++;
    }

    private HelmholtzMachine Learner => learner ?? throw new InvalidOperationException("The estimator has not begun.");

    /// <summary>Whether q has units that depend on those of this layer: on others than itself, they say something about each.</summary>
    private bool HaveChildren(int index) =>
        index + 1 < Learner.Recognition.Layers.Count || Learner.Recognition.Layers[index].HasDependentUnits;

    /// <summary>The updates of one layer and draw, in place of f_l of the rows with its units flipped: by the logit of the value drawn,
    /// q(drawn | all others) (f_l − c_l) q(flip | parents) − q(flip | all others) (f_l(flip) − c_l) q(drawn | parents).</summary>
    private void Weigh(LogTerms terms, int layer, int draw, int first, int end, Span<double> rows)
    {
        double c = Mean(layer), divisor = Divisor(layer);
        for (int r = first; r < end; r++)
        {
            double change = terms.Recognition(layer)[r] - terms.Recognition(layer)[draw];
            if (layer + 1 < terms.LatentLayers) change += terms.Recognition(layer + 1)[r] - terms.Recognition(layer + 1)[draw];
            double logit = terms.DrawnLogits[r];
            double drawn = Sigmoid.Reference(-change) * Sigmoid.Reference(-logit), flipped = Sigmoid.Reference(change) * Sigmoid.Reference(logit);
            rows[r] = (drawn * (rows[draw] - c) - flipped * (rows[r] - c)) / divisor;
        }
    }

    /// <summary>The updates by the logits of a label in place of f_l of the rows with each class: ρ_v (f_l(v) − c_l) − q_v Σ_y ρ_y
    /// (f_l(y) − c_l), ρ the probabilities given all others; zero where the label was given, which has no other value.</summary>
    private void WeighLabel(LogTerms terms, int layer, int draw, int first, int end, Span<double> rows)
    {
        double c = Mean(layer), divisor = Divisor(layer), largest = double.NegativeInfinity;
        for (int r = first; r < end; r++) largest = Math.Max(largest, Odds(terms, layer, r));
        double posterior = 0, prior = 0, mean = 0;
        for (int r = first; r < end; r++)
        {
            double rho = Math.Exp(Odds(terms, layer, r) - largest);
            posterior += rho;
            prior += Math.Exp(-terms.DrawnLogits[r]);
            mean += rho == 0 ? 0 : rho * (rows[r] - c);
        }

        for (int r = first; r < end; r++)
        {
            double rho = Math.Exp(Odds(terms, layer, r) - largest) / posterior, q = Math.Exp(-terms.DrawnLogits[r]) / prior;
            rows[r] = ((rho == 0 ? 0 : rho * (rows[r] - c)) - q * mean / posterior) / divisor;
        }

        double Odds(LogTerms terms, int layer, int row) => double.IsPositiveInfinity(terms.DrawnLogits[row])
            ? double.NegativeInfinity
            : terms.Recognition(layer)[row] - terms.Recognition(layer)[draw];
    }

    /// <summary>c_l.</summary>
    private double Mean(int layer) => means.Rows > 0 ? means[layer, 0] : 0;

    /// <summary>[draws, units] the updates by the logits of some draws.</summary>
    private void ComputeErrors(MachineSample sample, FlippedTerms flipped, int first, int count, double share)
    {
        flipped.Write(first, count, terms);
        weights.Reshape(terms.LatentLayers, terms.Rows);
        Weigh(terms, weights);
        for (int draw = 0; draw < count; draw++)
        {
            int start = draw * (1 + flipped.Flips) + 1, row = first + draw;
            double weight = drawWeights[row] * share;
            for (int l = 0; l < errors.Length; start += errors[l++].Columns)
            {
                ReadOnlySpan<ulong> bits = sample.Bits(l + 1).Row(row);
                ReadOnlySpan<double> updates = weights.Recognition(l)[start..];
                Span<float> error = errors[l].Row(row);
                int classes = Learner.Recognition.Layers[l].Classes;
                for (int i = 0; i < classes; i++) error[i] = (float)(weight * updates[i]);
                for (int i = classes; i < error.Length; i++)
                    error[i] = (float)((bits[i >> 6] >> i & 1) != 0 ? weight * updates[i] : -weight * updates[i]);
            }
        }
    }

    private void Observe(LogTerms drawn)
    {
        if (means.Rows == 0) return;
        signals.Reshape(drawn.LatentLayers, drawn.Rows);
        LocalSignals.Compute(drawn, signals);
        double total = 0;
        for (int r = 0; r < drawn.Rows; r++) total += drawWeights[r];
        for (int l = 0; l < newest.Length; l++)
        {
            double sum = 0;
            for (int r = 0; r < drawn.Rows; r++) sum += drawWeights[r] * signals.Recognition(l)[r];
            newest[l] = total == 0 ? 0 : sum / total;
        }
    }
}
