using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>
/// An unbiased gradient of the ELBO whose control variate C is a smooth function of relaxed values. By the logits η of q at layer l:
/// [f_l(z) − C(ζ̃)] (z_l − σ(η)) + ∂C(ζ)/∂η − ∂C(ζ̃)/∂η, ζ relaxed from the noise behind z_l, ζ̃ relaxed again given z_l; the mean
/// over K draws. C(ζ) = c·f_l(ζ), layers above l relaxed too, layers below it the draw; kinds may add to it.
/// </summary>
/// <remarks>What the score takes away of C on average, the other two terms give back. The temperature τ and the scale c of every layer,
/// and what kinds add, learn by Adam to lessen E‖g‖², g this update: the variance, because E[g] does not depend on them. By c exactly;
/// by log τ from a second evaluation at τ·e^δ with the same noise. Costs 4 relaxed evaluations a layer and draw.</remarks>
public abstract class RelaxedControlEstimator : PathwiseEstimator
{
    private const double FirstDecay = 0.9;

    // The difference quotient's bias is of its order, its rounding error some 1e-5 of E‖g‖².
    private const double Probe = 0.02;

    private readonly RowWeights signals = new();
    private readonly RelaxedControl probe = new();
    private readonly Matrix scores = new(0, 0), sums = new(0, 0);
    private float[] rowWeights = [], differences = [];
    private RelaxedControl[] controls = [];
    private ConditionedNoise noise = new(0);
    private BinaryConcrete free = new([]);
    private ConditionedConcrete conditioned = new(new ConditionedNoise(0));
    private ControlShapes shapes = new(0, 1);
    private Optimizer? optimizer;

    /// <inheritdoc/>
    public override SamplingScheme Scheme => SamplingScheme.Continuous;

    /// <inheritdoc/>
    /// <remarks>Autoregressive recognition is the draw of one unit after the other, and ζ of unit i would have to go with bits before it and
    /// relaxed values behind it: four relaxed evaluations not for every layer but for every unit.</remarks>
    public override void CheckFits(MachineShape shape)
    {
        RequireIndependentUnits(shape, "every unit would need relaxed passes of its own");
        RequireNoLabel(shape, "only of bits the noise behind a draw is drawn again");
    }

    /// <inheritdoc/>
    public override IEnumerable<NamedMatrix> State =>
        Parameters.Select(parameter => new NamedMatrix(parameter.Name, parameter.Value)).Concat(optimizer?.State ?? []);

    /// <summary>All that is learned about the control variate.</summary>
    internal IEnumerable<Parameter> Parameters => Added.Prepend(shapes.Parameter);

    /// <summary>log τ and c of every layer.</summary>
    internal ControlShapes Shapes => shapes;

    /// <summary>What the kind learns besides.</summary>
    internal virtual IEnumerable<Parameter> Added => [];

    /// <inheritdoc/>
    /// <remarks>Of every layer two relaxed points, at two temperatures, forward and backward; f is read at one of the two.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        IEnumerable<int> layers = Enumerable.Range(1, shape.LatentLayers);
        return base.Evaluations(shape, settings) with
        {
            Relaxed = 8 * settings.Samples * layers.Sum(layer => NetworkEvaluations.OfRelaxed(shape, layer)),
            RelaxedLowest = 8 * settings.Samples,
            RelaxedJudged = 2 * settings.Samples * layers.Sum(layer => NetworkEvaluations.OfJudgement(shape, layer)),
        };
    }

    /// <inheritdoc/>
    public override void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
        base.Begin(machine, settings, seed);
        int layers = machine.LayerSizes.Count - 1;
        noise = new ConditionedNoise(layers);
        (free, conditioned) = (new BinaryConcrete(noise.Noise), new ConditionedConcrete(noise));
        controls = [.. Enumerable.Range(0, layers).Select(_ => new RelaxedControl())];
        shapes = new ControlShapes(layers, settings.Temperature);
        BeginAdded(machine, settings, seed);
        optimizer = Optimizer.Create(OptimizerKind.Adam, [.. Parameters]);
        Updates = 0;
    }

    /// <inheritdoc/>
    public override bool Survives(TrainingSettings before, TrainingSettings after) => before.Temperature == after.Temperature;

    /// <inheritdoc/>
    public override void Sample(HelmholtzMachine machine, MachineSample sample, BitMatrix examples, int samples, StreamKey key,
        WorkerTeam team)
    {
        base.Sample(machine, sample, examples, samples, key, team);
        noise.Draw(sample, key with { Purpose = StreamPurpose.Relaxation }, team);
    }

    /// <inheritdoc/>
    public override void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
        for (int l = 1; l < sample.LayerSizes.Count; l++)
        {
            Evaluate(sample, l, shapes.Temperature(l), controls[l - 1], team);
            controls[l - 1].Values.CopyTo(terms.Predictions(l - 1));
        }
    }

    /// <inheritdoc/>
    public override void Weigh(LogTerms terms, RowWeights weights)
    {
        signals.Reshape(terms.LatentLayers, terms.Rows);
        LocalSignals.Weigh(terms, signals, weights);
    }

    /// <inheritdoc/>
    public override void Adapt(TrainingSettings settings, WorkerTeam team)
    {
        Updates++;
        if (optimizer is null) return;
        optimizer.Updates = Updates - 1;
        optimizer.Apply(settings.BaselineRate, FirstDecay, team);
        shapes.Clamp();
    }

    /// <inheritdoc/>
    protected override void Observe(MachineSample sample, LogTerms terms, ReadOnlySpan<float> exampleWeights, WorkerTeam team)
    {
        ReadOnlySpan<float> weights = DrawWeights(sample, exampleWeights, 1, ref rowWeights);
        for (int l = 1; l <= terms.LatentLayers; l++)
        {
            ReadOnlySpan<double> signal = signals.Recognition(l - 1);
            BernoulliResidual.Compute(sample.Bits(l), sample.Recognition(l - 1).Logits, scores, team);
            Evaluate(sample, l, shapes.Temperature(l) * Math.Exp(Probe), probe, team);
            (double above, _) = Update(signal, probe, team);
            (double here, double byScale) = Update(signal, controls[l - 1], team);
            shapes.SetGradient(l, (here - above) / Probe, -byScale);
            AccumulateAdded(l, controls[l - 1], sums.Row(2), weights, team);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The updates by logits are those whose squares were to be lessened.</remarks>
    protected override void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team)
    {
        ReadOnlySpan<float> weights = DrawWeights(sample, exampleWeights, share, ref rowWeights);
        for (int l = 0; l < controls.Length; l++)
            AccumulateUpdates(machine.Recognition.Layers[l], sample.Recognition(l), controls[l].Paths, weights, team);
    }

    /// <summary>Makes fresh what the kind learns besides.</summary>
    private protected virtual void BeginAdded(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
    }

    /// <summary>Adds the kind's own part to values and paths of C of a layer.</summary>
    /// <param name="layer">From 1.</param>
    /// <param name="control">Holds ζ and ζ̃; its values and paths are accumulated.</param>
    /// <param name="team">Who computes.</param>
    private protected virtual void Add(int layer, RelaxedControl control, WorkerTeam team)
    {
    }

    /// <summary>Gradients of what the kind learns besides: of −½ Σ_r w_r ‖g_r‖².</summary>
    /// <param name="layer">From 1.</param>
    /// <param name="control">Of this layer; its paths are g, the updates by η.</param>
    /// <param name="scored">[rows] g·s, s = z − σ(η).</param>
    /// <param name="rowWeights">[rows] w.</param>
    /// <param name="team">Who computes.</param>
    private protected virtual void AccumulateAdded(
        int layer, RelaxedControl control, ReadOnlySpan<float> scored, ReadOnlySpan<float> rowWeights, WorkerTeam team)
    {
    }

    /// <summary>f_l(ζ̃) and C of one layer, at ζ and at ζ̃.</summary>
    private void Evaluate(MachineSample sample, int layer, double temperature, RelaxedControl control, WorkerTeam team)
    {
        double scale = shapes.Scale(layer);
        control.Reshape(sample.Rows, sample.LayerSizes[layer]);
        (conditioned.Layer, conditioned.Temperature, free.Temperature) = (layer, temperature, temperature);

        Relaxed.Relax(Machine!, sample, layer, free, team, control.Free);
        Relaxed.Differentiate(Machine!, team);
        Relaxed.Relax(Machine!, sample, layer, conditioned, team, control.Given);
        Relaxed.Differentiate(Machine!, team, judges: true);
        Relaxed.ComputeSignals(Machine!, layer, control.Unscaled, team);

        TensorPrimitives.Multiply(control.Unscaled, scale, control.Values);
        MatrixSweeps.Subtract(control.Free.Paths, control.Given.Paths, (float)scale, control.Paths, team);
        Add(layer, control, team);
    }

    /// <summary>½ Σ_r w_r ‖g_r‖², g the update by η, which takes the place of the control's paths; and its derivative by the scale.
    /// </summary>
    private (double Square, double ByScale) Update(ReadOnlySpan<double> signal, RelaxedControl control, WorkerTeam team)
    {
        if (differences.Length < signal.Length) differences = new float[signal.Length];
        for (int r = 0; r < signal.Length; r++) differences[r] = (float)(signal[r] - control.Values[r]);
        ControlledUpdate.Compute(
            scores, differences.AsSpan(0, signal.Length), control.Free.Paths, control.Given.Paths, control.Paths, sums, team);
        ReadOnlySpan<float> squares = sums.Row(0), along = sums.Row(1), scored = sums.Row(2);
        (double square, double byScale) = (0, 0);
        for (int r = 0; r < signal.Length; r++)
        {
            square += 0.5 * rowWeights[r] * squares[r];
            byScale += rowWeights[r] * (along[r] - control.Unscaled[r] * scored[r]);
        }

        return (square, byScale);
    }
}
