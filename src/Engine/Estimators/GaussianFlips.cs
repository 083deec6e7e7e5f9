using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Estimators;

/// <summary>What a flip in the layer below real-valued units g = μ + σε changes with ε held: log p(z_{L−1} | z_L, g), because the flip is one
/// of its children and moves g, and −KL(q(g | z_{L−1}) ‖ p(g)). Each flip is a pass of the top conditional and of g's recognition.</summary>
/// <param name="machine">With more than one latent layer.</param>
internal sealed class GaussianFlips(HelmholtzMachine machine)
{
    private readonly ConditionalLayer conditional = machine.Generative.Layers[^2];
    private readonly GaussianLayer recognition = machine.Recognition.Gaussian!;
    private readonly GaussianSample gaussian = new(machine.Recognition.Gaussian!);
    private readonly FlipRoom room = new(machine.Generative.Layers[^2]);

    /// <summary>[draws, H_{L−1}] of log p(z_{L−1} | z_L, g), in nats.</summary>
    public Matrix Conditional { get; } = new(0, 0);

    /// <summary>[draws, H_{L−1}] of −KL(q(g | z_{L−1}) ‖ p(g)), in nats.</summary>
    public Matrix Divergence { get; } = new(0, 0);

    /// <summary>Overwrites both.</summary>
    /// <param name="draws">With both networks' logits.</param>
    /// <param name="team">Who computes.</param>
    public void Compute(MachineSample draws, WorkerTeam team)
    {
        Conditional.Reshape(draws.Rows, conditional.Units);
        Divergence.Reshape(draws.Rows, conditional.Units);
        int atOnce = Math.Max(1, FlipRoom.Rows / (1 + conditional.Units));
        for (int first = 0; first < draws.Rows; first += atOnce) Compute(draws, first, Math.Min(atOnce, draws.Rows - first), team);
    }

    private void Compute(MachineSample draws, int first, int count, WorkerTeam team)
    {
        int each = 1 + conditional.Units, below = draws.LayerSizes.Count - 2;
        room.FlipEach(draws.Bits(below), first, count, room.Children);
        room.Drawn.CopyFrom(draws.Bits(below + 1), first, count);
        RowGroups.Repeat(room.Drawn, each, room.Parents);
        gaussian.Begin(count * each);
        gaussian.TakeNoise(draws.Gaussian!, first, 1, each);
        recognition.ComputeMoments(room.Children, 1, gaussian, team);
        gaussian.Place();
        room.Pass.GaussianParents = gaussian.Values;
        ReadOnlySpan<float> logs = room.LogProbabilities(team);
        for (int r = 0; r < count; r++)
        {
            double divergence = GaussianLayer.Divergence(gaussian, r * each);
            for (int i = 0; i < conditional.Units; i++)
            {
                int flip = r * each + 1 + i;
                Conditional[first + r, i] = logs[flip] - logs[r * each];
                Divergence[first + r, i] = (float)(divergence - GaussianLayer.Divergence(gaussian, flip));
            }
        }
    }
}
