using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Models;

public class HelmholtzMachineTests
{
    [Fact]
    public void Layers_and_parameters_have_the_shapes_that_the_settings_ask_for()
    {
        HelmholtzMachine machine = Create(64, new ModelSettings { LatentLayers = [32, 16] });
        Assert.Equal([64, 32, 16], machine.LayerSizes);
        Assert.Equal(
            ["generative.0.weights 32×64", "generative.0.biases 1×64", "generative.1.weights 16×32", "generative.1.biases 1×32",
                "prior.biases 1×16", "recognition.0.weights 64×32", "recognition.0.biases 1×32",
                "recognition.1.weights 32×16", "recognition.1.biases 1×16"],
            machine.Parameters.Select(p => $"{p.Name} {p.Value.Rows}×{p.Value.Columns}"));
    }

    [Fact]
    public void Learning_starts_at_the_logits_of_the_data_and_at_the_given_biases()
    {
        double[] means = [0, 0.25, 0.5, 1];
        var machine = new HelmholtzMachine(means, new ModelSettings { LatentLayers = [3, 2], LatentBias = -1 }, 4, 1);
        Parameter visible = Named(machine, "generative.0.biases");
        Assert.Equal(Math.Log(0.001 / 0.999), visible.Value[0, 0], 1e-5);
        Assert.Equal(-Math.Log(3), visible.Value[0, 1], 1e-6);
        Assert.Equal(0, visible.Value[0, 2]);
        Assert.Equal(-visible.Value[0, 0], visible.Value[0, 3], 1e-5);
        foreach (string name in new[] { "generative.1", "prior", "recognition.0", "recognition.1" })
            foreach (float bias in Named(machine, $"{name}.biases").Value.Row(0)) Assert.Equal(-1, bias);
    }

    [Fact]
    public void A_fixed_visible_bias_wins_over_the_data()
    {
        var machine = new HelmholtzMachine([], new ModelSettings { VisibleBias = -4 }, 64, 1);
        foreach (float bias in Named(machine, "generative.0.biases").Value.Row(0)) Assert.Equal(-4, bias);
    }

    [Fact]
    public void Weights_start_from_the_seed_with_the_deviation_of_the_settings()
    {
        HelmholtzMachine one = Create(100, new ModelSettings { LatentLayers = [100], WeightDeviation = 0.2 }, 1);
        HelmholtzMachine same = Create(100, new ModelSettings { LatentLayers = [100], WeightDeviation = 0.2 }, 1);
        HelmholtzMachine other = Create(100, new ModelSettings { LatentLayers = [100], WeightDeviation = 0.2 }, 2);
        Matrix weights = one.Parameters[0].Value;
        double squares = 0;
        for (int r = 0; r < 100; r++)
        {
            foreach (float w in weights.Row(r)) squares += w * w;
        }

        Assert.Equal(0.2, Math.Sqrt(squares / 10_000), 0.01);
        Assert.True(weights.Flat.SequenceEqual(same.Parameters[0].Value.Flat));
        Assert.False(weights.Flat.SequenceEqual(other.Parameters[0].Value.Flat));
    }

    [Fact]
    public void A_clone_is_equal_and_independent()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2-2 tanh 3");
        HelmholtzMachine clone = machine.Clone();
        for (int i = 0; i < machine.Parameters.Count; i++)
            Assert.True(machine.Parameters[i].Value.Flat.SequenceEqual(clone.Parameters[i].Value.Flat));
        clone.Parameters[0].Value[0, 0] += 1;
        Assert.NotEqual(clone.Parameters[0].Value[0, 0], machine.Parameters[0].Value[0, 0]);
        machine.CopyFrom(clone);
        Assert.Equal(clone.Parameters[0].Value[0, 0], machine.Parameters[0].Value[0, 0]);
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3-2-2")]
    [InlineData("4-2-2")]
    public void Parameters_of_another_shape_are_not_copied(string other) => Assert.Throws<ArgumentException>(
        () => TinyMachines.Create("4-2").CopyFrom(TinyMachines.Create(other)));

    [Theory]
    [ClassData(typeof(TinyMachines))]
    public void Pushes_are_the_changes_of_logits_when_one_unit_turns_on(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        var pushes = new Matrix(0, 0);
        for (int l = 0; l + 1 < machine.LayerSizes.Count; l++)
        {
            (int below, int above) = (machine.LayerSizes[l], machine.LayerSizes[l + 1]);
            machine.GenerativePushes(l, pushes);
            Same(reference.Pushes($"generative.{l}", above, below), pushes);
            machine.RecognitionPushes(l, pushes);
            Same(reference.Pushes($"recognition.{l}", below, above), pushes);
        }
    }

    [Theory]
    [InlineData(0, new[] { 4 }, new int[0])]
    [InlineData(-3, new[] { 4 }, new int[0])]
    [InlineData(4, new int[0], new int[0])]
    [InlineData(4, new[] { 4, 0 }, new int[0])]
    [InlineData(4, new[] { -1 }, new int[0])]
    [InlineData(4, new[] { 4 }, new[] { 0 })]
    [InlineData(4, new[] { int.MaxValue }, new int[0])]
    [InlineData(int.MaxValue, new[] { 4 }, new int[0])]
    [InlineData(65536, new[] { 65536 }, new int[0])]
    [InlineData(4, new[] { 60000 }, new[] { 60000, 60000 })]
    public void Shapes_that_no_machine_can_have_are_refused_in_one_line(int visible, int[] latent, int[] hidden)
    {
        var settings = new ModelSettings { LatentLayers = latent, HiddenLayers = hidden, VisibleBias = 0 };
        var refusal = Assert.Throws<InvalidInputException>(() => new HelmholtzMachine([], settings, visible, 1));
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Contains("expected", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, 0.0, 0.0)]
    [InlineData(-1.0, 0.0, 0.0)]
    [InlineData(0.1, double.PositiveInfinity, 0.0)]
    [InlineData(0.1, 0.0, double.NaN)]
    public void Starts_that_are_no_numbers_are_refused(double deviation, double visibleBias, double latentBias)
    {
        var settings = new ModelSettings { WeightDeviation = deviation, VisibleBias = visibleBias, LatentBias = latentBias };
        Assert.Throws<InvalidInputException>(() => new HelmholtzMachine([], settings, 4, 1));
    }

    [Fact]
    public void Means_that_do_not_fit_the_visible_units_are_refused()
    {
        Assert.Throws<InvalidInputException>(() => new HelmholtzMachine(new double[3], new ModelSettings(), 4, 1));
        Assert.Throws<InvalidInputException>(
            () => new HelmholtzMachine([0, double.NaN, 0, 0], new ModelSettings(), 4, 1));
    }

    private static HelmholtzMachine Create(int visible, ModelSettings settings, ulong seed = 1) =>
        new(new double[visible], settings, visible, seed);

    private static Parameter Named(HelmholtzMachine machine, string name) => machine.Parameters.Single(p => p.Name == name);

    private static void Same(double[,] expected, Matrix actual)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.Rows, actual.Columns));
        for (int r = 0; r < actual.Rows; r++)
        {
            for (int c = 0; c < actual.Columns; c++) Assert.Equal(expected[r, c], actual[r, c], 1e-5);
        }
    }
}
