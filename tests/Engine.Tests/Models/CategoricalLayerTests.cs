using DreamViz.Engine.Data;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Objectives;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Engine.Tests.Models;

public class CategoricalLayerTests
{
    [Theory]
    [InlineData("4-2 words 2-3")]
    [InlineData("3-2-1 tanh 3 words 1-2")]
    public void The_gradient_by_relaxed_parents_is_that_of_the_central_difference(string description)
    {
        HelmholtzMachine machine = TinyMachines.Create(description);
        ConditionalLayer layer = machine.Generative.Layers[0];
        BitMatrix documents = States.Examples(machine, [new ReferenceMachine(machine).Visible(6)]);
        Matrix parents = new(1, layer.ParentUnits), errors = new(0, 0), gradient = new(0, 0);
        for (int j = 0; j < parents.Columns; j++) parents[0, j] = 0.3f + 0.2f * j;
        LayerPass pass = layer.CreatePass();
        layer.ComputeRelaxedLogits(parents, pass, WorkerTeam.Single);
        CategoricalError.Compute(documents.Counts!, pass.Logits, [], errors, WorkerTeam.Single);
        layer.ComputeParentErrors(pass, errors, gradient, WorkerTeam.Single);
        for (int j = 0; j < parents.Columns; j++)
        {
            double slope = (LogProbability(j, 0.01f) - LogProbability(j, -0.01f)) / 0.02;
            Assert.Equal(slope, gradient[0, j], 2e-3);
        }

        double LogProbability(int parent, float step)
        {
            Matrix moved = new(0, 0);
            moved.CopyFrom(parents);
            moved[0, parent] += step;
            LayerPass at = layer.CreatePass();
            layer.ComputeRelaxedLogits(moved, at, WorkerTeam.Single);
            return CategoricalLogProbability.Compute(documents.Counts!.Words(0), documents.Counts.Counts(0), at.Logits.Row(0));
        }
    }

    /// <summary>Two products serve all flips; pushes too large for them, and hidden layers, take a pass for each.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(4, 0)]
    [InlineData(30, 0)]
    [InlineData(1, 5)]
    public void A_flip_changes_the_log_probability_of_a_document_by_its_difference(double deviation, int hidden)
    {
        const int Words = 45, Parents = 19, Rows = 7;
        var network = new BernoulliLayer("g", Parents, hidden == 0 ? [] : [hidden], Activation.Tanh, Words);
        var layer = new CategoricalLayer(network, [1]);
        var stream = new RandomStream(new StreamKey(3, StreamPurpose.Initialization));
        foreach (Parameter parameter in layer.Parameters)
            for (int r = 0; r < parameter.Value.Rows; r++) stream.FillNormal(parameter.Value.Row(r), parameter.Value.Rows == 1 ? 1 : deviation);
        BitMatrix documents = new(0, 0), parents = Kernels.Some.Bits(Rows, Parents, 2);
        documents.BeginDocuments(Words);
        for (int r = 0; r < Rows; r++) documents.AppendDocument([r, r + 3, 44 - r], [1 + 20 * r, 2, 300]);
        (LayerPass pass, Matrix changes) = (layer.CreatePass(), new Matrix(0, 0));
        layer.ComputeLogits(parents, 1, pass, WorkerTeam.Single);
        layer.ComputeParentFlips(documents, pass, 0, new FlipRoom(layer), changes, WorkerTeam.Single);
        for (int r = 0; r < Rows; r++)
        {
            for (int j = 0; j < Parents; j++)
            {
                double here = LogProbability(network, documents, parents, r, -1), there = LogProbability(network, documents, parents, r, j);
                Assert.Equal(there - here, changes[r, j], 1e-6 * documents.Counts!.Total(r) * Math.Max(1, 3 * deviation));
            }
        }
    }

    /// <summary>Σ c log softmax(g), in double, one parent flipped.</summary>
    private static double LogProbability(BernoulliLayer network, BitMatrix documents, BitMatrix parents, int row, int flipped)
    {
        double[] h = [.. Enumerable.Range(0, parents.Columns).Select(j => parents[row, j] != (j == flipped) ? 1.0 : 0)];
        foreach ((Parameter weights, int n) in network.Weights.Select((weights, n) => (weights, n)))
        {
            Matrix biases = network.Parameters[2 * n + 1].Value;
            h = [.. Enumerable.Range(0, weights.Value.Columns).Select(i => biases[0, i] + h.Select((x, j) => x * weights.Value[j, i]).Sum())];
            if (n + 1 < network.Weights.Count) h = [.. h.Select(Math.Tanh)];
        }

        double logSum = ReferenceMachine.LogSum(h);
        return documents.Counts!.Words(row).ToArray().Zip(documents.Counts.Counts(row).ToArray(), (word, count) => count * (h[word] - logSum)).Sum();
    }

    [Fact]
    public void Bits_without_counts_are_no_documents()
    {
        ConditionalLayer layer = TinyMachines.Create("4-2 words 2").Generative.Layers[0];
        LayerPass pass = layer.CreatePass();
        layer.ComputeLogits(new BitMatrix(1, 2), 1, pass, WorkerTeam.Single);
        Assert.Throws<ArgumentException>(() => layer.AccumulateLogProbability(new BitMatrix(1, 4), pass, new float[1], WorkerTeam.Single));
    }

    [Fact]
    public void What_is_shown_of_a_document_is_the_distribution_of_its_words()
    {
        HelmholtzMachine machine = TinyMachines.Create("4-2 words 2-3");
        ConditionalLayer layer = machine.Generative.Layers[0];
        LayerPass pass = layer.CreatePass();
        layer.ComputeLogits(new BitMatrix(1, 2), 1, pass, WorkerTeam.Single);
        float[] shown = new float[4], biases = layer.OutputBiases.Value.Row(0).ToArray();
        layer.ComputeProbabilities(pass.Logits.Row(0), shown);
        double sum = biases.Sum(b => Math.Exp(b));
        for (int w = 0; w < shown.Length; w++) Assert.Equal(Math.Exp(biases[w]) / sum, shown[w], 1e-6);
    }

    [Fact]
    public void Biases_start_at_the_log_shares_so_that_an_untrained_model_is_nearly_the_unigram_model()
    {
        Dataset data = DataCatalog.Open("topic-bars:3:10");
        var trainer = new Trainer(data, new ModelSettings { LatentLayers = [4], WeightDeviation = 1e-4 }, new TrainingSettings(), 1, WorkerTeam.Single);
        BoundEstimate elbo = Bounds.Elbo(trainer.Machine, data.Test, 200, 5, 1, WorkerTeam.Single);
        Assert.Equal(Unigram.Perplexity(data.Training, data.Test, 9, 200).DocumentAveraged, elbo.Perplexity!.DocumentAveraged, 0.01);
        Assert.Equal(9, elbo.Perplexity.TokenAveraged, 0.1);
    }

    [Fact]
    public void A_checkpoint_of_documents_goes_on_bit_for_bit_and_refuses_pictures()
    {
        Dataset data = DataCatalog.Open("topic-bars:3:10");
        TrainingSettings settings = new() { Estimator = "nvil", Optimizer = OptimizerKind.Adam, GenerativeRate = 0.01, RecognitionRate = 0.01 };
        var trainer = new Trainer(data, new ModelSettings { LatentLayers = [4] }, settings, 1, WorkerTeam.Single);
        for (int i = 0; i < 10; i++) trainer.TakeStep(StepPhases.Both);
        Checkpoint checkpoint = Checkpoint.Capture(trainer, []);
        Trainer resumed = checkpoint.Resume(data, WorkerTeam.Single);
        for (int i = 0; i < 10; i++)
        {
            trainer.TakeStep(StepPhases.Both);
            resumed.TakeStep(StepPhases.Both);
        }

        foreach ((Parameter one, Parameter other) in trainer.Machine.Parameters.Zip(resumed.Machine.Parameters))
            Assert.True(one.Value.Flat.SequenceEqual(other.Value.Flat));
        Assert.Contains("expected data of documents", Assert.Throws<InvalidInputException>(
            () => checkpoint.CheckFits(DataCatalog.Open("bars:3"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wake-sleep")]
    [InlineData("nvil")]
    [InlineData("disarm")]
    public void A_steady_step_on_documents_allocates_nothing_and_does_not_depend_on_the_threads(string estimator)
    {
        Dataset data = DataCatalog.Open("topic-bars:4:20");
        TrainingSettings settings = new() { Estimator = estimator, Optimizer = OptimizerKind.Adam, GenerativeRate = 0.01, RecognitionRate = 0.01 };
        using WorkerTeam team = new(3);
        var alone = new Trainer(data, new ModelSettings { LatentLayers = [20] }, settings, 1, WorkerTeam.Single);
        var shared = new Trainer(data, new ModelSettings { LatentLayers = [20] }, settings, 1, team);
        for (int i = 0; i < 260; i++)
        {
            alone.TakeStep(StepPhases.Both);
            shared.TakeStep(StepPhases.Both);
        }

        foreach ((Parameter one, Parameter other) in alone.Machine.Parameters.Zip(shared.Machine.Parameters))
            Assert.True(one.Value.Flat.SequenceEqual(other.Value.Flat));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) alone.TakeStep(StepPhases.Both);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
