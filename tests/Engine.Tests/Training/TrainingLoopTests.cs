using DreamViz.Engine.Kernels;
using DreamViz.Engine.Models;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Engine.Tests.Training;

public class TrainingLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Steps_by_the_loop_are_the_trainer_s_own_steps()
    {
        Trainer alone = SmallRuns.Trainer(), looped = SmallRuns.Trainer();
        for (int i = 0; i < 100; i++) alone.TakeStep(StepPhases.Both);
        using TrainingLoop loop = new(looped, new TestClock(), SmallRuns.Judged);
        for (int i = 0; i < 10; i++)
        {
            loop.Advance(10);
            loop.RequestModel();
            loop.Snapshots.TryTake(out _);
        }

        Assert.Equal(100, loop.Step);
        Assert.Equal(SmallRuns.Hash(alone), SmallRuns.Hash(looped));
    }

    [Fact]
    public void Watched_or_not_on_a_thread_or_not_the_run_is_the_same()
    {
        string[] hashes = [Hash(0), Hash(1), Hash(2)];
        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(hashes[0], hashes[2]);

        static string Hash(int watching)
        {
            Trainer trainer = SmallRuns.Trainer();
            TrainingLoop loop = new(trainer, TimeProvider.System, SmallRuns.Judged);
            for (int i = 0; i < 150; i++) loop.Send(new TakeStep(StepPhases.Both));
            loop.TargetRate = 0;
            if (watching == 0) loop.Advance(0);
            else loop.Start();
            while (loop.Step < 150)
            {
                if (watching < 2) continue;
                loop.Snapshots.TryTake(out _);
                loop.RequestModel();
                loop.Models.TryTake(out _);
            }

            loop.Dispose();
            Assert.Null(loop.Failure);
            return SmallRuns.Hash(trainer);
        }
    }

    [Fact]
    public void A_snapshot_holds_one_example_whole_with_its_probabilities_means_and_flips()
    {
        Trainer trainer = SmallRuns.Trainer(), twin = SmallRuns.Trainer();
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Unjudged);
        loop.Advance(3);
        Assert.True(loop.Snapshots.TryTake(out _));
        List<byte[][]> wake = [], dream = [];
        for (int step = 1; step <= 10; step++)
        {
            twin.TakeStep(StepPhases.Both);
            if (step < 3) continue;
            wake.Add(Rows(twin.WakeBits));
            dream.Add(Rows(twin.DreamBits));
        }

        loop.Advance(7);
        Assert.True(loop.Snapshots.TryTake(out TrainingSnapshot snapshot));
        Assert.Equal((10, 1ul, SmallRuns.Settings), (snapshot.Step, snapshot.Seed, snapshot.Settings));
        Assert.Equal(twin.WakeExample(0), snapshot.Wake.Example);
        Assert.Equal(-1, snapshot.Dream.Example);
        AssertSample(snapshot.Wake, wake, twin.WakeLogits);
        AssertSample(snapshot.Dream, dream, twin.DreamLogits);
        Matrix top = twin.WakeLogits(2);
        for (int i = 0; i < top.Columns; i++)
        {
            double mean = Enumerable.Range(0, top.Rows).Average(r => Sigmoid.Reference(top[r, i]));
            Assert.Equal(mean, snapshot.RecognitionTopMean[i], 1e-5);
            Assert.Equal(Sigmoid.Reference(twin.Machine.Generative.PriorBiases[i]), snapshot.PriorMean[i], 1e-6);
        }
    }

    [Fact]
    public void Counts_go_on_while_nobody_takes_and_begin_anew_when_somebody_does()
    {
        using TrainingLoop loop = new(SmallRuns.Trainer(), new TestClock(), SmallRuns.Unjudged);
        loop.Advance(2);
        loop.Advance(3);
        loop.Snapshots.TryTake(out TrainingSnapshot snapshot);
        Assert.Equal(5, snapshot.Wake.SampleCount);
        int[] flips = [.. snapshot.Wake.Layers[0].Flips];

        using TrainingLoop atOnce = new(SmallRuns.Trainer(), new TestClock(), SmallRuns.Unjudged);
        atOnce.Advance(5);
        atOnce.Snapshots.TryTake(out TrainingSnapshot whole);
        Assert.Equal(whole.Wake.Layers[0].Flips, flips);
        Assert.Equal(whole.Wake.Layers[0].Means, snapshot.Wake.Layers[0].Means);

        loop.Advance(4);
        loop.Snapshots.TryTake(out snapshot);
        Assert.Equal(4, snapshot.Wake.SampleCount);
    }

    [Fact]
    public void A_single_phase_leaves_the_other_sample_as_it_was()
    {
        using TrainingLoop loop = new(SmallRuns.Trainer(), new TestClock(), SmallRuns.Unjudged);
        loop.Send(new TakeStep(StepPhases.Sleep));
        loop.Advance(0);
        loop.Snapshots.TryTake(out TrainingSnapshot snapshot);
        Assert.Equal((1, -1, 1), (snapshot.Step, snapshot.Wake.Step, snapshot.Dream.Step));
        Assert.Equal((0, 1), (snapshot.Wake.SampleCount, snapshot.Dream.SampleCount));
        byte[] dream = [.. snapshot.Dream.Layers[0].Bits];
        loop.Send(new TakeStep(StepPhases.Wake));
        loop.Advance(0);
        loop.Snapshots.TryTake(out snapshot);
        Assert.Equal((2, 2, 1), (snapshot.Step, snapshot.Wake.Step, snapshot.Dream.Step));
        Assert.Equal((1, 0), (snapshot.Wake.SampleCount, snapshot.Dream.SampleCount));
        Assert.Equal(dream, snapshot.Dream.Layers[0].Bits);
        Assert.Equal(dream.Select(b => (float)b), snapshot.Dream.Layers[0].Means);
    }

    [Fact]
    public void Commands_are_applied_in_order_between_steps_and_logged_with_their_step()
    {
        Trainer trainer = SmallRuns.Trainer();
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Unjudged);
        loop.Advance(5);
        TrainingSettings slower = SmallRuns.Settings with { GenerativeRate = 0.001 };
        loop.Send(new ChangeSettings(slower));
        loop.Send(new TakeStep(StepPhases.Wake));
        loop.Send(new ChangeSettings(slower));
        loop.Advance(2);
        Assert.Equal([new LoggedCommand(5, new ChangeSettings(slower)), new LoggedCommand(5, new TakeStep(StepPhases.Wake))], loop.History.Commands);
        Assert.Equal((8, slower), (loop.Step, trainer.Settings));
    }

    [Fact]
    public void The_log_replays_the_run()
    {
        TrainingSettings other = SmallRuns.Settings with { Optimizer = OptimizerKind.Sgd, GenerativeRate = 0.2, BatchSize = 7 };
        using TrainingLoop loop = new(SmallRuns.Trainer(), new TestClock(), SmallRuns.Unjudged);
        loop.Advance(20);
        loop.Send(new Restart(9));
        loop.Advance(13);
        loop.Send(new ChangeSettings(other));
        loop.Send(new TakeStep(StepPhases.Sleep));
        loop.Advance(40);
        Trainer replayed = SmallRuns.Trainer(9);
        foreach (LoggedCommand logged in loop.History.Commands.Skip(1))
        {
            while (replayed.Step < logged.Step) replayed.TakeStep(StepPhases.Both);
            if (logged.Command is ChangeSettings change) replayed.Settings = change.Settings;
            if (logged.Command is TakeStep take) replayed.TakeStep(take.Phases);
        }

        while (replayed.Step < loop.Step) replayed.TakeStep(StepPhases.Both);
        loop.RequestModel();
        loop.Advance(0);
        loop.Models.TryTake(out HelmholtzMachine machine);
        AssertSame(replayed.Machine, machine);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_at_the_door()
    {
        using TrainingLoop loop = new(SmallRuns.Trainer(), new TestClock(), SmallRuns.Unjudged);
        Assert.Throws<InvalidInputException>(() => loop.Send(new ChangeSettings(SmallRuns.Settings with { BatchSize = 0 })));
        loop.Advance(1);
        Assert.Empty(loop.History.Commands);
    }

    [Fact]
    public void Restarting_begins_the_run_of_the_new_seed()
    {
        using TrainingLoop loop = new(SmallRuns.Trainer(1), new TestClock(), SmallRuns.Judged);
        loop.Advance(30);
        loop.Send(new Restart(2));
        loop.Advance(10);
        using TrainingLoop fresh = new(SmallRuns.Trainer(2), new TestClock(), SmallRuns.Judged);
        fresh.Advance(10);
        Assert.Equal(fresh.History.Evaluations, loop.History.Evaluations);
        loop.Snapshots.TryTake(out TrainingSnapshot snapshot);
        fresh.Snapshots.TryTake(out TrainingSnapshot expected);
        Assert.Equal((2ul, 10), (snapshot.Seed, snapshot.Step));
        Assert.Equal(expected.Dream.Layers[0].Probabilities, snapshot.Dream.Layers[0].Probabilities);
    }

    [Fact]
    public void History_holds_bounds_and_the_frozen_dream_at_the_scheduled_steps()
    {
        using TrainingLoop loop = new(SmallRuns.Trainer(), new TestClock(), SmallRuns.Judged);
        loop.Advance(15);
        long[] scheduled = [0, 1, 2, 3, 5, 7, 10, 12, 13, 15];
        Assert.Equal(scheduled, loop.History.Evaluations.Select(e => e.Step));
        Assert.Equal(scheduled, loop.History.Dreams.Select(d => d.Step));
        Assert.All(loop.History.Evaluations, e =>
        {
            Assert.Equal(5, e.Samples);
            Assert.True(e.Elbo <= e.ImportanceWeighted && e.ImportanceWeighted < 0);
        });
        Assert.All(loop.History.Dreams, d => Assert.Equal(16, d.Probabilities.Length));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_number_of_threads_changes_nothing_that_is_seen(int threads)
    {
        using WorkerTeam team = new(threads);
        Trainer alone = SmallRuns.Trainer(), together = SmallRuns.Trainer(team: team);
        using TrainingLoop first = new(alone, new TestClock(), SmallRuns.Judged), second = new(together, new TestClock(), SmallRuns.Judged);
        first.Advance(150);
        second.Advance(150);
        Assert.Equal(SmallRuns.Hash(alone), SmallRuns.Hash(together));
        Assert.Equal(first.History.Evaluations, second.History.Evaluations);
        Assert.Equal(first.History.Dreams.Select(d => d.Probabilities), second.History.Dreams.Select(d => d.Probabilities));
        first.Snapshots.TryTake(out TrainingSnapshot expected);
        second.Snapshots.TryTake(out TrainingSnapshot actual);
        for (int l = 0; l < 3; l++) Assert.Equal(expected.Wake.Layers[l].Flips, actual.Wake.Layers[l].Flips);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_non_finite_value_stops_the_run_at_the_last_good_state_and_names_the_layer(float poison)
    {
        Trainer trainer = SmallRuns.Trainer();
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Judged);
        loop.Advance(100);
        Parameter victim = trainer.Machine.Generative.Parameters[0];
        victim.Value[2, 3] = poison;
        loop.Advance(50);
        Assert.Equal(victim.Name, loop.Divergence!.Layer);
        Assert.Contains(victim.Name, loop.Divergence.Message);
        Assert.Equal((0, 0), (loop.Divergence.Step, loop.Step));
        Assert.Null(trainer.FindNonFinite());
        Assert.Equal(SmallRuns.Hash(SmallRuns.Trainer()), SmallRuns.Hash(trainer));
        Assert.Equal([0], loop.History.Evaluations.Select(e => e.Step));
        loop.Snapshots.TryTake(out TrainingSnapshot snapshot);
        Assert.Equal((0, -1), (snapshot.Step, snapshot.Wake.Step));
        loop.Advance(10);
        Assert.Equal(0, loop.Step);
    }

    [Fact]
    public void A_run_that_went_back_goes_on_with_other_settings_as_if_nothing_had_happened()
    {
        Trainer trainer = SmallRuns.Trainer(), healthy = SmallRuns.Trainer();
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Judged);
        loop.Advance(200);
        trainer.Machine.Parameters[^1].Value[0, 0] = float.NaN;
        loop.Advance(1);
        Assert.Equal(128, loop.Divergence!.Step);
        Assert.Equal(new LoggedCommand(201, new GoBack()), loop.History.Commands[^1]);
        TrainingSettings slower = SmallRuns.Settings with { GenerativeRate = 0.001 };
        loop.Send(new ChangeSettings(slower));
        loop.Advance(72);
        Assert.Null(loop.Divergence);
        for (int i = 0; i < 128; i++) healthy.TakeStep(StepPhases.Both);
        healthy.Settings = slower;
        for (int i = 0; i < 72; i++) healthy.TakeStep(StepPhases.Both);
        Assert.Equal(SmallRuns.Hash(healthy), SmallRuns.Hash(trainer));
        long[] steps = [.. loop.History.Evaluations.Select(e => e.Step)];
        Assert.Equal(steps.Distinct().Order(), steps);
    }

    [Fact]
    public void Another_optimizer_is_not_given_the_old_one_s_state()
    {
        Trainer trainer = SmallRuns.Trainer();
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Unjudged);
        loop.Advance(70);
        loop.Send(new ChangeSettings(SmallRuns.Settings with { Optimizer = OptimizerKind.Momentum }));
        loop.Advance(10);
        trainer.Machine.Parameters[0].Value[0, 0] = float.NaN;
        loop.Advance(1);
        Assert.Equal(70, loop.Divergence!.Step);
        Assert.Equal(OptimizerKind.Momentum, trainer.Settings.Optimizer);
    }

    [Fact]
    public void A_run_that_goes_back_takes_its_baselines_with_it()
    {
        TrainingSettings settings = SmallRuns.Settings with { Estimator = "nvil", BaselineWidth = 9 };
        Trainer trainer = SmallRuns.Trainer(settings: settings), straight = SmallRuns.Trainer(settings: settings);
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Unjudged);
        loop.Advance(150);
        loop.Send(new GoBack());
        loop.Advance(0);
        Assert.Equal((64, 64), (loop.Step, trainer.Cursor.EstimatorUpdates));
        loop.Advance(86);
        for (int i = 0; i < 150; i++) straight.TakeStep(StepPhases.Both);
        Assert.Equal(SmallRuns.Hash(straight), SmallRuns.Hash(trainer));
    }

    [Fact]
    public void Another_estimator_or_width_begins_with_fresh_baselines_and_other_changes_keep_them()
    {
        TrainingSettings settings = SmallRuns.Settings with { Estimator = "nvil", BaselineWidth = 9 };
        Trainer trainer = SmallRuns.Trainer();
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Unjudged);
        void Change(TrainingSettings to, long updates)
        {
            loop.Advance(10);
            loop.Send(new ChangeSettings(to));
            loop.Advance(0);
            Assert.Equal(updates, trainer.Cursor.EstimatorUpdates);
        }

        Change(settings, 0);
        Change(settings with { BaselineRate = 0.01, BatchSize = 7, Samples = 2 }, 10);
        Change(settings with { BaselineWidth = 11 }, 0);
        Change(settings with { Estimator = "running-baseline" }, 0);
        Change(SmallRuns.Settings, 0);
        loop.Send(new GoBack());
        loop.Advance(20);
        Assert.Null(loop.Divergence);
    }

    [Fact]
    public void An_estimator_that_is_not_defined_for_the_network_is_refused_before_anything_changes()
    {
        Trainer trainer = SmallRuns.Trainer();
        using TrainingLoop loop = new(trainer, new TestClock(), SmallRuns.Unjudged);
        ChangeSettings change = new(SmallRuns.Settings with { Estimator = "exact" });
        Assert.Contains("exact", Assert.Throws<InvalidInputException>(() => loop.Send(change)).Message);

        loop.Advance(1);
        Assert.Equal(SmallRuns.Settings, trainer.Settings);
        Assert.Empty(loop.History.Commands);
    }

    [Fact]
    public void A_steady_step_allocates_nothing_watched_or_not()
    {
        using TrainingLoop loop = new(SmallRuns.Trainer(), TimeProvider.System, SmallRuns.Judged);
        loop.Advance(1400);
        loop.Snapshots.TryTake(out _);
        loop.RequestModel();
        loop.Advance(10);
        Assert.Equal(1540, EvaluationSchedule.Next(1410));

        // What every step allocates is in all of these; what the runtime itself allocates once is not.
        long fewest = long.MaxValue;
        for (int window = 0; window < 4; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            loop.Advance(10);
            for (int i = 0; i < 20; i++)
            {
                loop.RequestModel();
                loop.Advance(1);
                loop.Snapshots.TryTake(out _);
                loop.Models.TryTake(out _);
            }

            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, fewest);
    }

    [Fact]
    public async Task Paused_it_still_serves_commands_models_and_checkpoints()
    {
        using TemporaryFolder folder = new();
        using TrainingLoop loop = new(SmallRuns.Trainer(), TimeProvider.System, SmallRuns.Unjudged) { TargetRate = 0 };
        loop.Start();
        Eventually(() => loop.Snapshots.TryTake(out _));
        Assert.Equal(0, loop.Step);
        loop.RequestModel();
        Eventually(() => loop.Models.TryTake(out _));
        loop.Send(new TakeStep(StepPhases.Both));
        Eventually(() => loop.Step == 1);
        Eventually(() => loop.Snapshots.TryTake(out TrainingSnapshot s) && s.Step == 1);
        await loop.SaveCheckpoint(folder.File("c"), overwrite: false).WaitAsync(Patience);
        Assert.Equal(1, Checkpoint.Load(folder.File("c")).Cursor.Step);
        Assert.Equal(0, loop.StepsPerSecond);
    }

    [Fact]
    public void Steps_follow_the_given_clock_and_a_slow_rate_gives_way_at_once()
    {
        TestClock clock = new();
        using TrainingLoop loop = new(SmallRuns.Trainer(), clock, SmallRuns.Unjudged) { TargetRate = 0.1 };
        loop.Start();
        Eventually(() => loop.Snapshots.TryTake(out _));
        int seconds = 0;
        Eventually(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            seconds++;
            return loop.Step >= 3;
        });
        Assert.InRange(loop.Step, 3, seconds / 10);
        loop.TargetRate = double.PositiveInfinity;
        Eventually(() => loop.Step > 20);
        loop.TargetRate = 0;
        Assert.Null(loop.Failure);
    }

    [Fact]
    public void An_exception_on_the_thread_is_shown_and_stops_the_loop()
    {
        TrainingLoop loop = new(SmallRuns.Trainer(), TimeProvider.System, SmallRuns.Unjudged) { TargetRate = 0 };
        loop.Start();
        loop.Send(new Unknown());
        Eventually(() => loop.Failure is not null);
        Assert.Contains(nameof(Unknown), loop.Failure!.Message);
        Eventually(() => loop.SaveCheckpoint("never", overwrite: false).IsFaulted);
        loop.Dispose();
        Assert.False(File.Exists("never"));
    }

    [Fact]
    public async Task Checkpoints_from_many_threads_while_training_are_whole_states_of_the_run()
    {
        using TemporaryFolder folder = new();
        using (TrainingLoop loop = new(SmallRuns.Trainer(), TimeProvider.System, SmallRuns.Unjudged))
        {
            loop.Start();
            Task[] saves = [.. Enumerable.Range(0, 8).Select(i => Task.Run(() => loop.SaveCheckpoint(folder.File($"c{i}"), overwrite: false)))];
            await Task.WhenAll(saves).WaitAsync(Patience);
        }

        Trainer straight = SmallRuns.Trainer();
        foreach (Trainer resumed in folder.Names.Select(n => Checkpoint.Load(folder.File(n)).Resume(SmallRuns.Bars, WorkerTeam.Single)).OrderBy(t => t.Step))
        {
            while (straight.Step < resumed.Step) straight.TakeStep(StepPhases.Both);
            Assert.Equal(SmallRuns.Hash(straight), SmallRuns.Hash(resumed));
        }
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_written_fails_its_task_and_training_goes_on()
    {
        using TemporaryFolder folder = new();
        using TrainingLoop loop = new(SmallRuns.Trainer(), TimeProvider.System, SmallRuns.Unjudged);
        loop.Start();
        await Assert.ThrowsAsync<InvalidInputException>(() => loop.SaveCheckpoint(folder.File("no/c"), overwrite: true).WaitAsync(Patience));
        long reached = loop.Step;
        Eventually(() => loop.Step > reached);
        Assert.Null(loop.Failure);
    }

    private sealed record Unknown : TrainingCommand;

    private static void AssertSample(PhaseSample sample, List<byte[][]> observed, Func<int, Matrix> logits)
    {
        // The first of the observed samples belongs to the previous window: flips are counted from it, means are not.
        Assert.Equal(observed.Count - 1, sample.SampleCount);
        for (int l = 0; l < sample.Layers.Length; l++)
        {
            LayerSample layer = sample.Layers[l];
            Assert.Equal(observed[^1][l], layer.Bits);
            double logProbability = 0;
            for (int i = 0; i < layer.Units; i++)
            {
                int flips = 0, on = 0;
                for (int s = 1; s < observed.Count; s++)
                {
                    on += observed[s][l][i];
                    flips += observed[s][l][i] ^ observed[s - 1][l][i];
                }

                Assert.Equal(flips, layer.Flips[i]);
                Assert.Equal(on / (double)sample.SampleCount, layer.Means[i], 1e-6);
                double p = Sigmoid.Reference(logits(l)[0, i]);
                Assert.Equal(p, layer.Probabilities[i], 1e-6);
                logProbability += Math.Log(layer.Bits[i] != 0 ? p : 1 - p);
            }

            Assert.Equal(logProbability, layer.LogProbability, 1e-3);
        }
    }

    private static byte[][] Rows(Func<int, BitMatrix> bits) =>
    [
        .. Enumerable.Range(0, 3).Select(l =>
        {
            byte[] row = new byte[bits(l).Columns];
            bits(l).UnpackRow(0, row);
            return row;
        }),
    ];

    private static void AssertSame(HelmholtzMachine expected, HelmholtzMachine actual)
    {
        foreach ((Parameter e, Parameter a) in expected.Parameters.Zip(actual.Parameters))
            for (int r = 0; r < e.Value.Rows; r++)
                Assert.Equal(e.Value.Row(r).ToArray(), a.Value.Row(r).ToArray());
    }

    private static void Eventually(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Patience));
}
