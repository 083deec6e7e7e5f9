using DreamViz.Benchmarks.Measuring;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;
using DreamViz.Engine.Training;

namespace DreamViz.Benchmarks.Roofline;

/// <summary>Everything that is no product.</summary>
internal static class ElementWiseCosts
{
    // So often an optimizer gets a fresh gradient: copying it adds little, and moments never fade to denormal numbers.
    private const int UpdatesToAGradient = 16;

    /// <summary>Kernels over units, then over parameters.</summary>
    public static IEnumerable<UnitCost> All()
    {
        yield return Sampling(100, 784) with { Must = 0.9, Aim = 0.5 };
        yield return Sampling(100, 200);
        yield return Sampling(20, 48);
        yield return LogProbability(100, 784);
        yield return Error(100, 784);
        yield return ColumnSum(100, 784);
        yield return Function("sigmoid", Sigmoid.Compute);
        yield return Function("softplus", Softplus.Compute);
        yield return Function("tanh", HyperbolicTangent.Compute);
        yield return Transpose(100, 784);
        yield return Transpose(100, 200);
        foreach (OptimizerKind kind in Enum.GetValues<OptimizerKind>()) yield return Update(kind, 784, 200);
    }

    private static UnitCost Sampling(int rows, int columns)
    {
        Matrix logits = RandomInputs.Normal(rows, columns, 1.5);
        BitMatrix bits = new(rows, columns);
        long step = 0;
        return new UnitCost(
            $"fused sampling {rows}×{columns}", "unit", rows * columns,
            () => BernoulliSampling.Sample(logits, new StreamKey(1, StreamPurpose.Wake, step++), bits, WorkerTeam.Single));
    }

    private static UnitCost LogProbability(int rows, int columns)
    {
        Matrix logits = RandomInputs.Normal(rows, columns, 1.5);
        BitMatrix bits = RandomInputs.Bits(rows, columns, 0.5);
        float[] result = new float[rows];
        return new UnitCost(
            $"log-probability {rows}×{columns}", "unit", rows * columns,
            () => BernoulliLogProbability.Accumulate(bits, logits, result, WorkerTeam.Single));
    }

    private static UnitCost Error(int rows, int columns)
    {
        Matrix logits = RandomInputs.Normal(rows, columns, 1.5), errors = new(rows, columns);
        BitMatrix bits = RandomInputs.Bits(rows, columns, 0.5);
        float[] weights = new float[rows];
        Array.Fill(weights, 1f / rows);
        return new UnitCost(
            $"error w·(bits − σ) {rows}×{columns}", "unit", rows * columns,
            () => BernoulliError.Compute(bits, logits, weights, errors, WorkerTeam.Single));
    }

    private static UnitCost ColumnSum(int rows, int columns)
    {
        Matrix values = RandomInputs.Normal(rows, columns, 0.3);
        float[] sums = new float[columns];
        return new UnitCost(
            $"column sums {rows}×{columns}", "unit", rows * columns,
            () => ColumnSums.Accumulate(values, sums, WorkerTeam.Single));
    }

    private delegate void ElementWiseFunction(ReadOnlySpan<float> x, Span<float> y);

    private static UnitCost Function(string name, ElementWiseFunction function)
    {
        Matrix x = RandomInputs.Normal(100, 784, 1.5), y = new(100, 784);
        return new UnitCost($"{name} 100×784", "unit", 100 * 784, () => function(x.Flat, y.Flat));
    }

    private static UnitCost Transpose(int rows, int columns)
    {
        BitMatrix source = RandomInputs.Bits(rows, columns, 0.5), destination = new(columns, rows);
        return new UnitCost(
            $"bit transpose {rows}×{columns}", "bit", rows * columns, () => BitTranspose.Compute(source, destination));
    }

    private static UnitCost Update(OptimizerKind kind, int rows, int columns)
    {
        Parameter parameter = new("weights", rows, columns);
        Matrix gradient = RandomInputs.Normal(rows, columns, 0.1);
        Optimizer optimizer = Optimizer.Create(kind, [parameter]);
        int turn = 0;
        return new UnitCost($"{NameOf(kind)} update {rows}×{columns}", "parameter", rows * columns, () =>
        {
            if (turn++ % UpdatesToAGradient == 0) parameter.Gradient.CopyFrom(gradient);
            parameter.OpenGradient(out _);
            optimizer.Apply(1e-3, 0.9, WorkerTeam.Single);
        });
    }

    private static string NameOf(OptimizerKind kind) => kind == OptimizerKind.Sgd ? "SGD" : $"{kind}";
}
