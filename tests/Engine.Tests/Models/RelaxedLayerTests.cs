using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Kernels;

namespace DreamViz.Engine.Tests.Models;

/// <summary>Conditionals of real-valued parents, and gradients by parents, against the definition in double.</summary>
public class RelaxedLayerTests
{
    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void Log_probabilities_of_relaxed_children_given_relaxed_parents_are_those_of_the_definition(string description)
    {
        foreach (Conditional conditional in Conditional.All(description))
        {
            (double[][] parents, double[][] children, LayerPass pass) = conditional.Compute();
            float[] sums = new float[parents.Length];
            RelaxedLogProbability.Accumulate(Dense(children), pass.Logits, sums, WorkerTeam.Single);
            for (int r = 0; r < sums.Length; r++) Assert.Equal(conditional.LogProbability(parents[r], children[r]), sums[r], 1e-5);
        }
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void The_gradient_by_parents_is_that_of_the_central_difference(string description)
    {
        foreach (Conditional conditional in Conditional.All(description))
        {
            (double[][] parents, double[][] children, LayerPass pass) = conditional.Compute();
            Matrix gradient = new(0, 0);
            conditional.Layer.ComputeParentErrors(pass, Errors(children, pass.Logits), gradient, WorkerTeam.Single);
            for (int r = 0; r < parents.Length; r++)
            {
                double[] expected = Gradient(parents[r], () => conditional.LogProbability(parents[r], children[r]));
                Assert.Equal(expected.Length, gradient.Columns);
                for (int j = 0; j < expected.Length; j++) Assert.Equal(expected[j], gradient[r, j], 1e-5);
            }
        }
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void The_gradient_by_bits_is_that_by_the_same_real_numbers(string description)
    {
        foreach (Conditional conditional in Conditional.All(description).Where(c => c.Layer.ParentUnits > 0))
        {
            BitMatrix bits = Some.Bits(5, conditional.Layer.ParentUnits, 3);
            Matrix errors = Some.Matrix(5, conditional.Layer.Units, 4), byBits = new(0, 0), byNumbers = new(0, 0);
            LayerPass hard = conditional.Layer.CreatePass(), relaxed = conditional.Layer.CreatePass();
            conditional.Layer.ComputeLogits(bits, 1, hard, WorkerTeam.Single);
            conditional.Layer.ComputeRelaxedLogits(Dense(bits), relaxed, WorkerTeam.Single);
            conditional.Layer.ComputeParentErrors(hard, errors, byBits, WorkerTeam.Single);
            conditional.Layer.ComputeParentErrors(relaxed, errors, byNumbers, WorkerTeam.Single);
            Close.Matrix((r, c) => hard.Logits[r, c], relaxed.Logits, 1e-5);
            Close.Matrix((r, c) => byBits[r, c], byNumbers, 1e-5);
        }
    }

    [Theory]
    [ClassData(typeof(RelaxableMachines))]
    public void The_gradient_of_the_parameters_given_relaxed_parents_is_that_of_the_central_difference(string description)
    {
        foreach (Conditional conditional in Conditional.All(description).Where(c => c.Layer.Parameters.Count > 0))
        {
            (double[][] parents, double[][] children, LayerPass pass) = conditional.Compute();
            States.TakeGradient(conditional.Layer.Parameters);
            conditional.Layer.AccumulateErrors(pass, Errors(children, pass.Logits), WorkerTeam.Single);
            double[] expected = conditional.Reference.Gradient(conditional.Layer.Parameters,
                () => parents.Zip(children, conditional.LogProbability).Sum());
            Assert.True(States.RelativeError(States.TakeGradient(conditional.Layer.Parameters), expected) < 1e-5);
        }
    }

    private static Matrix Errors(double[][] children, Matrix logits)
    {
        var errors = new Matrix(logits.Rows, logits.Columns);
        for (int r = 0; r < logits.Rows; r++)
        {
            for (int c = 0; c < logits.Columns; c++) errors[r, c] = (float)(children[r][c] - Sigmoid.Reference(logits[r, c]));
        }

        return errors;
    }

    private static double[] Gradient(double[] at, Func<double> f) => [.. Enumerable.Range(0, at.Length).Select(j =>
    {
        const double h = 1e-5;
        double value = at[j];
        at[j] = value + h;
        double above = f();
        at[j] = value - h;
        double below = f();
        at[j] = value;
        return (above - below) / (2 * h);
    })];

    private static Matrix Dense(double[][] rows)
    {
        var matrix = new Matrix(rows.Length, rows[0].Length);
        for (int r = 0; r < rows.Length; r++)
        {
            for (int c = 0; c < rows[r].Length; c++) matrix[r, c] = (float)rows[r][c];
        }

        return matrix;
    }

    private static Matrix Dense(BitMatrix bits)
    {
        var matrix = new Matrix(bits.Rows, bits.Columns);
        for (int r = 0; r < bits.Rows; r++)
        {
            for (int c = 0; c < bits.Columns; c++) matrix[r, c] = bits[r, c] ? 1 : 0;
        }

        return matrix;
    }

    /// <summary>One conditional of a machine, with its definition.</summary>
    private sealed record Conditional(ReferenceMachine Reference, ConditionalLayer Layer, Func<double[], double[], double> LogProbability)
    {
        public static IEnumerable<Conditional> All(string description)
        {
            HelmholtzMachine machine = TinyMachines.Create(description);
            var reference = new ReferenceMachine(machine);
            int layers = machine.LayerSizes.Count;
            for (int l = 0; l < layers; l++)
            {
                int layer = l;

                // Words are no numbers between 0 and 1: CategoricalLayerTests.
                if (l == 0 && reference.ReadsDocuments) continue;
                yield return new(reference, machine.Generative.Layers[l],
                    (parents, children) => reference.LogGenerative(State(layer, children, parents), layer));
                if (l < layers - 1)
                    yield return new(reference, machine.Recognition.Layers[l],
                        (parents, children) => reference.LogRecognition(State(layer, parents, children), layer));
            }

            double[][] State(int layer, double[] lower, double[] upper)
            {
                var state = new double[layers][];
                state[layer] = lower;
                if (layer + 1 < layers) state[layer + 1] = upper;
                return state;
            }
        }

        /// <summary>Some parents and children strictly between 0 and 1, and the pass for them.</summary>
        public (double[][] Parents, double[][] Children, LayerPass Pass) Compute()
        {
            double[][] parents = Rows(Layer.ParentUnits, 1), children = Rows(Layer.Units, 2);
            LayerPass pass = Layer.CreatePass();
            Layer.ComputeRelaxedLogits(Dense(parents), pass, WorkerTeam.Single);
            return (parents, children, pass);
        }

        private static double[][] Rows(int units, ulong seed) => [.. Enumerable.Range(0, 4)
            .Select(r => Some.Floats(units, seed + 10 * (ulong)r).Select(x => (double)(float)Sigmoid.Reference(x)).ToArray())];
    }
}
