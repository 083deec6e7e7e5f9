using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>RELAX: an unbiased gradient of the ELBO; its control variate is that of REBAR and a free-form network besides, C(ζ) =
/// c·f_l(ζ) + r_l(ζ; φ), with τ, c and φ learned.</summary>
/// <remarks>φ follows −∇ E‖g‖² exactly. Source: Grathwohl, Choi, Wu, Roeder and Duvenaud, "Backpropagation through the void: optimizing
/// control variates for black-box gradient estimation", 2018.</remarks>
public sealed class Relax : RelaxedControlEstimator
{
    private readonly Matrix free = new(0, 0), given = new(0, 0), directions = new(0, 0);
    private ControlNetwork[] networks = [];
    private float[] valueErrors = [];

    /// <inheritdoc/>
    public override EstimatorDescription Description { get; } = new(
        "relax",
        "RELAX",
        "Beside softened bits a network learns, only to lessen the noise, what to expect of a draw: exact on average.",
        ClaimedObjective.Elbo, GenerativeUnbiased: true,
        ClaimedObjective.Elbo, RecognitionUnbiased: true);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OwnSettings =>
        [nameof(TrainingSettings.BaselineWidth), nameof(TrainingSettings.BaselineRate), nameof(TrainingSettings.Temperature)];

    /// <inheritdoc/>
    /// <remarks>The network, too, reads relaxed values: forward and backward at the four points, and three passes for its gradient at the
    /// two of the present temperature, where its hidden layer is known.</remarks>
    public override NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        double weights = (double)settings.BaselineWidth * shape.LayerSizes.Skip(1).Sum();
        return base.Evaluations(shape, settings) with
        {
            RelaxedOwn = 14 * settings.Samples * weights / NetworkEvaluations.RecognitionWeights(shape),
        };
    }

    /// <inheritdoc/>
    internal override IEnumerable<Parameter> Added => networks.SelectMany(network => network.Parameters);

    /// <inheritdoc/>
    public override bool Survives(TrainingSettings before, TrainingSettings after) =>
        base.Survives(before, after) && before.BaselineWidth == after.BaselineWidth;

    /// <inheritdoc/>
    private protected override void BeginAdded(HelmholtzMachine machine, TrainingSettings settings, ulong seed) =>
        networks = [.. machine.Recognition.Layers.Select((layer, l) => new ControlNetwork($"control.{l}", layer.Units,
            settings.BaselineWidth, new StreamKey(seed, StreamPurpose.Baseline, Layer: l)))];

    /// <inheritdoc/>
    private protected override void Add(int layer, RelaxedControl control, WorkerTeam team)
    {
        ControlNetwork network = networks[layer - 1];
        network.Evaluate(control.Free.Values, control.Free.Control, [], free, team);
        network.Evaluate(control.Given.Values, control.Given.Control, control.Values, given, team);
        MatrixSweeps.AddDifference(free, control.Free.Slopes, given, control.Given.Slopes, control.Paths, team);
    }

    /// <inheritdoc/>
    /// <remarks>g = (… − r(ζ̃)) s + ∂r(ζ)/∂η − ∂r(ζ̃)/∂η, so −½ ∇‖g‖² = (g·s) ∇r(ζ̃) − (g ∘ ∂ζ/∂η)·∇∂r(ζ) + (g ∘ ∂ζ̃/∂η)·∇∂r(ζ̃).
    /// </remarks>
    private protected override void AccumulateAdded(
        int layer, RelaxedControl control, ReadOnlySpan<float> scored, ReadOnlySpan<float> rowWeights, WorkerTeam team)
    {
        if (valueErrors.Length < scored.Length) valueErrors = new float[scored.Length];
        Span<float> errors = valueErrors.AsSpan(0, scored.Length);
        TensorPrimitives.Multiply(rowWeights, scored, errors);
        MatrixSweeps.Multiply(control.Paths, control.Free.Slopes, rowWeights, -1, directions, team);
        networks[layer - 1].AccumulateGradient(control.Free.Values, control.Free.Control, [], directions, team);
        MatrixSweeps.Multiply(control.Paths, control.Given.Slopes, rowWeights, 1, directions, team);
        networks[layer - 1].AccumulateGradient(control.Given.Values, control.Given.Control, errors, directions, team);
    }
}
