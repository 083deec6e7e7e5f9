using DreamViz.Engine.Data;
using DreamViz.Engine.Data.Documents;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Estimators.Labels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Optimizers;

namespace DreamViz.Engine.Training;

/// <summary>One run of learning, a step at a time. The wake phase explains a minibatch and moves θ; the sleep phase dreams
/// and moves λ. Seed, settings and data determine every bit, whatever the number of threads; a steady step allocates
/// nothing.</summary>
public sealed class Trainer
{
    private readonly WorkerTeam team;
    private readonly Minibatches minibatches;
    private readonly BitMatrix examples = new(0, 0);
    private readonly MachineSample wake;
    private readonly MachineSample dream;
    private readonly LabelChoice? labelChoice;
    private readonly LabelLearning? labels;
    private int[] batchLabels = [];
    private Estimator estimator;
    private Optimizer generativeOptimizer;
    private Optimizer recognitionOptimizer;
    private TrainingSettings settings;
    private float[] rowWeights = [];
    private long wakeSteps;
    private StreamKey? awaitedDream;

    /// <param name="data">What to learn from.</param>
    /// <param name="model">The machine's shape and start.</param>
    /// <param name="settings">How to learn; may change later.</param>
    /// <param name="seed">Names every random number of the run.</param>
    /// <param name="team">Who computes; stays the caller's.</param>
    /// <exception cref="InvalidInputException">Settings out of range or unfit for the data.</exception>
    public Trainer(Dataset data, ModelSettings model, TrainingSettings settings, ulong seed, WorkerTeam team)
    {
        TrainerSettingsCheck.Check(settings, MachineShape.Of(model, data.Units));
        (Data, Seed, this.settings, this.team) = (data, seed, settings, team);
        model = model with { DocumentLengths = DreamLengths.Of(data.Training) };
        Machine = new HelmholtzMachine(TrainingMeans(data, model), model, data.Units, seed);
        minibatches = new Minibatches(data.Training, seed);
        (wake, dream) = (new MachineSample(Machine), new MachineSample(Machine));
        if (Machine.Shape.Classes > 0)
            (labelChoice, labels) = (ChooseLabels(data, Machine.Shape.Classes, seed), new LabelLearning(Machine));
        estimator = CreateEstimator(settings);
        generativeOptimizer = Optimizer.Create(settings.Optimizer, Machine.Generative.Parameters);
        recognitionOptimizer = Optimizer.Create(settings.Optimizer, Machine.Recognition.Parameters);
    }

    /// <summary>What learns.</summary>
    public HelmholtzMachine Machine { get; }

    /// <summary>What it learns from.</summary>
    public Dataset Data { get; }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>Who computes.</summary>
    public WorkerTeam Team => team;

    /// <summary>Steps taken so far.</summary>
    public long Step { get; private set; }

    /// <summary>The epoch of the next example, from 0.</summary>
    public long Epoch => minibatches.Epoch;

    /// <summary>The settings of the next step. Another optimizer starts with its state at zero, another estimator
    /// with its own.</summary>
    /// <exception cref="InvalidInputException">They cannot be used; the old ones stay.</exception>
    public TrainingSettings Settings
    {
        get => settings;
        set
        {
            if (value == settings) return;
            TrainerSettingsCheck.Check(value, Machine.Shape);
            if (value.Estimator != settings.Estimator || !estimator.Survives(settings, value)) estimator = CreateEstimator(value);
            if (value.Optimizer != settings.Optimizer) CreateOptimizers(value.Optimizer);
            settings = value;
        }
    }

    /// <summary>Every matrix that a checkpoint must hold: θ, λ, the optimizers' and the estimator's state; live until the next step, in a
    /// fixed order.</summary>
    public IEnumerable<NamedMatrix> State =>
        Machine.Parameters.Select(parameter => new NamedMatrix(parameter.Name, parameter.Value))
            .Concat(generativeOptimizer.State).Concat(recognitionOptimizer.State).Concat(estimator.State);

    /// <summary>Where the run stands, apart from its matrices.</summary>
    public TrainerCursor Cursor => new(Step, wakeSteps, minibatches.Epoch, minibatches.Position,
        generativeOptimizer.Updates, recognitionOptimizer.Updates, estimator.Updates);

    /// <summary>The number of wake rows of the newest wake phase, B·K unless the estimator draws more; 0 before the first.
    /// </summary>
    public int WakeRows => wake.Rows;

    /// <summary>The number of dreams of the newest sleep phase; 0 before the first.</summary>
    public int DreamRows => Dream.Rows;

    /// <summary>Goes to where a run stood, once <see cref="State"/> holds its matrices and the settings are its settings.</summary>
    /// <exception cref="InvalidInputException">A number is negative or beyond the data.</exception>
    public void Restore(TrainerCursor cursor)
    {
        long smallest = Math.Min(Math.Min(cursor.Step, cursor.WakeSteps), Math.Min(cursor.Epoch, cursor.Position));
        long updates = Math.Min(cursor.EstimatorUpdates, Math.Min(cursor.GenerativeUpdates, cursor.RecognitionUpdates));
        if (Math.Min(smallest, updates) < 0)
            throw new InvalidInputException($"cursor: expected no negative number, found {cursor}");
        if (cursor.Position > Data.Training.Count)
            throw new InvalidInputException(
                $"cursor: expected a position of at most {Data.Training.Count} examples, found {cursor.Position}");
        minibatches.Seek(cursor.Epoch, cursor.Position);
        (Step, wakeSteps, awaitedDream) = (cursor.Step, cursor.WakeSteps, null);
        (generativeOptimizer.Updates, recognitionOptimizer.Updates) = (cursor.GenerativeUpdates, cursor.RecognitionUpdates);
        estimator.Updates = cursor.EstimatorUpdates;
    }

    /// <summary>Takes one step: the wake phase, the sleep phase, or both in this order, then the update of λ.</summary>
    public void TakeStep(StepPhases phases)
    {
        RecognitionShares shares = estimator.Shares(settings.RecognitionLearning);
        bool wakes = (phases & StepPhases.Wake) != 0, sleeps = (phases & StepPhases.Sleep) != 0;
        bool classifies = labels is not null && shares.Wake + shares.Sleep > 0;
        bool learnsAwake = wakes && (shares.Wake > 0 || classifies), learnsAsleep = sleeps && shares.Sleep > 0;
        if (wakes && !sleeps) DrawAwaitedDream();
        if (wakes) Wake(shares.Wake, learnsAwake, updatesRecognition: learnsAwake && !learnsAsleep);
        if (sleeps) Sleep(shares.Sleep, updatesRecognition: learnsAsleep && !learnsAwake);
        if (learnsAwake || learnsAsleep)
            recognitionOptimizer.Apply(settings.EffectiveRecognitionRate(Step), settings.Momentum, team);
        Step++;
    }

    /// <summary>[B·K, units] the bits of one layer in the newest wake phase; <see cref="WakeExample"/> says what a row explains.
    /// </summary>
    public BitMatrix WakeBits(int layer) => wake.Bits(layer);

    /// <summary>[B·K, units] the logits that go with <see cref="WakeBits"/>: q's for a latent layer, for layer 0 those of
    /// p(x | h₁), the reconstruction.</summary>
    public Matrix WakeLogits(int layer) => layer == 0 ? wake.Generative(0).Logits : wake.Recognition(layer - 1).Logits;

    /// <summary>[B·K, units] the logits of p(z_l | z_{l+1}) that go with <see cref="WakeBits"/>; of the top layer, the prior's.</summary>
    public Matrix WakeGenerativeLogits(int layer) => wake.Generative(layer).Logits;

    /// <summary>K of the newest wake phase: row b·K + k explains example b of the batch.</summary>
    public int WakeSamplesPerExample => wake.SamplesPerExample;

    internal Estimator Estimator => estimator;

    /// <summary>The training example that a wake row explains, from 0.</summary>
    public int WakeExample(int row) => minibatches.Indices[BatchExample(row)];

    /// <summary>The label given with a row of the newest wake phase; −1 where none is known.</summary>
    public int WakeLabel(int row) => batchLabels.Length == 0 ? -1 : batchLabels[BatchExample(row)];

    /// <summary>What a row of the newest wake phase counts in means over the batch; all rows together 1.</summary>
    public double WakeShare(int row) => labels is null
        ? 1.0 / wake.Rows
        : labels.Weights[row / wake.SamplesPerExample] / (double)wake.SamplesPerExample;

    /// <summary>[B, units] the bits of one layer in the newest sleep phase, a dream a row.</summary>
    public BitMatrix DreamBits(int layer) => Dream.Bits(layer);

    /// <summary>[B, units] the logits from which the dreams' layer was drawn; the prior's for the top.</summary>
    public Matrix DreamLogits(int layer) => Dream.Generative(layer).Logits;

    /// <summary>The real-valued units that go with <see cref="WakeBits"/>; null where there are none.</summary>
    public GaussianSample? WakeGaussian => wake.Gaussian;

    /// <summary>The real-valued units that go with <see cref="DreamBits"/>; null where there are none.</summary>
    public GaussianSample? DreamGaussian => Dream.Gaussian;

    /// <summary>The name of a parameter that is no longer finite, or null. Costs one pass over the parameters.</summary>
    public string? FindNonFinite()
    {
        for (int i = 0; i < Machine.Parameters.Count; i++)
        {
            if (!Machine.Parameters[i].IsFinite) return Machine.Parameters[i].Name;
        }

        return null;
    }

    private void Wake(double recognitionShare, bool learnsRecognition, bool updatesRecognition)
    {
        minibatches.Read(settings.BatchSize, examples);
        BeginLabels();
        estimator.Sample(Machine, wake, labels?.Examples ?? examples, settings.Samples, new StreamKey(Seed, StreamPurpose.Wake, Step), team);
        if (estimator.ReadsGenerativeLogits) Machine.Generative.ComputeLogits(wake, team);
        if (estimator.AccumulatesInOneGo) generativeOptimizer.Begin(settings.EffectiveGenerativeRate(Step));
        if (estimator.AccumulatesInOneGo && updatesRecognition)
            recognitionOptimizer.Begin(settings.EffectiveRecognitionRate(Step));
        ReadOnlySpan<float> exampleWeights = labels is null ? MeanWeights(settings.BatchSize) : labels.Weights;
        estimator.AccumulateWake(Machine, wake, exampleWeights, recognitionShare, team);
        if (learnsRecognition) labels?.AccumulateRecognition(Machine, wake, estimator, settings.LabelWeight, recognitionShare, team);
        generativeOptimizer.Apply(settings.EffectiveGenerativeRate(Step), settings.Momentum, team);
        Machine.ApplyConstraints();
        estimator.Adapt(settings, team);
        wakeSteps++;
    }

    /// <summary>Gives the batch the labels that it may have.</summary>
    private void BeginLabels()
    {
        if (labels is null) return;
        if (batchLabels.Length != settings.BatchSize) batchLabels = new int[settings.BatchSize];
        for (int b = 0; b < batchLabels.Length; b++) batchLabels[b] = labelChoice!.Of(minibatches.Indices[b], settings.LabeledExamples);
        labels.Begin(examples, batchLabels, MeanWeights(settings.BatchSize), settings.LabelInference,
            new StreamKey(Seed, StreamPurpose.Wake, Step), team);
        wake.ObserveLabels(labels.Labels);
    }

    private int BatchExample(int row) => labels?.Origin(row / wake.SamplesPerExample) ?? row / wake.SamplesPerExample;

    private void Sleep(double recognitionShare, bool updatesRecognition)
    {
        StreamKey key = new(Seed, StreamPurpose.Sleep, Step);

        // Nobody learns from dreams at share 0: one is enough to watch, and is drawn when somebody does. Its bits do not depend on the others.
        awaitedDream = recognitionShare == 0 ? key : null;
        if (recognitionShare == 0) return;
        Machine.Generative.Sample(dream, settings.BatchSize, key, team);
        if (updatesRecognition) recognitionOptimizer.Begin(settings.EffectiveRecognitionRate(Step));
        estimator.AccumulateSleep(Machine, dream, MeanWeights(settings.BatchSize), recognitionShare, team);
    }

    /// <summary>The dreams of the newest sleep phase. θ stays as it was then until the next wake phase.</summary>
    private MachineSample Dream
    {
        get
        {
            DrawAwaitedDream();
            return dream;
        }
    }

    private void DrawAwaitedDream()
    {
        if (awaitedDream is { } key) Machine.Generative.Sample(dream, 1, key, team);
        awaitedDream = null;
    }

    /// <summary>[B] 1/B: gradients are averaged over the batch.</summary>
    private ReadOnlySpan<float> MeanWeights(int count)
    {
        if (rowWeights.Length != count)
        {
            rowWeights = new float[count];
            Array.Fill(rowWeights, 1f / count);
        }

        return rowWeights;
    }

    private void CreateOptimizers(OptimizerKind kind)
    {
        generativeOptimizer = Optimizer.Create(kind, Machine.Generative.Parameters);
        recognitionOptimizer = Optimizer.Create(kind, Machine.Recognition.Parameters);
    }

    private Estimator CreateEstimator(TrainingSettings chosen)
    {
        Estimator created = EstimatorCatalog.Create(chosen.Estimator);
        created.Begin(Machine, chosen, Seed);
        return created;
    }

    private static LabelChoice ChooseLabels(Dataset data, int classes, ulong seed) => data.Training.Labels is { } known
        ? new LabelChoice(known, classes, seed)
        : throw new InvalidInputException($"model, classes: expected 0 for data without labels, found {classes} for {data.Name}");

    private static double[] TrainingMeans(Dataset data, ModelSettings model)
    {
        if (model.VisibleBias is not null) return [];
        var means = new double[data.Units];
        data.Training.Means(means);
        return means;
    }
}
