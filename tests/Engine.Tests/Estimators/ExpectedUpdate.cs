using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Antithetic;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Tests.Models;

namespace DreamViz.Engine.Tests.Estimators;

/// <summary>Expected updates as finite sums: every outcome of the sampling goes through the estimator, weighted with its
/// probability.</summary>
internal sealed class ExpectedUpdate(HelmholtzMachine machine, int observedLabel = -1)
{
    /// <summary>What the update is held to: float arithmetic against differences in double, and double against double.</summary>
    public const double FloatTolerance = 5e-4, DoubleTolerance = 1e-6;

    private readonly ReferenceMachine reference = new(machine, observedLabel);

    /// <summary>Some data for the machine: three of its visible configurations.</summary>
    public List<double[]> Data { get; } = [.. new[] { 1, 3, 6 }.Select(new ReferenceMachine(machine).Visible)];

    public ReferenceMachine Reference => reference;

    /// <summary>The update of θ and λ that the estimator makes in the wake phase, by the code that trains.</summary>
    public (double[] Generative, double[] Recognition) Wake(Estimator estimator, int samples)
    {
        if (estimator.Scheme == SamplingScheme.Enumeration)
            return WakeOf(estimator, [.. Data.Select(x => reference.State(x, 0))], 1, Data.Select(_ => 1f / Data.Count));
        List<double[][]> states = [];
        List<float> weights = [];
        int rows = 0;
        foreach (double[] x in Data)
        {
            List<double[][]> latent = reference.LatentStates(x);
            foreach (Outcome outcome in Outcome.All(reference, x, Drawn(estimator.Scheme), samples))
            {
                states.AddRange(outcome.States.Select(i => latent[i]));
                weights.Add((float)(outcome.Probability / Data.Count));
                rows = outcome.States.Length;
            }
        }

        return WakeOf(estimator, states, rows, weights);
    }

    /// <summary>What is drawn, where the estimator flips it by itself.</summary>
    private static SamplingScheme Drawn(SamplingScheme scheme) =>
        scheme == SamplingScheme.Flips ? SamplingScheme.Independent : scheme;

    private (double[] Generative, double[] Recognition) WakeOf(
        Estimator estimator, List<double[][]> states, int samples, IEnumerable<float> weights)
    {
        estimator.AccumulateWake(machine, States.Fill(machine, states, samples, observedLabel), [.. weights], 1, WorkerTeam.Single);
        return (States.TakeGradient(machine.Generative.Parameters), States.TakeGradient(machine.Recognition.Parameters));
    }

    /// <summary>The same update in double: the estimator's weights on gradients of the reference.</summary>
    public (double[] Generative, double[] Recognition) WakeInDouble(Estimator estimator, int samples)
    {
        var sums = (Generative: Zeros(machine.Generative.Parameters), Recognition: Zeros(machine.Recognition.Parameters));
        foreach (double[] x in Data) AddInDouble(estimator, samples, x, sums.Generative, sums.Recognition);
        if (estimator.AddsExpectedTerms) AddScaled(ExpectedTermsGradient(), 1, sums.Recognition);
        return sums;
    }

    /// <summary>The update of λ in float when whole batches of the first two data are drawn, each with a call of its own.
    /// </summary>
    public double[] RecognitionOfBatches(Estimator estimator, int samples)
    {
        double[] sum = Zeros(machine.Recognition.Parameters);
        List<double[][]>[] latent = [.. Data.Take(2).Select(reference.LatentStates)];
        foreach (int[] tuple in ReferenceMachine.Tuples(latent[0].Count, 2 * samples))
        {
            List<double[][]> states = [.. tuple.Select((number, r) => latent[r / samples][number])];
            double probability = Math.Exp(states.Sum(state => reference.LogRecognition(state)));
            MachineSample sample = States.Fill(machine, states, samples, observedLabel);
            estimator.AccumulateWake(machine, sample, [0.5f, 0.5f], 1, WorkerTeam.Single);
            AddScaled(States.TakeGradient(machine.Recognition.Parameters), probability, sum);
            States.TakeGradient(machine.Generative.Parameters);
        }

        return sum;
    }

    /// <summary>The exact gradient by λ of the mean over the first two data of f.</summary>
    public double[] RecognitionGradientOfBatches(Func<double[], double> f) =>
        reference.Gradient(machine.Recognition.Parameters, () => Data.Take(2).Average(f));

    /// <summary>Divides every recognition layer's part of a gradient by the estimator's divisor of that layer.</summary>
    public double[] Divided(double[] gradient, Estimator estimator)
    {
        List<double> divided = [];
        for (int l = 0; l < machine.Recognition.Layers.Count; l++)
        {
            int count = machine.Recognition.Layers[l].Parameters.Sum(p => p.Value.Rows * p.Value.Columns);
            divided.AddRange(gradient.Skip(divided.Count).Take(count).Select(g => g / estimator.Divisor(l)).ToArray());
        }

        return [.. divided];
    }

    /// <summary>The update of λ that the estimator makes in the sleep phase, by the code that trains.</summary>
    public double[] Sleep(Estimator estimator)
    {
        List<double[][]> states = reference.AllStates();
        float[] p = [.. states.Select(state => (float)reference.Probability(state))];
        estimator.AccumulateSleep(machine, States.Fill(machine, states), p, 1, WorkerTeam.Single);
        return States.TakeGradient(machine.Recognition.Parameters);
    }

    /// <summary>The exact gradient by θ of the mean over the data of f.</summary>
    public double[] GenerativeGradient(Func<double[], double> f) =>
        reference.Gradient(machine.Generative.Parameters, () => Data.Average(f));

    /// <summary>The exact gradient by λ of the mean over the data of f.</summary>
    public double[] RecognitionGradient(Func<double[], double> f) =>
        reference.Gradient(machine.Recognition.Parameters, () => Data.Average(f));

    /// <summary>∇λ E_p(x̃,z)[log q(z | x̃)], p fixed.</summary>
    public double[] SleepObjectiveGradient()
    {
        List<double[][]> states = reference.AllStates();
        double[] p = [.. states.Select(reference.Probability)];
        return reference.Gradient(machine.Recognition.Parameters,
            () => states.Select((state, i) => p[i] * reference.LogRecognition(state)).Sum());
    }

    /// <summary>∇λ of the mean over data of E_p(z|x)[log q(z | x)], the posterior fixed.</summary>
    public double[] InclusiveKlGradient()
    {
        double[][] posteriors = [.. Data.Select(x => reference.LatentStates(x)
            .Select(state => Math.Exp(reference.LogJoint(state) - reference.LogLikelihood(x))).ToArray())];
        return reference.Gradient(machine.Recognition.Parameters, () => Data.Select((x, n) => reference.LatentStates(x)
            .Select((state, i) => posteriors[n][i] * reference.LogRecognition(state)).Sum()).Average());
    }

    /// <summary>∇λ of the mean over data of E_q(z|x)[Σ_l e_l(z_{l−1})], q fixed.</summary>
    private double[] ExpectedTermsGradient()
    {
        double[][] q = [.. Data.Select(x => reference.LatentStates(x).Select(state => Math.Exp(reference.LogRecognition(state))).ToArray())];
        return RecognitionGradient(x => reference.LatentStates(x).Select((state, i) =>
            q[Data.IndexOf(x)][i] * Enumerable.Range(0, machine.LayerSizes.Count - 1).Sum(l => reference.Expected(state, l))).Sum());
    }

    private void AddInDouble(Estimator estimator, int samples, double[] x, double[] generative, double[] recognition)
    {
        List<double[][]> latent = reference.LatentStates(x);
        List<Outcome> outcomes = Outcome.All(reference, x, estimator.Scheme, samples);
        RowWeights weights = Weigh(estimator, latent, outcomes);
        double[] ofP = new double[latent.Count];
        double[][][] ofLogits = [.. latent.Select(_ => Sizes(1).Select(units => new double[units]).ToArray())];
        for (int r = 0; r < weights.Rows; r++)
        {
            Outcome outcome = outcomes[r / outcomes[0].States.Length];
            int k = r % outcome.States.Length;
            double share = outcome.Probability / Data.Count;
            ofP[outcome.States[k]] += share * weights.Generative[r];
            for (int l = 0; l < ofLogits[0].Length; l++)
            {
                AddScaled(Scores(estimator.Scheme, latent, outcome, k, l), share * weights.Recognition(l)[r], ofLogits[outcome.States[k]][l]);
                if (estimator.UnitSignals(l) is { } signals)
                    AddScaled(OwnScores(latent[outcome.States[k]], l, signals.Row(r)), share / outcome.States.Length / estimator.Divisor(l), ofLogits[outcome.States[k]][l]);
                if (estimator.Slopes(l) is { } slopes)
                    AddScaled(Paths(latent[outcome.States[k]], l, slopes.Row(r)), share / outcome.States.Length, ofLogits[outcome.States[k]][l]);
            }
        }

        AddScaled(reference.Gradient(machine.Generative.Parameters,
            () => latent.Select((state, i) => ofP[i] * reference.LogJoint(state)).Sum()), 1, generative);
        AddScaled(reference.Gradient(machine.Recognition.Parameters, () => latent.Select((state, i) => ofLogits[i]
            .Select((scores, l) => scores.Zip(reference.RecognitionLogits(state, l), (s, a) => s * a).Sum()).Sum()).Sum()), 1, recognition);
    }

    /// <summary>What the weight of one row multiplies, by the logits of one recognition layer: z − σ(η), the score of an
    /// antithetic pair at the draw's row, or of a flipped unit ±1, minus where the flip is on; of a label 1.</summary>
    public double[] Scores(SamplingScheme scheme, List<double[][]> latent, Outcome outcome, int k, int layer)
    {
        double[][] state = latent[outcome.States[k]];
        double[] logits = reference.RecognitionLogits(state, layer);
        if (scheme == SamplingScheme.Flips)
            return [.. logits.Select((_, i) => (layer, i) == Flipped(k) ? (!IsOfLabel(layer, i) && state[layer + 1][i] != 0 ? -1.0 : 1.0) : 0)];
        if (scheme != SamplingScheme.AntitheticBranches)
            return reference.RecognitionScores(state, layer);
        double[][] opposite = latent[outcome.States[layer + 1]];
        return [.. logits.Select((a, i) => DisArm.Score(state[layer + 1][i] != 0, opposite[layer + 1][i] != 0, a))];
    }

    /// <summary>The recognition layer and the unit that row k of a group has flipped; −1 of the draw.</summary>
    private (int Layer, int Unit) Flipped(int k)
    {
        int layer = 0, unit = k - 1;
        while (unit >= 0 && unit >= machine.LayerSizes[layer + 1]) unit -= machine.LayerSizes[++layer];
        return unit < 0 ? (-1, -1) : (layer, unit);
    }

    private bool IsOfLabel(int layer, int unit) => layer == machine.LayerSizes.Count - 2 && unit < machine.Settings.Classes;

    /// <summary>u (z − σ(η)), η the logits of one recognition layer; of a label, u (1[y] − softmax(η)).</summary>
    public double[] OwnScores(double[][] state, int layer, ReadOnlySpan<float> signals)
    {
        double[] scores = reference.RecognitionScores(state, layer);
        for (int i = 0; i < scores.Length; i++) scores[i] *= signals[i];
        return scores;
    }

    /// <summary>d σ(η)(1 − σ(η)), η the logits of one recognition layer; of a label q_c (d_c − Σ_k q_k d_k), 0 of one that was observed.
    /// </summary>
    public double[] Paths(double[][] state, int layer, ReadOnlySpan<float> slopes)
    {
        double[] paths = reference.RecognitionLogits(state, layer);
        int classes = IsOfLabel(layer, 0) ? machine.Settings.Classes : 0;
        double[] q = classes == 0 ? [] : [.. paths.Take(classes).Select(a => Math.Exp(a - ReferenceMachine.LogSum(paths.Take(classes))))];
        double mean = 0;
        for (int c = 0; c < classes; c++) mean += q[c] * slopes[c];
        for (int i = 0; i < paths.Length; i++)
        {
            if (i < classes) paths[i] = observedLabel >= 0 ? 0 : q[i] * (slopes[i] - mean);
            else paths[i] = slopes[i] / (2 + Math.Exp(paths[i]) + Math.Exp(-paths[i]));
        }

        return paths;
    }

    private IEnumerable<int> Sizes(int from) => machine.LayerSizes.Skip(from);

    /// <summary>The estimator's weights of all outcomes at once, from log-probabilities in double.</summary>
    public RowWeights Weigh(Estimator estimator, List<double[][]> latent, List<Outcome> outcomes)
    {
        var (terms, weights) = (new LogTerms(), new RowWeights());
        int layers = machine.LayerSizes.Count - 1, samples = outcomes[0].States.Length;
        List<double[][]> rows = [.. outcomes.SelectMany(outcome => outcome.States.Select(i => latent[i]))];
        terms.Reshape(layers, rows.Count, samples);
        weights.Reshape(layers, rows.Count);
        for (int r = 0; r < rows.Count; r++)
        {
            for (int l = 0; l <= layers; l++) terms.Generative(l)[r] = reference.LogGenerative(rows[r], l);
            terms.Lengths[r] = Length(rows[r]);
            for (int l = 0; l < layers; l++)
                (terms.Recognition(l)[r], terms.Expected(l)[r]) = (reference.LogRecognition(rows[r], l), reference.Expected(rows[r], l));
        }

        for (int r = 0; r < rows.Count && estimator.Scheme == SamplingScheme.Flips; r++)
        {
            if (Flipped(r % samples) is not ( >= 0 and int l, var unit)) continue;
            double[] logits = reference.RecognitionLogits(rows[r], l), drawn = rows[r - r % samples][l + 1];
            terms.DrawnLogits[r] = !IsOfLabel(l, unit) ? (drawn[unit] != 0 ? logits[unit] : -logits[unit])
                : observedLabel >= 0 && drawn[unit] == 0 ? double.PositiveInfinity
                : logits[Array.IndexOf(drawn, 1)] - logits[unit];
        }

        estimator.Predict(States.Fill(machine, rows, samples, observedLabel), terms, WorkerTeam.Single);
        estimator.Weigh(terms, weights);
        return weights;
    }

    /// <summary>N of documents, 1 of other examples.</summary>
    public double Length(double[][] state) => machine.Settings.DocumentLengths.Count > 0 ? state[0].Sum() : 1;

    private static void AddScaled(double[] x, double scale, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += scale * x[i];
    }

    private static double[] Zeros(IReadOnlyList<Parameter> parameters) =>
        new double[parameters.Sum(parameter => parameter.Value.Rows * parameter.Value.Columns)];
}
