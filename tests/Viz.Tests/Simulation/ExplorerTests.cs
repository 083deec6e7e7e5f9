using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Tests.Simulation;

public sealed class ExplorerTests
{
    [Fact]
    public void The_picture_names_preset_step_and_every_panel()
    {
        using var driver = new ExplorerDriver(plays: true);
        driver.Frames(3);
        foreach (string text in (string[])["DreamViz", "Dreaming digits", "Reconstruction", "Learning", "Live settings", "Dreams", "Live"])
            Assert.Contains(text, driver.Texts);
        Assert.Contains($"step {driver.Step}", driver.Texts);
    }

    [Fact]
    public void Clicking_the_disc_pauses_and_clicking_again_plays()
    {
        using var driver = new ExplorerDriver(plays: true);
        driver.Click(640, 26);
        long paused = driver.Step;
        driver.Frames(5);
        Assert.Equal(paused, driver.Step);
        driver.Click(640, 26);
        driver.Frames(5);
        Assert.True(driver.Step > paused);
    }

    [Fact]
    public void Space_plays_and_pauses()
    {
        using var driver = new ExplorerDriver();
        driver.Press(Key.Space);
        Assert.True(driver.Scene.IsPlaying);
        driver.Press(Key.Space);
        Assert.False(driver.Scene.IsPlaying);
    }

    [Fact]
    public void Each_step_key_takes_one_step_of_its_phases()
    {
        using var driver = new ExplorerDriver();
        driver.Press(Key.Right);
        Assert.Equal((1, 1, 1), (driver.Step, driver.Scene.Snapshot!.Wake.Step, driver.Scene.Snapshot.Dream.Step));
        driver.Press(Key.W);
        Assert.Equal((2, 2, 1), (driver.Step, driver.Scene.Snapshot!.Wake.Step, driver.Scene.Snapshot.Dream.Step));
        driver.Press(Key.S);
        Assert.Equal((3, 2, 3), (driver.Step, driver.Scene.Snapshot!.Wake.Step, driver.Scene.Snapshot.Dream.Step));
    }

    [Fact]
    public void The_step_buttons_do_what_their_keys_do()
    {
        using var driver = new ExplorerDriver();
        driver.ClickText("Wake step");
        driver.ClickText("Sleep step");
        driver.Click(808, 26);
        Assert.Equal(
            [new TakeStep(StepPhases.Wake), new TakeStep(StepPhases.Sleep), new TakeStep(StepPhases.Both)],
            driver.Scene.History.Commands.Select(logged => logged.Command));
    }

    [Fact]
    public void Dragging_the_rate_changes_both_rates_from_the_next_step()
    {
        using var driver = new ExplorerDriver();
        driver.Drag(880, 800, 552);
        TrainingSettings chosen = driver.Scene.Settings;
        Assert.InRange(chosen.GenerativeRate, 0.001, 0.01);
        Assert.Equal(chosen.GenerativeRate, chosen.RecognitionRate, 12);
        driver.Press(Key.Right);
        Assert.Equal(chosen, driver.Scene.Snapshot!.Settings);
        Assert.IsType<ChangeSettings>(driver.Scene.History.Commands[0].Command);
    }

    [Fact]
    public void Choosing_wake_sleep_from_the_menu_disables_where_recognition_learns()
    {
        using var driver = new ExplorerDriver();
        driver.ClickText("Reweighted wake-sleep");
        driver.ClickText("Wake-sleep");
        Assert.Equal("wake-sleep", driver.Scene.Settings.Estimator);
        RecognitionLearning before = driver.Scene.Settings.RecognitionLearning;
        driver.Click(815, 579);
        Assert.Equal(before, driver.Scene.Settings.RecognitionLearning);
    }

    [Fact]
    public void The_menu_names_every_estimator_on_the_screen_one_below_the_other()
    {
        using var driver = new ExplorerDriver();
        driver.ClickText("Reweighted wake-sleep");
        float last = 8;
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            (_, float x, float baseline) = DrawnText.Of(driver.List).Last(word => word.Text == estimator.Name);
            Assert.InRange(baseline, last + 16, 712);
            Assert.InRange(x, 8, 1100);
            last = baseline;
        }
    }

    [Fact]
    public void Each_estimator_is_learned_with_when_it_is_chosen_and_refused_where_it_is_not_defined()
    {
        foreach (EstimatorDescription estimator in EstimatorCatalog.All)
        {
            using var driver = new ExplorerDriver();
            driver.ClickText("Reweighted wake-sleep");
            driver.ClickText(estimator.Name);
            driver.Frames(2);
            bool isDefined = estimator.Key is not "exact";
            Assert.Equal(isDefined ? estimator.Key : "reweighted-wake-sleep", driver.Scene.Settings.Estimator);
            Assert.Equal(!isDefined, driver.Texts.Contains("This setting was refused"));
        }
    }

    [Fact]
    public void Samples_follow_what_the_estimator_needs()
    {
        using var driver = new ExplorerDriver("classic-wake-sleep");
        Assert.Equal(1, driver.Scene.Settings.Samples);
        driver.ClickText("Wake-sleep");
        driver.ClickText("VIMCO");
        Assert.Equal(("vimco", 2), (driver.Scene.Settings.Estimator, driver.Scene.Settings.Samples));
        driver.Drag(795, 700, 525);
        Assert.Equal(2, driver.Scene.Settings.Samples);
        Assert.DoesNotContain("This setting was refused", driver.Texts);
    }

    [Fact]
    public void Choosing_a_preset_replaces_the_run()
    {
        using var driver = new ExplorerDriver();
        driver.ClickText("Dreaming digits");
        driver.ClickText("Tiny, nodes and edges");
        driver.Frames(2);
        Assert.Equal([16, 12, 4], driver.Scene.LayerSizes);
        Assert.Equal("Tiny, nodes and edges", driver.Scene.PresetName);
        Assert.Equal(4, driver.Scene.Dataset!.Width);
        driver.Press(Key.Right);
        Assert.Equal(1, driver.Step);
    }

    [Fact]
    public void Ten_presets_have_a_key_each_as_the_menu_says()
    {
        using var driver = new ExplorerDriver("tiny");
        driver.ClickText("Tiny, nodes and edges");
        foreach (Preset preset in PresetCatalog.All) Assert.Contains(preset.Name, driver.Texts);
        Assert.Contains("0", driver.Texts);
        driver.Press(Key.Escape);
        driver.Press(Key.D0);
        Assert.Equal(PresetCatalog.All[9].Name, driver.Scene.PresetName);
        driver.Press(Key.D3);
        Assert.Equal(PresetCatalog.All[2].Name, driver.Scene.PresetName);
    }

    [Fact]
    public void A_unit_that_is_pressed_while_another_network_comes_is_forgotten_with_its_network()
    {
        using var driver = new ExplorerDriver();
        Box unit = new StageLayout(driver.Scene.LayerSizes, 8, 8).Place(World.Dream, 1).CellBox(40);
        driver.Scene.Notice = null;
        driver.Send(InputKind.PointerMove, unit.Center.X, unit.Center.Y);
        driver.Explorer.Handle(new(InputKind.PointerDown, unit.Center.X, unit.Center.Y, Modifiers: Modifiers.Shift));
        driver.Frames(1);
        Assert.Equal(1, driver.Scene.Selection.HeldUnits);
        driver.Scene.Commands.ChoosePreset(PresetCatalog.Find("tiny").Name);
        driver.Frames(1);
        Assert.Equal([16, 12, 4], driver.Scene.LayerSizes);
        driver.Explorer.Handle(new(InputKind.PointerUp, unit.Center.X, unit.Center.Y, Modifiers: Modifiers.Shift));
        driver.Frames(1);
        Assert.Equal(0, driver.Scene.Selection.HeldUnits);
    }

    [Fact]
    public void A_preset_without_its_files_says_what_it_needs_and_the_network_stays()
    {
        using var driver = new ExplorerDriver();
        driver.Scene.Commands.ChoosePreset("MNIST");
        driver.Frames(2);
        Assert.Equal([64, 48, 24, 12], driver.Scene.LayerSizes);
        Assert.Equal(NoticeKind.Warning, driver.Scene.Notice!.Kind);
        Assert.Contains("--data", driver.Scene.Notice.Text);
    }

    [Fact]
    public void A_run_that_cannot_start_is_reported_and_the_last_network_goes_on()
    {
        Preset broken = PresetCatalog.Find("tiny") with
        {
            Key = "broken",
            Name = "Broken",
            Data = new PresetData { Source = "no-such-folder" },
        };
        using var driver = new ExplorerDriver(new ExplorerOptions { Preset = PresetCatalog.Default, Presets = [broken], StartPlaying = true });
        driver.Scene.Commands.ChoosePreset("Broken");
        driver.Frames(2);
        long step = driver.Step;
        driver.Frames(2);
        Assert.True(driver.Step > step);
        Assert.Equal(NoticeKind.Error, driver.Scene.Notice!.Kind);
        Assert.Contains("no-such-folder", driver.Scene.Notice.Text);
        Assert.Contains("This run could not be started", driver.Texts);
    }

    [Fact]
    public void Another_seed_starts_again_from_step_0()
    {
        using var driver = new ExplorerDriver(plays: true);
        driver.Frames(5);
        ulong seed = driver.Scene.Snapshot!.Seed;
        driver.Press(Key.Space);
        driver.Press(Key.N);
        Assert.Equal((0, seed + 1), (driver.Step, driver.Scene.Snapshot!.Seed));
        Assert.Contains("No steps yet", driver.Texts);
    }

    [Fact]
    public void A_run_that_diverges_offers_half_the_rate_and_goes_on_with_it()
    {
        using var driver = new ExplorerDriver(plays: true);
        driver.Frames(20);
        Assert.DoesNotContain("waits for wake", driver.Texts);
        driver.Explorer.Run.Machine.Parameters[0].Value[0, 0] = float.NaN;
        driver.Frames(2);
        Assert.DoesNotContain("waits for wake", driver.Texts);
        Assert.NotNull(driver.Scene.Divergence);
        Assert.False(driver.Scene.IsPlaying);
        double rate = driver.Scene.Settings.GenerativeRate;
        driver.ClickText("Halve the rate");
        driver.Frames(3);
        Assert.Equal(rate / 2, driver.Scene.Settings.GenerativeRate, 12);
        Assert.Null(driver.Scene.Divergence);
        Assert.True(driver.Scene.IsPlaying);
    }

    [Fact]
    public void Escape_closes_what_lies_on_top_and_then_releases_clamps()
    {
        using var driver = new ExplorerDriver();
        driver.Scene.Selection[new UnitId(1, 0)] = Clamp.On;
        driver.Press(Key.Tab);
        driver.Press(Key.Question);
        Assert.Contains("Shortcuts", driver.Texts);
        driver.Press(Key.Escape);
        Assert.False(driver.Scene.HelpOpen);
        Assert.Contains("Inspector", driver.Texts);
        driver.Press(Key.Escape);
        Assert.False(driver.Scene.DrawerOpen);
        Assert.Equal(1, driver.Scene.Selection.HeldUnits);
        driver.Press(Key.Escape);
        Assert.Equal(0, driver.Scene.Selection.HeldUnits);
    }

    [Fact]
    public void Hiding_the_panels_leaves_the_stage()
    {
        using var driver = new ExplorerDriver(plays: true);
        driver.Press(Key.H);
        Assert.DoesNotContain("Learning", driver.Texts);
        driver.Press(Key.H);
        Assert.Contains("Learning", driver.Texts);
    }

    [Fact]
    public void Equal_seeds_and_events_draw_equal_frames()
    {
        Assert.Equal(Film(), Film());

        static byte[] Film()
        {
            using var driver = new ExplorerDriver(plays: true, stepsPerFrame: 2.5);
            driver.Frames(30);
            driver.Drag(821, 900, 525);
            driver.Frames(30);
            Assert.True(driver.Step > 100);
            return driver.List.Bytes.ToArray();
        }
    }

    [Fact]
    public void A_still_picture_allocates_next_to_nothing()
    {
        const int Frames = 200;
        using var driver = new ExplorerDriver(plays: true);
        driver.Frames(60);
        driver.Press(Key.Space);
        driver.Frames(60);
        long before = GC.GetAllocatedBytesForCurrentThread();
        driver.Frames(Frames);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Frames, 0, 512);
    }

    [Theory, InlineData(1, 1), InlineData(16384, 1), InlineData(1, 16384), InlineData(0, 0), InlineData(3840, 2160)]
    public void Any_size_can_be_drawn(int width, int height)
    {
        using var driver = new ExplorerDriver(plays: true);
        driver.Press(Key.Tab);
        driver.Press(Key.F1);
        driver.Explorer.Frame(driver.List, width, height, 1.0 / 60);
        Assert.NotEmpty(DrawnText.Of(driver.List));
    }

    [Fact]
    public void Ten_thousand_random_events_never_break_it()
    {
        var random = new Random(20_001);
        using var driver = new ExplorerDriver("tiny", plays: true, stepsPerFrame: 0.2);
        for (int i = 0; i < 10_000; i++)
        {
            driver.Explorer.Handle(RandomEvent(random));
            if (i % 20 == 0) driver.Explorer.Frame(driver.List, random.Next(2000), random.Next(1200), random.NextDouble() * 0.05);
        }

        driver.Frames(2);
        Assert.NotEmpty(driver.List.Bytes.ToArray());
    }

    private static InputEvent RandomEvent(Random random) => new(
        (InputKind)random.Next(0, 10),
        random.Next(20) == 0 ? float.NaN : random.Next(-50, 1350), random.Next(-50, 770),
        (byte)random.Next(3), random.Next(-3, 4), (Key)random.Next(0, 60), (char)random.Next(32, 127), (Modifiers)random.Next(8));
}
