using DreamViz.Engine.Estimators;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Updates as they are drawn, by the code that trains: for estimators whose noise cannot be enumerated. Seeds are fixed, so
/// that a test passes always or never.</summary>
internal sealed class SampledUpdate
{
    /// <summary>No sound estimator is further from the exact gradient, in any parameter, than this many standard errors; with
    /// normal errors, one parameter in 1.7 million would be.</summary>
    public const double LargestSoundZ = 5;

    /// <summary>Draws from which means are taken: batches, and copies of each of the data in a batch.</summary>
    private const int Batches = 100, Copies = 80;

    private readonly HelmholtzMachine machine;
    private readonly MachineSample sample;
    private readonly BitMatrix examples;
    private readonly float[] weights;

    public SampledUpdate(HelmholtzMachine machine)
    {
        this.machine = machine;
        sample = new MachineSample(machine);
        examples = Examples(machine);
        weights = [.. Enumerable.Repeat(1f / examples.Rows, examples.Rows)];
    }

    /// <summary>The mean update of θ and of λ, with its error.</summary>
    /// <param name="estimator">Begun, and left as it is: it does not adapt.</param>
    /// <param name="samples">K.</param>
    public (Mean Generative, Mean Recognition) Wake(Estimator estimator, int samples)
    {
        (Mean generative, Mean recognition) = (new(Copies), new(Copies));
        for (int n = 0; n < Batches; n++)
        {
            (double[] ofGenerative, double[] ofRecognition) = Draw(estimator, samples, n);
            generative.Add(ofGenerative);
            recognition.Add(ofRecognition);
        }

        return (generative, recognition);
    }

    /// <summary>The update from batch number <paramref name="batch"/>.</summary>
    public (double[] Generative, double[] Recognition) Draw(Estimator estimator, int samples, int batch)
    {
        estimator.Sample(machine, sample, examples, samples, new StreamKey(17, StreamPurpose.Wake, batch), WorkerTeam.Single);
        machine.Generative.ComputeLogits(sample, WorkerTeam.Single);
        estimator.AccumulateWake(machine, sample, weights, 1, WorkerTeam.Single);
        return (States.TakeGradient(machine.Generative.Parameters), States.TakeGradient(machine.Recognition.Parameters));
    }

    private static BitMatrix Examples(HelmholtzMachine machine)
    {
        List<double[]> data = new ExpectedUpdate(machine).Data;
        return States.Examples(machine, [.. Enumerable.Range(0, Copies * data.Count).Select(r => data[r % data.Count])]);
    }

    /// <summary>The mean of drawn vectors, each itself a mean over all data of <paramref name="copies"/> draws.</summary>
    internal sealed class Mean(int copies)
    {
        private readonly List<double[]> draws = [];

        /// <summary>The sum over parameters of the variance of one draw for every datum.</summary>
        public double Variance => Enumerable.Range(0, draws[0].Length).Sum(VarianceOf) * copies;

        /// <summary>The mean.</summary>
        public double[] Value => [.. Enumerable.Range(0, draws[0].Length).Select(i => draws.Average(draw => draw[i]))];

        public void Add(double[] draw) => draws.Add(draw);

        /// <summary>The largest distance of an element from what it should be, in standard errors; elements that never vary must be
        /// right up to rounding.</summary>
        public double LargestZ(double[] exact) => Value.Select((mean, i) =>
        {
            double error = Math.Sqrt(VarianceOf(i) / draws.Count), distance = Math.Abs(mean - exact[i]);
            return distance <= 1e-5 * (1 + Math.Abs(exact[i])) ? 0 : distance / error;
        }).Max();

        private double VarianceOf(int element)
        {
            double mean = draws.Average(draw => draw[element]);
            return draws.Sum(draw => (draw[element] - mean) * (draw[element] - mean)) / (draws.Count - 1);
        }
    }
}
