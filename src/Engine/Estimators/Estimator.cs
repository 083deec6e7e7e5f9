using System.Numerics.Tensors;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators;

/// <summary>
/// A rule that turns samples into gradients. Most are fully described by <see cref="Weigh"/>: the weights of
/// ∇θ log p(x, zᵏ) and of ∇λ log q(zᵏ_{l+1} | zᵏ_l) for every explanation and layer, held constant under differentiation.
/// </summary>
public abstract class Estimator
{
    private readonly LogTerms terms = new();
    private readonly RowWeights weights = new();
    private readonly Matrix slopes = new(0, 0);
    private float[] generativeWeights = [];
    private float[] gaussianWeights = [];

    /// <summary>What it is called and what it claims.</summary>
    public abstract EstimatorDescription Description { get; }

    /// <summary>The smallest K with which it works.</summary>
    public virtual int MinimumSamples => 1;

    /// <summary>The K that people start with.</summary>
    public virtual int UsualSamples => MinimumSamples;

    /// <summary>The names of the training settings that only some estimators read and that this one does.</summary>
    public virtual IReadOnlyList<string> OwnSettings => [];

    /// <summary>Which explanations it weighs.</summary>
    public virtual SamplingScheme Scheme => SamplingScheme.Independent;

    /// <summary>Whether λ's update has, besides what <see cref="Weigh"/> describes, the mean over K of the gradients of the terms that
    /// <see cref="LogTerms.Expected"/> has, draws held.</summary>
    public virtual bool AddsExpectedTerms => false;

    /// <summary>[B·K, units] d, where λ's update has, besides what <see cref="Weigh"/> describes, the mean over K of dₖ ∂σ(ηₖ)/∂λ,
    /// η the logits of recognition layer <paramref name="index"/>; null where it has not. Of the newest <see cref="Predict"/>.
    /// </summary>
    public virtual Matrix? Slopes(int index) => null;

    /// <summary>[B·K, units] u, where λ's update has, besides what <see cref="Weigh"/> describes, the mean over K of
    /// uₖ (zₖ − σ(ηₖ)) ∂ηₖ/∂λ, η the logits of recognition layer <paramref name="index"/>, divided by <see cref="Divisor"/>; null
    /// where it has not. Of the newest <see cref="Predict"/>.</summary>
    public virtual Matrix? UnitSignals(int index) => null;

    /// <summary>Updates that its own state has had; with <see cref="State"/>, all that continuing needs.</summary>
    public virtual long Updates { get; set; }

    /// <summary>Every matrix of its own that a checkpoint must hold; live, in a fixed order.</summary>
    public virtual IEnumerable<NamedMatrix> State => [];

    /// <summary>What its baselines left of the learning signal in the newest wake phase, of layers with signals of their own the
    /// lowest one's, which is f; null where it has none or they know no past.</summary>
    public LearningSignals? NewestSignals { get; protected set; }

    /// <summary>The log-probabilities of the newest wake phase; null where they are not read or where explanations of one example
    /// are not drawn independently.</summary>
    internal LogTerms? NewestTerms => ReadsLogTerms && Scheme == SamplingScheme.Independent ? terms : null;

    /// <summary>[L, B·K] e_b · share · r_l of the newest wake phase.</summary>
    protected Matrix RecognitionWeights { get; } = new(0, 0);

    /// <summary>Whether <see cref="Weigh"/> reads log-probabilities; if not, they are not computed.</summary>
    protected virtual bool ReadsLogTerms => true;

    /// <summary>Whether <see cref="Weigh"/> reads <see cref="LogTerms.Expected"/> of recognition layer <paramref name="index"/>; if not,
    /// it is not computed.</summary>
    protected virtual bool ReadsExpectedTerms(int index) => false;

    /// <summary>How much of λ's gradient comes from the wake phase and how much from dreams; all of it from the wake phase where
    /// nothing else is said.</summary>
    public virtual RecognitionShares Shares(RecognitionLearning learning) => new(1, 0);

    /// <summary>What a step computes for every example, in passes of whole networks.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="settings">K, and where recognition learns.</param>
    public virtual NetworkEvaluations Evaluations(MachineShape shape, TrainingSettings settings)
    {
        int rows = settings.Samples;
        RecognitionShares shares = Shares(settings.RecognitionLearning);
        double explained = NetworkEvaluations.OfExplanations(shape, rows);
        var wake = new NetworkEvaluations(rows, rows, explained, shares.Wake > 0 ? explained : 0);
        return shares.Sleep > 0 ? wake + NetworkEvaluations.Dream : wake;
    }

    /// <summary>Returns when the method is defined for machines of this shape.</summary>
    /// <param name="shape">The machine that is to learn.</param>
    /// <exception cref="InvalidInputException">It is not; the message says what is expected.</exception>
    public virtual void CheckFits(MachineShape shape)
    {
    }

    /// <summary>Begins anew: its state fresh and fit for this machine.</summary>
    /// <param name="machine">What will learn.</param>
    /// <param name="settings">How it will learn.</param>
    /// <param name="seed">Names the random numbers of the state.</param>
    public virtual void Begin(HelmholtzMachine machine, TrainingSettings settings, ulong seed)
    {
    }

    /// <summary>Whether it reads no parameter between the first gradient that it accumulates in a wake phase and the last: then
    /// plain ascent climbs at once.</summary>
    public virtual bool AccumulatesInOneGo => true;

    /// <summary>Whether the generative logits must be there before <see cref="AccumulateWake"/>; if not, it computes them.
    /// </summary>
    public virtual bool ReadsGenerativeLogits => true;

    /// <summary>Whether the state, made under some settings, can go on under others.</summary>
    public virtual bool Survives(TrainingSettings before, TrainingSettings after) => true;

    /// <summary>v, by which the update of recognition layer <paramref name="index"/> is divided; known before the sample is
    /// drawn; ∞ where λ waits.</summary>
    public virtual double Divisor(int index) => 1;

    /// <summary>Wake phase: draws the explanations that will be weighed; the first of each example is one draw from q(z | x).
    /// </summary>
    /// <param name="machine">Whose recognition network explains.</param>
    /// <param name="sample">Bits of all layers and recognition logits are overwritten.</param>
    /// <param name="examples">[B, D].</param>
    /// <param name="samples">K.</param>
    /// <param name="key">Names the random numbers; layers are told apart here.</param>
    /// <param name="team">Who computes.</param>
    public virtual void Sample(HelmholtzMachine machine, MachineSample sample, BitMatrix examples, int samples, StreamKey key,
        WorkerTeam team) => machine.Recognition.Sample(sample, examples, samples, key, team);

    /// <summary>The weights of all rows, a pure function of the terms and of the state.</summary>
    /// <param name="terms">Log-probabilities, zero where they are not read, and predictions.</param>
    /// <param name="weights">Receives the weights of every example's mean over its K rows. Overwritten.</param>
    public abstract void Weigh(LogTerms terms, RowWeights weights);

    /// <summary>Overwrites the predictions in the terms with those for the sample; leaves them zero where there are none.</summary>
    public virtual void Predict(MachineSample sample, LogTerms terms, WorkerTeam team)
    {
    }

    /// <summary>
    /// Wake phase: gradients += Σ_b e_b Σₖ [g_bk ∇θ log p(x_b, z_bk) + share · Σ_l r_lbk ∇λ log q(z_{l+1} | z_l)_bk], g and r
    /// from <see cref="Weigh"/>. Real-valued units of recognition follow Σ_b e_b Σₖ share · g_bk ∇λ [log p(x_b, z_bk, g_bk) −
    /// log q(g_bk | z_bk)] along g = μ + σε, the last two terms replaced by −KL where the objective is the ELBO; where it is an inclusive
    /// divergence, Σ_b e_b Σₖ share · r_bk ∇λ log q(g_bk | z_bk). The state stays as it is until <see cref="Adapt"/>.
    /// </summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="sample">Given explanations, with both networks' logits, the generative ones only if it reads them.</param>
    /// <param name="exampleWeights">[B] e, one an example; 1/B for the mean.</param>
    /// <param name="recognitionShare">share; 0 leaves λ alone.</param>
    /// <param name="team">Who computes.</param>
    public virtual void AccumulateWake(HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights,
        double recognitionShare, WorkerTeam team)
    {
        int latentLayers = machine.LayerSizes.Count - 1;
        terms.Reshape(latentLayers, sample.Rows, sample.SamplesPerExample);
        weights.Reshape(latentLayers, sample.Rows);
        if (ReadsLogTerms) terms.Compute(machine, sample, WeighsSamples, team);
        for (int l = 0; l < latentLayers; l++)
        {
            if (ReadsExpectedTerms(l)) terms.ComputeExpected(machine, sample, l, team);
        }

        Predict(sample, terms, team);
        Weigh(terms, weights);
        ScaleByExamples(sample, exampleWeights, recognitionShare);
        Observe(sample, terms, exampleWeights, team);
        AccumulateGenerative(machine, sample, generativeWeights.AsSpan(0, sample.Rows), team);
        if (recognitionShare > 0) AccumulateRecognition(machine, sample, exampleWeights, recognitionShare, team);
        if (recognitionShare > 0 && sample.Gaussian is not null)
            AccumulateGaussian(machine, sample, generativeWeights.AsSpan(0, sample.Rows), recognitionShare, team);
    }

    /// <summary>Learns from the newest wake phase what the state is to know from the next one on.</summary>
    public virtual void Adapt(TrainingSettings settings, WorkerTeam team)
    {
    }

    /// <summary>Sleep phase: gradients += share · Σ_r e_r ∇λ log q(z_r | x̃_r) on the dreams' own activities.</summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="dreams">Given dreams; recognition logits are overwritten.</param>
    /// <param name="dreamWeights">[rows] e, one a dream; 1/rows for the mean.</param>
    /// <param name="recognitionShare">share.</param>
    /// <param name="team">Who computes.</param>
    public void AccumulateSleep(HelmholtzMachine machine, MachineSample dreams, ReadOnlySpan<float> dreamWeights,
        double recognitionShare, WorkerTeam team)
    {
        RecognitionWeights.Reshape(machine.LayerSizes.Count - 1, dreams.Rows);
        for (int l = 0; l < RecognitionWeights.Rows; l++)
        {
            Span<float> row = RecognitionWeights.Row(l);
            for (int r = 0; r < row.Length; r++) row[r] = (float)(dreamWeights[r] * recognitionShare);
        }

        machine.Recognition.Learn(dreams, RecognitionWeights, team);
        if (dreams.Gaussian is { } gaussian) machine.Recognition.Gaussian!.AccumulateRegression(gaussian, RecognitionWeights.Row(0), team);
    }

    /// <summary>For methods that need units of recognition that are independent given the layer below: throws where siblings push.
    /// </summary>
    /// <param name="shape">The machine.</param>
    /// <param name="reason">Why, in a few words.</param>
    protected void RequireIndependentUnits(MachineShape shape, string reason)
    {
        if (shape.Settings.Autoregressive.HasFlag(AutoregressiveParts.Recognition))
            throw new InvalidInputException(
                $"estimator {Description.Key}: expected independent units in recognition, found autoregressive ones: {reason}");
    }

    /// <summary>For methods that know units of two values alone: throws where there is a label.</summary>
    /// <param name="shape">The machine.</param>
    /// <param name="reason">Why, in a few words.</param>
    protected void RequireNoLabel(MachineShape shape, string reason)
    {
        if (shape.Classes > 0)
            throw new InvalidInputException($"estimator {Description.Key}: expected no label, found one of {shape.Classes} classes: {reason}");
    }

    /// <summary>θ's gradient of the wake phase.</summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="sample">Given explanations.</param>
    /// <param name="rowWeights">[B·K] e_b · g.</param>
    /// <param name="team">Who computes.</param>
    protected virtual void AccumulateGenerative(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> rowWeights, WorkerTeam team)
    {
        if (ReadsGenerativeLogits) machine.Generative.AccumulateGradient(sample, rowWeights, team);
        else machine.Generative.Learn(sample, rowWeights, team);
    }

    /// <summary>λ's gradient of the wake phase.</summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="sample">Given explanations.</param>
    /// <param name="exampleWeights">[B] e.</param>
    /// <param name="share">share.</param>
    /// <param name="team">Who computes.</param>
    protected virtual void AccumulateRecognition(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, WorkerTeam team) =>
        machine.Recognition.AccumulateGradient(sample, RecognitionWeights, team);

    /// <summary>What the real-valued units of recognition learn in the wake phase.</summary>
    /// <param name="machine">Whose gradients are accumulated.</param>
    /// <param name="sample">Given explanations, from which the generative network has learned just before.</param>
    /// <param name="rowWeights">[B·K] e_b · g.</param>
    /// <param name="share">share.</param>
    /// <param name="team">Who computes.</param>
    /// <remarks>The slopes by g are those that the generative network has found for its own gradient.</remarks>
    protected void AccumulateGaussian(
        HelmholtzMachine machine, MachineSample sample, ReadOnlySpan<float> rowWeights, double share, WorkerTeam team)
    {
        GaussianLayer recognition = machine.Recognition.Gaussian!;
        if (Description.Recognition is not ClaimedObjective.Elbo and not ClaimedObjective.ImportanceWeightedBound)
        {
            recognition.AccumulateRegression(sample.Gaussian!, RecognitionWeights.Row(0), team);
            return;
        }

        if (gaussianWeights.Length < sample.Rows) gaussianWeights = new float[sample.Rows];
        Span<float> scaled = gaussianWeights.AsSpan(0, sample.Rows);
        TensorPrimitives.Multiply(rowWeights, (float)share, scaled);
        int below = machine.Generative.Layers.Count - 2;
        Parameter weights = machine.Generative.Layers[below].GaussianWeights!;
        DenseBackward.Compute(sample.Generative(below).FirstErrors!, weights.Value, slopes, team);
        TensorPrimitives.Multiply(slopes.Flat, (float)share, slopes.Flat);
        recognition.AccumulatePaths(sample.Gaussian!, slopes, scaled, WeighsSamples, team);
    }

    /// <summary>Notes what <see cref="Adapt"/> will need of this wake phase, before any parameter of the machine changes.</summary>
    /// <param name="sample">Given explanations.</param>
    /// <param name="terms">What was weighed.</param>
    /// <param name="exampleWeights">[B] e.</param>
    /// <param name="team">Who computes.</param>
    protected virtual void Observe(
        MachineSample sample, LogTerms terms, ReadOnlySpan<float> exampleWeights, WorkerTeam team)
    {
    }

    /// <summary>Whether explanations are judged by their importance weights, which have log p(g) − log q(g) as it was drawn.</summary>
    private bool WeighsSamples => Description.Generative == ClaimedObjective.ImportanceWeightedBound;

    /// <summary>[B·K] share · e_b / K, what every draw weighs in means over draws.</summary>
    /// <param name="sample">Says B and K.</param>
    /// <param name="exampleWeights">[B] e.</param>
    /// <param name="share">share.</param>
    /// <param name="room">Where they stand; grows.</param>
    protected static Span<float> DrawWeights(MachineSample sample, ReadOnlySpan<float> exampleWeights, double share, ref float[] room)
    {
        int samples = sample.SamplesPerExample;
        if (room.Length < sample.Rows) room = new float[sample.Rows];
        for (int r = 0; r < sample.Rows; r++) room[r] = (float)(exampleWeights[r / samples] * share / samples);
        return room.AsSpan(0, sample.Rows);
    }

    private void ScaleByExamples(MachineSample sample, ReadOnlySpan<float> exampleWeights, double recognitionShare)
    {
        if (generativeWeights.Length < sample.Rows) generativeWeights = new float[sample.Rows];
        Scale(weights.Generative, exampleWeights, sample.SamplesPerExample, 1, generativeWeights);
        RecognitionWeights.Reshape(weights.LatentLayers, sample.Rows);
        for (int l = 0; l < weights.LatentLayers && recognitionShare > 0; l++)
        {
            Scale(weights.Recognition(l), exampleWeights, sample.SamplesPerExample, recognitionShare,
                RecognitionWeights.Row(l));
        }
    }

    private static void Scale(ReadOnlySpan<double> rows, ReadOnlySpan<float> exampleWeights, int samples, double share,
        Span<float> scaled)
    {
        for (int b = 0; b < exampleWeights.Length; b++)
        {
            for (int r = b * samples; r < (b + 1) * samples; r++) scaled[r] = (float)(exampleWeights[b] * share * rows[r]);
        }
    }
}
