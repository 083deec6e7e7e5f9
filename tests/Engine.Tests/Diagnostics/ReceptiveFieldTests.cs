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

    private static double[][] Pushes(int layer)
    {
        Matrix pushes = new(0, 0);
        Machine.GenerativePushes(layer, pushes);
        return [.. Enumerable.Range(0, pushes.Rows).Select(r => pushes.Row(r).ToArray().Select(v => (double)v).ToArray())];
    }
}
