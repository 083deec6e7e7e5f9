using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

public class DeltaRuleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Has_the_bits_of_its_three_kernels_one_after_the_other(int threads)
    {
        using WorkerTeam team = new(threads);
        DeltaRule rule = new();
        foreach ((int rows, int parents, int units) in new[] { (1, 1, 1), (7, 33, 129), (100, 200, 784), (40, 784, 100), (33, 600, 1500) })
        {
            foreach (float? scale in new float?[] { null, 1, 0.01f })
            {
                Layer[] expected = Layers(rows, parents, units), actual = Layers(rows, parents, units);
                float[] weights = Some.Floats(rows, 9);
                foreach (Layer layer in expected) layer.Step(weights, scale);
                foreach (Layer layer in actual) rule.Add(layer.Task(scale), weights);
                rule.Run(team);
                for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i].Results(), actual[i].Results());
            }
        }
    }

    [Fact]
    public void Where_gradients_go_into_the_weights_logits_are_those_before()
    {
        Layer expected = new(100, 784, 200, 1), actual = new(100, 784, 200, 1);
        float[] weights = Some.Floats(100, 9);
        expected.Step(weights, 0.1f, intoWeights: true);
        DeltaRule rule = new();
        rule.Add(actual.Task(0.1f, intoWeights: true), weights);
        rule.Run(WorkerTeam.Single);
        Assert.Equal(expected.Results(), actual.Results());
        Assert.NotEqual(new Layer(100, 784, 200, 1).Results(), actual.Results());
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(2, 3)]
    [InlineData(1, 2)]
    public void Where_weights_and_logits_lie_in_panels_has_the_same_bits(int threads, int panels)
    {
        using WorkerTeam team = new(threads);
        DeltaRule rule = new();
        foreach ((int rows, int parents, int units) in new[] { (1, 5, 40), (100, 200, 784), (100, 784, 200), (33, 600, 1500), (100, 2000, 9) })
        {
            Layer[] expected = Layers(rows, parents, units), actual = Layers(rows, parents, units);
            float[] weights = Some.Floats(rows, 9);
            foreach (Layer layer in expected) layer.Step(weights, 0.1f, intoWeights: true);
            foreach ((int i, Layer layer) in actual.Index()) rule.Add(layer.TaskInPanels(0.1f, panels, roundsUp: i % 2 > 0), weights);
            rule.Run(team);
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i].Results(), actual[i].Results());
        }
    }

    [Fact]
    public void Refuses_shapes_that_do_not_fit()
    {
        DeltaRule rule = new();
        Layer layer = new(5, 4, 3, 1);
        Assert.Throws<ArgumentException>(() => rule.Add(layer.Task(null), new float[4]));
        Layer others = new(5, 3, 3, 1);
        Assert.Throws<ArgumentException>(() => rule.Add(layer.TaskWith(others), new float[5]));
        float[] before = layer.Results();
        rule.Run(WorkerTeam.Single);
        Assert.Equal(before, layer.Results());
    }

    // A wide layer, a small one above it, and one without parents.
    private static Layer[] Layers(int rows, int parents, int units) =>
        [new(rows, parents, units, 1), new(rows, 21, parents, 2), new(rows, 0, 21, 3)];

    private sealed class Layer
    {
        private readonly BitMatrix x, y;
        private readonly Matrix w, b, biasGradient, gradient, logits = new(0, 0), errors = new(0, 0);
        private ColumnPanels? weightPanels, logitPanels;

        public Layer(int rows, int parents, int units, ulong seed)
        {
            x = Some.Bits(rows, parents, seed, 0.175, 0.5);
            y = Some.Bits(rows, units, seed + 10);
            w = Some.Matrix(parents, units, seed + 20, 0.3f);
            b = Some.Matrix(1, units, seed + 30);
            biasGradient = Some.Matrix(1, units, seed + 40);
            gradient = Some.Matrix(parents, units, seed + 50);
        }

        public void Step(float[] weights, float? scale, bool intoWeights = false)
        {
            BinaryAffine.Compute(x, w, b.Row(0), logits, WorkerTeam.Single);
            BernoulliError.Compute(y, logits, weights, errors, WorkerTeam.Single, biasGradient.Row(0));
            Matrix target = intoWeights ? w : gradient;
            if (scale is { } factor) BinaryOuterProduct.Accumulate(x, errors, target, WorkerTeam.Single, factor);
            else BinaryOuterProduct.Compute(x, errors, target, WorkerTeam.Single);
        }

        public DeltaRuleTask Task(float? scale, bool intoWeights = false) => new()
        {
            Parents = x,
            Children = y,
            Weights = x.Columns == 0 ? null : w,
            Bias = b.Row(0),
            Logits = x.Columns == 0 ? null : logits,
            BiasGradient = biasGradient,
            Target = x.Columns == 0 ? null : intoWeights ? w : gradient,
            Scale = scale,
        };

        public DeltaRuleTask TaskInPanels(float scale, int panels, bool roundsUp)
        {
            if (x.Columns == 0) return Task(scale, intoWeights: true);
            weightPanels = new ColumnPanels(w.Rows, w.Columns, panels, roundsUp);
            weightPanels.CopyFrom(w);
            logitPanels = ColumnPanels.Like(weightPanels, x.Rows, null);
            return new DeltaRuleTask
            {
                Parents = x,
                Children = y,
                Weights = w,
                Panels = weightPanels,
                Bias = b.Row(0),
                Logits = logits,
                LogitPanels = logitPanels,
                BiasGradient = biasGradient,
                Target = w,
                Scale = scale,
            };
        }

        public DeltaRuleTask TaskWith(Layer weights) => new()
        {
            Parents = x,
            Children = y,
            Weights = weights.w,
            Bias = b.Row(0),
            Logits = logits,
            BiasGradient = biasGradient,
            Target = gradient,
            Scale = null,
        };

        public float[] Results()
        {
            weightPanels?.CopyTo(w);
            logitPanels?.CopyTo(logits);
            return [.. x.Columns == 0 ? [] : logits.Flat, .. biasGradient.Flat, .. gradient.Flat, .. w.Flat];
        }
    }
}
