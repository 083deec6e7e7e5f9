using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Training;

namespace DreamViz.Engine.Tests.Diagnostics;

public class ReceptiveFieldTests
{
    private static readonly HelmholtzMachine Machine =
        SmallRuns.Trainer(model: new ModelSettings { LatentLayers = [12, 6, 4], WeightDeviation = 1 }).Machine;

    [Fact]
    public void In_the_lowest_latent_layer_it_is_the_unit_s_own_weights()
    {
        Matrix weights = new(0, 0);
        Machine.GenerativePushes(0, weights);
        ReceptiveField field = new();
        for (int unit = 0; unit < 12; unit++)
            Assert.Equal(weights.Row(unit).ToArray(), field.Compute(Machine, 1, unit).ToArray());
    }

    [Fact]
    public void Further_up_it_is_the_slope_of_the_visible_logits_with_the_layers_between_at_one_half()
    {
        double[][][] pushes = [.. Enumerable.Range(0, 3).Select(Pushes)];
        ReceptiveField field = new();
        for (int unit = 0; unit < 4; unit++)
        {
            float[] actual = field.Compute(Machine, 3, unit).ToArray();
            Assert.Equal(16, actual.Length);
            for (int i = 0; i < 16; i++)
            {
                double expected = 0;
                for (int j = 0; j < 6; j++)
                    for (int k = 0; k < 12; k++)
                        expected += pushes[2][unit][j] * pushes[1][j][k] * pushes[0][k][i] / 16;
                Assert.Equal(expected, actual[i], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Of_a_real_valued_unit_it_is_what_the_visible_logits_do_when_the_unit_rises(int hidden)
    {
        HelmholtzMachine machine = SmallRuns.Trainer(model: new ModelSettings
        {
            LatentLayers = [12],
            GaussianLatents = 2,
            HiddenLayers = hidden > 0 ? [hidden] : [],
            WeightDeviation = 1,
        }).Machine;
        float[] field = new ReceptiveField().ComputeGaussian(machine, 1).ToArray();
        double[] expected = [.. Logits(1).Zip(Logits(-1), (above, below) => above - below)];
        for (int i = 0; i < 16; i++) Assert.Equal(expected[i], field[i], 1e-4);

        // By the definition, bits at one half.
        double[] Logits(double value)
        {
            double[] first = Affine(hidden > 0 ? "generative.0.hidden.0" : "generative.0", [.. Enumerable.Repeat(0.5, 12)]);
            Matrix v = machine.Parameters.Single(parameter => parameter.Name == "generative.0.gaussian").Value;
            for (int d = 0; d < first.Length; d++) first[d] += value * v[1, d];
            return hidden > 0 ? Affine("generative.0", [.. first.Select(Math.Tanh)]) : first;
        }

        double[] Affine(string name, double[] x)
        {
            Matrix weights = machine.Parameters.Single(parameter => parameter.Name == $"{name}.weights").Value;
            Matrix biases = machine.Parameters.Single(parameter => parameter.Name == $"{name}.biases").Value;
            return [.. Enumerable.Range(0, weights.Columns).Select(d => biases[0, d] + x.Select((value, k) => value * weights[k, d]).Sum())];
        }
    }

    private static double[][] Pushes(int layer)
    {
        Matrix pushes = new(0, 0);
        Machine.GenerativePushes(layer, pushes);
        return [.. Enumerable.Range(0, pushes.Rows).Select(r => pushes.Row(r).ToArray().Select(v => (double)v).ToArray())];
    }
}
