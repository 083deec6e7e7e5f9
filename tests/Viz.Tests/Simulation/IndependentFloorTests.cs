using DreamViz.Engine.Data;
using DreamViz.Engine.Numerics;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public sealed class IndependentFloorTests
{
    [Fact]
    public void The_floor_of_the_digits_is_the_known_one() =>
        Assert.Equal(-24.58, IndependentFloor.Compute(DataCatalog.Open("digits"))!.Value, 1.5e-1);

    [Fact]
    public void It_is_the_mean_log_probability_under_the_smoothed_shares_of_training()
    {
        // Training: unit 0 on in 3 of 4, unit 1 in none; smoothed (3 + 1)/6 and (0 + 1)/6.
        Dataset data = new()
        {
            Name = "two units",
            Width = 2,
            Height = 1,
            Training = new Table([1, 0], [1, 0], [1, 0], [0, 0]),
            Validation = new Table(),
            Test = new Table([1, 0], [0, 1]),
        };
        double first = Math.Log(4 / 6.0) + Math.Log(5 / 6.0), second = Math.Log(2 / 6.0) + Math.Log(1 / 6.0);
        Assert.Equal((first + second) / 2, IndependentFloor.Compute(data)!.Value, 12);
    }

    [Fact]
    public void There_is_none_where_nothing_is_held_out()
    {
        Dataset data = new() { Name = "", Width = 2, Height = 1, Training = new Table([1, 0]), Validation = new Table(), Test = new Table() };
        Assert.Null(IndependentFloor.Compute(data));
    }

    private sealed class Table(params byte[][] rows) : Examples
    {
        public override int Count => rows.Length;

        public override bool ChangesWithEpoch => false;

        public override void Read(ReadOnlySpan<int> indices, ulong seed, long epoch, BitMatrix destination)
        {
            destination.Reshape(indices.Length, 2);
            for (int r = 0; r < indices.Length; r++)
                for (int c = 0; c < 2; c++) destination[r, c] = rows[indices[r]][c] != 0;
        }

        public override void Means(Span<double> destination)
        {
            for (int c = 0; c < 2; c++) destination[c] = rows.Average(row => (double)row[c]);
        }
    }
}
