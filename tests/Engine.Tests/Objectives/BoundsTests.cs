using DreamViz.Engine.Data;
using DreamViz.Engine.Data.Documents;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Tests.Models;
using DreamViz.Engine.Tests.Training;

namespace DreamViz.Engine.Tests.Objectives;

public class BoundsTests
{
    private static readonly int[] Numbers = [0, 1, 3, 5, 6];

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void The_elbo_is_below_the_importance_weighted_bound_and_that_below_the_exact(string description)
    {
        var reference = new ReferenceMachine(TinyMachines.Create(description));
        foreach (double[] x in Data(reference))
        {
            double exact = reference.LogLikelihood(x);
            double[] bounds = [reference.Elbo(x), .. new[] { 1, 2, 3 }.Select(k => reference.ImportanceWeighted(x, k))];
            Assert.Equal(bounds[0], bounds[1], 1e-10);
            Assert.True(bounds[1] < bounds[2] && bounds[2] < bounds[3] && bounds[3] < exact);
        }
    }

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Enumeration_gives_the_log_likelihood_of_the_definition(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        BoundEstimate exact = ExactLogLikelihood.Compute(machine, ExamplesOf(machine), 100, 1, WorkerTeam.Single);
        Assert.Equal(("exact", Numbers.Length), (exact.Name, exact.Examples));
        Assert.Equal(Data(reference).Average(reference.LogLikelihood), exact.Value, 1e-5);
    }

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Sampled_bounds_agree_with_their_finite_sums(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        BoundEstimate elbo = Bounds.Elbo(machine, ExamplesOf(machine), 100, 20_000, 1, WorkerTeam.Single);
        Assert.Equal(Data(reference).Average(reference.Elbo), elbo.Value, 0.03);

        int[] repeated = [.. Enumerable.Repeat(Numbers, 2_000).SelectMany(numbers => numbers)];
        Examples many = ExamplesOf(machine, repeated);
        BoundEstimate two = Bounds.ImportanceWeighted(machine, many, repeated.Length, 2, 1, WorkerTeam.Single);
        Assert.Equal(Data(reference).Average(x => reference.ImportanceWeighted(x, 2)), two.Value, 0.03);
    }

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Very_many_samples_close_the_gap_to_the_exact(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        BoundEstimate exact = ExactLogLikelihood.Compute(machine, ExamplesOf(machine), 100, 1, WorkerTeam.Single);
        BoundEstimate many = Bounds.ImportanceWeighted(machine, ExamplesOf(machine), 100, 20_000, 1, WorkerTeam.Single);
        Assert.Equal("IW-20000", many.Name);
        Assert.Equal(exact.Value, many.Value, 0.02);
    }

    [Fact]
    public void Bounds_do_not_depend_on_the_number_of_threads()
    {
        HelmholtzMachine machine = Untrained(64, 48, 24);
        using var team = new WorkerTeam(3);
        Examples examples = TinyData.Examples(64, [.. Enumerable.Range(0, 70)]);
        Assert.Equal(
            Bounds.Estimate(machine, examples, 70, 50, 3, WorkerTeam.Single),
            Bounds.Estimate(machine, examples, 70, 50, 3, team));
    }

    [Fact]
    public void The_first_examples_are_measured_when_fewer_are_wanted()
    {
        HelmholtzMachine machine = TinyMachines.Create("3-2");
        BoundEstimate first = ExactLogLikelihood.Compute(machine, ExamplesOf(machine), 2, 1, WorkerTeam.Single);
        Examples two = TinyData.Examples(3, Numbers[..2]);
        Assert.Equal(ExactLogLikelihood.Compute(machine, two, 100, 1, WorkerTeam.Single), first);
        Assert.Equal(2, Bounds.Elbo(machine, ExamplesOf(machine), 2, 1, 1, WorkerTeam.Single).Examples);
    }

    [Fact]
    public void Memory_stays_bounded_however_many_samples_there_are()
    {
        HelmholtzMachine machine = Untrained(784, 200, 200);
        Examples examples = TinyData.Examples(784, [.. Enumerable.Range(0, 30)]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Bounds.Estimate(machine, examples, 30, 500, 3, WorkerTeam.Single);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void More_latent_bits_than_can_be_enumerated_are_refused()
    {
        HelmholtzMachine machine = Untrained(4, 9, 8);
        Assert.Throws<InvalidInputException>(
            () => ExactLogLikelihood.Compute(machine, ExamplesOf(machine), 1, 1, WorkerTeam.Single));
    }

    [Fact]
    public void Sixteen_latent_bits_are_enumerated_and_a_deep_machine_agrees_with_very_many_samples()
    {
        HelmholtzMachine machine = Untrained(4, 9, 7);
        BoundEstimate exact = ExactLogLikelihood.Compute(machine, ExamplesOf(machine), 100, 1, WorkerTeam.Single);
        BoundEstimate many = Bounds.ImportanceWeighted(machine, ExamplesOf(machine), 100, 5_000, 1, WorkerTeam.Single);
        Assert.Equal(exact.Value, many.Value, 0.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Bounds.MaximumSamples + 1)]
    public void Senseless_numbers_of_samples_are_refused(int samples) => Assert.Throws<InvalidInputException>(
        () => Bounds.Elbo(Untrained(3, 2), TinyData.Examples(3, [1]), 1, samples, 1, WorkerTeam.Single));

    [Fact]
    public void No_examples_are_refused() => Assert.Throws<InvalidInputException>(
        () => Bounds.Elbo(Untrained(3, 2), TinyData.Examples(3, []), 1, 1, 1, WorkerTeam.Single));

    private static HelmholtzMachine Untrained(int visible, params int[] latent) =>
        new(new double[visible], new ModelSettings { LatentLayers = latent }, visible, 1);

    private static Examples ExamplesOf(HelmholtzMachine machine) => ExamplesOf(machine, Numbers);

    private static Examples ExamplesOf(HelmholtzMachine machine, int[] numbers)
    {
        BitMatrix bits = States.Examples(machine, [.. numbers.Select(new ReferenceMachine(machine).Visible)]);
        return bits.Counts is { } documents ? new DocumentExamples(documents) : new BitExamples(bits);
    }

    private static List<double[]> Data(ReferenceMachine reference) => [.. Numbers.Select(reference.Visible)];
}
