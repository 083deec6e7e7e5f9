using DreamViz.Engine.Models;

namespace DreamViz.Engine.Tests.Models;

/// <summary>log p(x, z) and log q(z | x) by their definitions, in double and one unit at a time, for a copy of a machine's
/// parameters; gradients by central differences. States are [layer][unit], the visible layer first, and may hold means
/// instead of bits.</summary>
internal sealed class ReferenceMachine
{
    private readonly HelmholtzMachine machine;
    private readonly Dictionary<string, double[,]> values;

    // Central differences ask millions of times: names are made and looked up once.
    private readonly Dictionary<string, Conditional> conditionals;
    private readonly string[] generativeNames, recognitionNames;

    public ReferenceMachine(HelmholtzMachine machine, int observedLabel = -1)
    {
        (this.machine, ObservedLabel) = (machine, observedLabel);
        values = machine.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
        {
            var copy = new double[parameter.Value.Rows, parameter.Value.Columns];
            for (int r = 0; r < parameter.Value.Rows; r++)
            {
                for (int c = 0; c < parameter.Value.Columns; c++) copy[r, c] = parameter.Value[r, c];
            }

            return copy;
        });
        int layers = machine.LayerSizes.Count - 1;
        generativeNames = [.. Enumerable.Range(0, layers).Select(l => $"generative.{l}"), "prior"];
        recognitionNames = [.. Enumerable.Range(0, layers).Select(l => $"recognition.{l}")];
        conditionals = generativeNames.Concat(recognitionNames).Append("recognition.gaussian").ToDictionary(name => name, Of);
    }

    /// <summary>g, the values of the real-valued units beside the top layer, which log p of the layer below sees.</summary>
    public double[] Gaussian { get; set; } = [];

    public IReadOnlyList<int> Sizes => machine.LayerSizes;

    public int LatentBits => Sizes.Skip(1).Sum();

    public int Classes => machine.Settings.Classes;

    /// <summary>The label given with every example, or −1: then recognition is q(z | x, y) of that label.</summary>
    public int ObservedLabel { get; set; }

    /// <summary>Every state with these visible units, by number, the lowest layer's units being the lowest bits; of a label,
    /// only those with exactly one bit on, and only the observed one where there is one.</summary>
    public List<double[][]> LatentStates(double[] visible) =>
        [.. Enumerable.Range(0, 1 << LatentBits).Select(number => State(visible, number)).Where(IsPossible)];

    /// <summary>Whether visible units are words, and their states counts.</summary>
    public bool ReadsDocuments => machine.Settings.DocumentLengths.Count > 0;

    /// <summary>Every state of all layers.</summary>
    public List<double[][]> AllStates() => [.. AllVisible().SelectMany(LatentStates)];

    /// <summary>Some visible state: the number's bits; of documents, words 1, 3, … occur twice, and that of number 0 has the first
    /// word three times.</summary>
    public double[] Visible(int number)
    {
        double[] bits = Bits(number, Sizes[0]);
        if (!ReadsDocuments) return bits;
        return number == 0 ? [3, .. bits[1..]] : [.. bits.Select((bit, i) => bit * (1 + i % 2))];
    }

    /// <summary>p(x, z), x the document as a bag of words: every order of its words, and the chance of its length.</summary>
    public double Probability(double[][] state) => Math.Exp(LogJoint(state)) * Ways(state);

    /// <summary>In how many orders a document's words may come, times P(N); 1 for bits.</summary>
    public double Ways(double[][] state) => ReadsDocuments ? Ways(state[0]) : 1;

    public double LogJoint(double[][] state) => Enumerable.Range(0, Sizes.Count).Sum(l => LogGenerative(state, l));

    public double LogRecognition(double[][] state) => Enumerable.Range(0, Sizes.Count - 1).Sum(l => LogRecognition(state, l));

    /// <summary>log p(z_l | z_{l+1}), z_0 = x; of the top layer, log p(z_L).</summary>
    public double LogGenerative(double[][] state, int layer)
    {
        if (layer == 0 && ReadsDocuments) return LogCategorical(state[0], Logits("generative.0", state[1]));
        string name = generativeNames[layer];
        double[] ownLogits = layer < Sizes.Count - 1 ? Logits(name, state[layer + 1]) : PriorLogits();
        double[] logits = WithSiblings(name, ownLogits, state[layer]);
        return LogLabel(state[layer], logits, layer) + LogBernoulli(Beside(state[layer], layer), Beside(logits, layer));
    }

    /// <summary>log q(z_{l+1} | z_l).</summary>
    public double LogRecognition(double[][] state, int index)
    {
        double[] units = state[index + 1], logits = RecognitionLogits(state, index);
        double label = ObservedLabel < 0 ? LogLabel(units, logits, index + 1) : 0;
        return label + LogBernoulli(Beside(units, index + 1), Beside(logits, index + 1));
    }

    /// <summary>log q(y | z_{L−1}) of the label in the state.</summary>
    public double LogLabel(double[][] state) => LogLabel(state[^1], RecognitionLogits(state, Sizes.Count - 2), Sizes.Count - 1);

    /// <summary>log p(y) of the label in the state.</summary>
    public double LogPriorLabel(double[][] state) => LogLabel(state[^1], PriorLogits(), Sizes.Count - 1);

    /// <summary>The logits of q(z_{l+1} | z_l), those of an autoregressive layer given the siblings before each unit, those beside a
    /// label given the label.</summary>
    public double[] RecognitionLogits(double[][] state, int index)
    {
        string name = recognitionNames[index];
        double[] logits = WithSiblings(name, Logits(name, state[index]), state[index + 1]);
        if (Labels(index + 1) == 0) return logits;
        double[,] siblings = values[$"{name}.labels"];
        double[] label = state[index + 1];
        return [.. logits.Select((a, i) => i < Classes ? a : a + Enumerable.Range(0, Classes).Sum(c => label[c] * siblings[c, i - Classes]))];
    }

    /// <summary>The gradient by the logits of log q(z_{l+1} | z_l).</summary>
    public double[] RecognitionScores(double[][] state, int index)
    {
        double[] logits = RecognitionLogits(state, index), units = state[index + 1];
        int labels = Labels(index + 1);
        double logSum = labels == 0 ? 0 : LogSum(logits.Take(labels));
        return [.. logits.Select((a, i) =>
            i >= labels ? units[i] - 1 / (1 + Math.Exp(-a)) : ObservedLabel < 0 ? units[i] - Math.Exp(a - logSum) : 0)];
    }

    /// <summary>What recognition layer l adds to the ELBO by itself given the layer below it, each unit given the siblings before: the
    /// sum over each unit's two values, or over a label's classes, of q(zᵢ) [log p(zᵢ) − log q(zᵢ)], without p(zᵢ) below the top; of an
    /// observed label log p(y).</summary>
    public double Expected(double[][] state, int index)
    {
        bool isTop = index == Sizes.Count - 2;
        double[] prior = WithSiblings("prior", PriorLogits(), state[^1]), logits = RecognitionLogits(state, index);
        int labels = Labels(index + 1);
        double label = labels == 0 ? 0 : ObservedLabel >= 0 ? LogPriorLabel(state) : Enumerable.Range(0, labels).Sum(y =>
        {
            double logQ = logits[y] - LogSum(logits.Take(labels)), logP = prior[y] - LogSum(prior.Take(labels));
            return Math.Exp(logQ) * (logP - logQ);
        });
        return label + Enumerable.Range(labels, logits.Length - labels).Sum(i => new[] { 0.0, 1.0 }.Sum(z =>
        {
            double logQ = LogBernoulli([z], [logits[i]]);
            return Math.Exp(logQ) * ((isTop ? LogBernoulli([z], [prior[i]]) : 0) - logQ);
        }));
    }

    /// <summary>μ and ρ of the real-valued units given the layer below the top one.</summary>
    public double[] GaussianOutputs(double[][] state) => Logits("recognition.gaussian", state[^2]);

    /// <summary>log p(x).</summary>
    public double LogLikelihood(double[] visible) => LogSum(LatentStates(visible).Select(LogJoint));

    /// <summary>The ELBO of one example, by its sum.</summary>
    public double Elbo(double[] visible) => LatentStates(visible)
        .Sum(state => Math.Exp(LogRecognition(state)) * (LogJoint(state) - LogRecognition(state)));

    /// <summary>The K-sample bound of one example, by its sum over all K-tuples of configurations.</summary>
    public double ImportanceWeighted(double[] visible, int samples)
    {
        List<double[][]> states = LatentStates(visible);
        double[] logQ = [.. states.Select(state => LogRecognition(state))];
        double[] logWeights = [.. states.Select((state, i) => LogJoint(state) - logQ[i])];
        return Tuples(states.Count, samples).Sum(tuple =>
            Math.Exp(tuple.Sum(i => logQ[i])) * (LogSum(tuple.Select(i => logWeights[i])) - Math.Log(samples)));
    }

    /// <summary>[parents, units] the change of every child's logit when one parent turns on, the others at one half.</summary>
    public double[,] Pushes(string layer, int parents, int units)
    {
        var result = new double[parents, units];
        for (int j = 0; j < parents; j++)
        {
            double[] x = [.. Enumerable.Repeat(0.5, parents)];
            x[j] = 1;
            double[] on = Logits(layer, x);
            x[j] = 0;
            double[] off = Logits(layer, x);
            double shift = ReadsDocuments && layer == "generative.0" ? on.Average() - off.Average() : 0;
            for (int i = 0; i < units; i++) result[j, i] = on[i] - off[i] - shift;
        }

        return result;
    }

    /// <summary>The gradient of f by the given parameters, flat and in their order, by a five-point stencil.</summary>
    public double[] Gradient(IReadOnlyList<Parameter> parameters, Func<double> f)
    {
        List<double> gradient = [];
        foreach (Parameter parameter in parameters)
        {
            double[,] value = values[parameter.Name];
            for (int r = 0; r < value.GetLength(0); r++)
            {
                for (int c = 0; c < value.GetLength(1); c++) gradient.Add(Derivative(ref value[r, c], f));
            }
        }

        return [.. gradient];
    }

    /// <summary>All tuples of the given length over 0 … count − 1.</summary>
    public static IEnumerable<int[]> Tuples(int count, int length)
    {
        var tuple = new int[length];
        while (true)
        {
            yield return [.. tuple];
            int place = 0;
            while (place < length && ++tuple[place] == count) tuple[place++] = 0;
            if (place == length) yield break;
        }
    }

    public static double[] Bits(int number, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (double)(number >> i & 1))];

    public double[][] State(double[] visible, int number)
    {
        var state = new double[Sizes.Count][];
        state[0] = visible;
        for (int l = 1; l < state.Length; number >>= Sizes[l++]) state[l] = Bits(number, Sizes[l]);
        return state;
    }

    /// <summary>The state with every latent unit at its mean given the layer below: what must not be fed to learning.</summary>
    public double[][] MeanState(double[] visible)
    {
        var state = new double[Sizes.Count][];
        state[0] = visible;
        for (int l = 1; l < state.Length; l++)
        {
            double[] logits = Logits($"recognition.{l - 1}", state[l - 1]);
            double logSum = Labels(l) == 0 ? 0 : LogSum(logits.Take(Classes));
            state[l] = [.. logits.Select((a, i) => i < Labels(l) ? Math.Exp(a - logSum) : 1 / (1 + Math.Exp(-a)))];
        }

        return state;
    }

    private static double Derivative(ref double value, Func<double> f)
    {
        const double h = 1e-4;
        double at = value, sum = 0;
        foreach ((double offset, double weight) in new[] { (-2 * h, 1.0), (-h, -8.0), (h, 8.0), (2 * h, -1.0) })
        {
            value = at + offset;
            sum += weight * f();
        }

        value = at;
        return sum / (12 * h);
    }

    private double[] Logits(string layer, double[] parents)
    {
        (double[,] Weights, double[,] Biases)[] stack = conditionals[layer].Stack;
        double[] h = parents;
        for (int n = 0; n < stack.Length; n++)
        {
            h = Affine(stack[n].Weights, stack[n].Biases, h);
            if (n == 0 && conditionals[layer].Gaussian is { } v) AddGaussian(v, h);
            for (int i = 0; n < stack.Length - 1 && i < h.Length; i++) h[i] = Activate(h[i]);
        }

        return h;
    }

    /// <summary>h += Vᵀ g.</summary>
    private void AddGaussian(double[,] v, double[] h)
    {
        for (int i = 0; i < Gaussian.Length; i++)
            for (int d = 0; d < h.Length; d++)
                h[d] += Gaussian[i] * v[i, d];
    }

    private Conditional Of(string name)
    {
        List<(double[,] Weights, double[,] Biases)> stack = [];
        for (int n = 0; values.ContainsKey($"{name}.hidden.{n}.weights"); n++) Push($"{name}.hidden.{n}");
        if (values.ContainsKey($"{name}.weights")) Push(name);
        return new([.. stack], values.GetValueOrDefault($"{name}.siblings"), values.GetValueOrDefault($"{name}.gaussian"));

        void Push(string part) => stack.Add((values[$"{part}.weights"], values[$"{part}.biases"]));
    }

    private IEnumerable<double[]> AllVisible() => ReadsDocuments
        ? machine.Settings.DocumentLengths.Distinct().SelectMany(length => Documents(length, Sizes[0]))
        : Enumerable.Range(0, 1 << Sizes[0]).Select(x => Bits(x, Sizes[0]));

    /// <summary>Every bag of so many words.</summary>
    private static IEnumerable<double[]> Documents(int length, int words) => words == 1
        ? [[length]]
        : Enumerable.Range(0, length + 1).SelectMany(first => Documents(length - first, words - 1).Select(rest => (double[])[first, .. rest]));

    /// <summary>N! / Π c! · P(N).</summary>
    private double Ways(double[] counts)
    {
        double ways = machine.Settings.DocumentLengths.Count(length => length == (int)counts.Sum()) / (double)machine.Settings.DocumentLengths.Count;
        int words = 0;
        foreach (double count in counts)
        {
            for (int i = 1; i <= count; i++) ways *= (double)++words / i;
        }

        return ways;
    }

    /// <summary>aᵢ + Σ_{j&lt;i} yⱼ S_ji.</summary>
    private double[] WithSiblings(string layer, double[] logits, double[] siblings) =>
        conditionals[layer].Siblings is { } s
            ? [.. logits.Select((a, i) => a + Enumerable.Range(0, i).Sum(j => siblings[j] * s[j, i]))]
            : logits;

    private double[] PriorLogits()
    {
        if (machine.Settings.FixedPrior is { } p) return [.. Enumerable.Repeat(Math.Log(p / (1 - p)), Sizes[^1])];
        double[,] prior = values["prior.biases"];
        return [.. Enumerable.Range(0, Sizes[^1]).Select(i => prior[0, i])];
    }

    private double Activate(double a) =>
        machine.Settings.Activation == Activation.Tanh ? Math.Tanh(a) : a > 0 ? a : 0.01 * a;

    private static double[] Affine(double[,] weights, double[,] biases, double[] x)
    {
        var result = new double[weights.GetLength(1)];
        for (int d = 0; d < result.Length; d++)
        {
            result[d] = biases[0, d];
            for (int k = 0; k < x.Length; k++) result[d] += x[k] * weights[k, d];
        }

        return result;
    }

    /// <summary>How many of a layer's first units are a label's.</summary>
    private int Labels(int layer) => layer == Sizes.Count - 1 ? Classes : 0;

    private double[] Beside(double[] units, int layer) => units[Labels(layer)..];

    private double LogLabel(double[] units, double[] logits, int layer)
    {
        double[] label = units[..Labels(layer)];
        return label.Length == 0 ? 0 : label.Zip(logits, (bit, a) => bit * a).Sum() - LogSum(logits.Take(label.Length));
    }

    private bool IsPossible(double[][] state)
    {
        double[] label = state[^1][..Classes];
        return Classes == 0 || (label.Sum() == 1 && (ObservedLabel < 0 || label[ObservedLabel] == 1));
    }

    private static double LogBernoulli(double[] x, double[] logits)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * logits[i] - Math.Max(logits[i], 0) - Math.Log(1 + Math.Exp(-Math.Abs(logits[i])));
        return sum;
    }

    private static double LogCategorical(double[] counts, double[] logits)
    {
        double normalizer = LogSum(logits);
        return counts.Zip(logits, (count, a) => count * (a - normalizer)).Sum();
    }

    public static double LogSum(IEnumerable<double> logs)
    {
        double[] all = [.. logs];
        double largest = all.Max();
        return largest + Math.Log(all.Sum(l => Math.Exp(l - largest)));
    }

    /// <summary>The layers of one conditional, the one of its logits last, and the weights of its siblings and of real-valued parents, where
    /// there are any.</summary>
    private sealed record Conditional((double[,] Weights, double[,] Biases)[] Stack, double[,]? Siblings, double[,]? Gaussian);
}
