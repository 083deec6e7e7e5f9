using DreamViz.Engine.Kernels;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Products whose weights lie in panels, also in more panels than they have lines.</summary>
public class PanelProductTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(3, 2)]
    public void Logits_and_gradients_have_the_bits_of_undivided_ones(int threads, int count)
    {
        using WorkerTeam team = new(threads);
        foreach ((int rows, int parents, int units) in new[] { (100, 784, 200), (100, 2000, 9), (500, 200, 17), (3, 40, 784) })
        {
            foreach (bool roundsUp in new[] { false, true })
            {
                BitMatrix x = Some.Bits(rows, parents, 1, 0.175, 0.5);
                Matrix w = Some.Matrix(parents, units, 2), errors = Some.Matrix(rows, units, 3);
                float[] bias = Some.Floats(units, 4);
                ColumnPanels panels = new(parents, units, count, roundsUp);
                panels.CopyFrom(w);
                Matrix expected = new(0, 0), actual = new(0, 0), climbed = new(parents, units);
                BinaryAffine.Compute(x, w, bias, expected, WorkerTeam.Single);
                BinaryAffine.Compute(x, w, panels, bias, actual, team);
                Assert.Equal(expected.Flat.ToArray(), actual.Flat.ToArray());

                BinaryOuterProduct.Accumulate(x, errors, w, panels, team, 0.5f);
                BinaryOuterProduct.Accumulate(x, errors, w, WorkerTeam.Single, 0.5f);
                panels.CopyTo(climbed);
                Assert.Equal(w.Flat.ToArray(), climbed.Flat.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(3, 8)]
    public void Samples_have_the_bits_of_undivided_ones_wherever_their_logits_go(int threads, int count)
    {
        using WorkerTeam team = new(threads);
        StreamKey key = new(5, StreamPurpose.Sleep, 6, 1);
        foreach ((int rows, int parents, int units) in new[] { (100, 200, 784), (33, 784, 200), (100, 200, 9), (16, 30, 24), (1, 40, 129) })
        {
            BitMatrix x = Some.Bits(rows, parents, 1, 0.5), expected = new(0, 0), actual = Some.Bits(3, 700, 7, 0.5);
            Matrix w = Some.Matrix(parents, units, 2), logits = new(0, 0), written = new(rows, units);
            float[] bias = Some.Floats(units, 4);
            ColumnPanels panels = new(parents, units, count, roundsUp: true);
            panels.CopyFrom(w);
            BinaryAffine.Compute(x, w, bias, logits, WorkerTeam.Single);
            BernoulliSampling.Sample(logits, key, expected, WorkerTeam.Single);
            foreach (ColumnPanels? logitPanels in new[] { null, ColumnPanels.Like(panels, rows, null) })
            {
                written.Clear();
                SampledAffine.Sample(x, w, panels, bias, written, logitPanels, key, actual, team);
                logitPanels?.CopyTo(written);
                Assert.Equal(logits.Flat.ToArray(), written.Flat.ToArray());
                Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
                Assert.Equal(expected.Words.ToArray(), actual.Words.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Gradients_that_threads_share_by_rows_are_those_of_one_thread(int threads)
    {
        using WorkerTeam team = new(threads);
        foreach ((int rows, int parents, int units) in new[] { (100, 784, 200), (20, 600, 9), (100, 200, 784), (130, 63, 784) })
        {
            BitMatrix x = Some.Bits(rows, parents, 1, 0.175, 0.5);
            Matrix errors = Some.Matrix(rows, units, 3), expected = Some.Matrix(parents, units, 4), actual = Some.Matrix(parents, units, 4);
            BinaryOuterProduct.Accumulate(x, errors, expected, WorkerTeam.Single, 0.5f);
            BinaryOuterProduct.Accumulate(x, errors, actual, team, 0.5f);
            Assert.Equal(expected.Flat.ToArray(), actual.Flat.ToArray());
        }
    }
}
