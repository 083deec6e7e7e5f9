using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Diagnostics;

public class IndependentFloorTests
{
    [Fact]
    public void It_is_the_mean_log_probability_of_every_held_out_bit()
    {
        Dataset bars = DataCatalog.Open("bars:4");
        Examples heldOut = HeldOut.Of(bars);
        double[] means = new double[bars.Units];
        bars.Training.Means(means);
        BitMatrix bits = new(0, 0);
        heldOut.Read([.. Enumerable.Range(0, heldOut.Count)], 0, 0, bits);
        double sum = 0;
        for (int n = 0; n < heldOut.Count; n++)
            for (int i = 0; i < bars.Units; i++)
            {
                double p = (means[i] * bars.Training.Count + 1) / (bars.Training.Count + 2);
                sum += Math.Log(bits[n, i] ? p : 1 - p);
            }

        Assert.Equal(sum / heldOut.Count, IndependentFloor.Compute(bars.Training, heldOut, bars.Units), 1e-9);
    }

    [Fact]
    public void On_the_handwritten_digits_it_is_the_known_figure()
    {
        Dataset digits = DataCatalog.Open("digits");
        Assert.Equal(-24.58, IndependentFloor.Compute(digits.Training, HeldOut.Of(digits), digits.Units), 0.03);
    }

    [Fact]
    public void A_unit_that_was_never_on_costs_something_but_not_everything()
    {
        double floor = IndependentFloor.Compute(new TenEqualExamples(false), new TenEqualExamples(true), 1);
        Assert.Equal(Math.Log(1.0 / 12), floor, 1e-12);
    }

    private sealed class TenEqualExamples(bool on) : Examples
    {
        public override int Count => 10;

        public override bool ChangesWithEpoch => false;

        public override void Read(ReadOnlySpan<int> indices, ulong seed, long epoch, BitMatrix destination) =>
            throw new NotSupportedException();

        public override void Means(Span<double> destination) => destination.Fill(on ? 1 : 0);
    }
}
