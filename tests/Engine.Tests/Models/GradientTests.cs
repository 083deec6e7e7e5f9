using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Models;

public class GradientTests
{
    // Errors are rounded to 2⁻²⁴ of the sum of all weights, which is large beside a gradient where terms cancel.
    private const double RelativeTolerance = 3e-4;

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Log_probabilities_are_those_of_the_definition(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = reference.AllStates();
        MachineSample sample = States.Fill(machine, states);
        (float[] p, float[] q) = (new float[states.Count], new float[states.Count]);
        machine.Generative.AccumulateLogProbability(sample, p, WorkerTeam.Single);
        machine.Recognition.AccumulateLogProbability(sample, q, WorkerTeam.Single);
        for (int r = 0; r < states.Count; r++)
        {
            Assert.Equal(reference.LogJoint(states[r]), p[r], 1e-5);
            Assert.Equal(reference.LogRecognition(states[r]), q[r], 1e-5);
        }
    }

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void The_probabilities_of_all_states_sum_to_one(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = reference.AllStates();
        float[] logs = LogProbabilities(machine.Generative.AccumulateLogProbability, machine, states);
        Assert.Equal(1, states.Zip(logs, (state, log) => reference.Ways(state) * Math.Exp(log)).Sum(), 1e-5);
        double[] visible = reference.Visible(5);
        logs = LogProbabilities(machine.Recognition.AccumulateLogProbability, machine, reference.LatentStates(visible));
        Assert.Equal(1, logs.Sum(log => Math.Exp(log)), 1e-5);
    }

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Every_generative_parameter_has_the_gradient_of_the_central_difference(string description) =>
        CheckEveryParameter(description, machine => machine.Generative.Parameters,
            (machine, sample, weights) => machine.Generative.AccumulateGradient(sample, weights, WorkerTeam.Single),
            (reference, state) => reference.LogJoint(state));

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Every_recognition_parameter_has_the_gradient_of_the_central_difference(string description) =>
        CheckEveryParameter(description, machine => machine.Recognition.Parameters,
            (machine, sample, weights) => machine.Recognition.AccumulateGradient(sample, weights, WorkerTeam.Single),
            (reference, state) => reference.LogRecognition(state));

    [Theory]
    [ClassData(typeof(AnyTinyMachine))]
    public void Sharing_the_first_layer_over_samples_changes_no_gradient(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = [.. reference.AllStates()];
        float[] weights = Weights(states.Count);
        machine.Recognition.AccumulateGradient(States.Fill(machine, states), weights, WorkerTeam.Single);
        double[] apart = States.TakeGradient(machine.Recognition.Parameters);
        machine.Recognition.AccumulateGradient(States.Fill(machine, states, 2), weights, WorkerTeam.Single);
        double[] shared = States.TakeGradient(machine.Recognition.Parameters);
        Assert.True(States.RelativeError(shared, apart) < RelativeTolerance);
    }

    private static void CheckEveryParameter(string description,
        Func<HelmholtzMachine, IReadOnlyList<Parameter>> parametersOf,
        Action<HelmholtzMachine, MachineSample, float[]> accumulate,
        Func<ReferenceMachine, double[][], double> logProbability)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        var reference = new ReferenceMachine(machine);
        List<double[][]> states = reference.AllStates();
        float[] weights = Weights(states.Count);
        accumulate(machine, States.Fill(machine, states), weights);
        foreach (Parameter parameter in parametersOf(machine))
        {
            double[] expected = reference.Gradient([parameter],
                () => states.Select((state, r) => weights[r] * logProbability(reference, state)).Sum());
            if (parameter is { Name: "prior.siblings", Value.Rows: 1 })
            {
                Assert.Equal([0], States.TakeGradient([parameter]));
                continue;
            }

            double error = States.RelativeError(States.TakeGradient([parameter]), expected);
            Assert.True(error < RelativeTolerance, $"{parameter.Name}: relative error {error}");
        }
    }

    private delegate void LogProbability(MachineSample sample, Span<float> result, WorkerTeam team);

    private static float[] LogProbabilities(LogProbability accumulate, HelmholtzMachine machine, List<double[][]> states)
    {
        float[] logs = new float[states.Count];
        accumulate(States.Fill(machine, states), logs, WorkerTeam.Single);
        return logs;
    }

    private static float[] Weights(int count)
    {
        var weights = new float[count];
        new RandomStream(new StreamKey(3, StreamPurpose.Data)).FillNormal(weights, 1);
        return weights;
    }
}
