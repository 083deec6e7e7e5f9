using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;

namespace DreamViz.Viz.Tests.EndToEnd;

/// <summary>The real program and a real browser, learning digits.</summary>
[Collection(BrowserTests.Name)]
public sealed class ProgramTests(Browser browser) : IDisposable
{
    private const int Width = 1280, Height = 720;
    private static readonly StageLayout Stage = new([64, 48, 24, 12], 8, 8);
    private static readonly Box StepText = new(20, 646, 150, 20);
    private static readonly Box LaboratoryTitle = new(24, 66, 190, 26), FirstDartboard = new(40, 150, 160, 160);
    private static readonly Box ErrorCurves = new(72, 484, 420, 154), SignalTable = new(800, 479, 382, 160);

    private readonly string folder = Directory.CreateTempSubdirectory("dreamviz-program-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public void Units_move_and_steps_are_counted()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder);
        Open(chromium, program);
        foreach (World world in Enum.GetValues<World>())
            for (int layer = 1; layer <= Stage.Depth; layer++) WaitForChange(chromium, BoxOf(Stage.Place(world, layer)));
        WaitForChange(chromium, StepText);
        WaitForChange(chromium, Stage.DreamPicture.Tile);
    }

    [SkippableFact]
    public void Space_pauses_and_space_goes_on()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder);
        Open(chromium, program);
        chromium.Press(" ");
        Settled(chromium, StepText);
        chromium.Press(" ");
        WaitForChange(chromium, StepText);
    }

    [SkippableFact]
    public void Clicking_a_latent_changes_the_dream()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder);
        Open(chromium, program);
        WaitForChange(chromium, Stage.DreamPicture.Tile);
        chromium.Press(" ");
        Settled(chromium, Stage.DreamPicture.Tile);
        Box unit = Stage.Place(World.Dream, 1).CellBox(17);
        chromium.Click(unit.Center.X, unit.Center.Y);
        byte[] on = Settled(chromium, Stage.DreamPicture.Tile);
        chromium.Click(unit.Center.X, unit.Center.Y);
        WaitForOther(chromium, Stage.DreamPicture.Tile, on);
    }

    [SkippableFact]
    public void The_laboratory_measures_survives_a_reload_and_gives_the_stage_back()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder, "--preset", "tiny", "--layers", "8");
        Open(chromium, program);
        chromium.Press("l");
        foreach (Box part in (Box[])[FirstDartboard, ErrorCurves, SignalTable]) WaitForChange(chromium, part);
        chromium.Driver.Navigate().Refresh();
        // The first frame is whole; where all is measured, no other need follow.
        chromium.WaitUntil("document.getElementById('picture').dataset.frame >= 1");
        byte[] laboratory = Read(chromium, LaboratoryTitle);
        chromium.Press("l");
        WaitForOther(chromium, LaboratoryTitle, laboratory);
        WaitForChange(chromium, StepText);
    }

    [SkippableFact]
    public void Holding_a_label_makes_the_dream_another()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder, "--preset", "draw-a-seven");
        Open(chromium, program);
        WaitForChange(chromium, Stage.DreamPicture.Tile);
        chromium.Press(" ");
        byte[] free = Settled(chromium, Stage.DreamPicture.Tile);
        Box seven = new StageLayout([64, 30], 8, 8, classes: 10).Place(World.Dream, 1).CellBox(7);
        chromium.Click(seven.Center.X, seven.Center.Y);
        WaitForOther(chromium, Stage.DreamPicture.Tile, free);
    }

    [SkippableFact]
    public void Reloading_and_resizing_keep_the_run()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder);
        Open(chromium, program);
        chromium.Driver.Navigate().Refresh();
        chromium.WaitForFrames(10);
        chromium.SetSize(1920, 1080);
        chromium.WaitUntil("document.getElementById('picture').width === 1920");
        chromium.WaitForFrames(10);
    }

    [SkippableFact]
    public void One_key_records_a_film_and_the_same_key_completes_it()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder);
        Open(chromium, program);
        chromium.Press("r");
        Repeat(() => Directory.EnumerateFileSystemEntries(folder).Any(), "No film was begun.");
        chromium.WaitForFrames(30);
        chromium.Press("r");
        Repeat(() => Directory.EnumerateFileSystemEntries(folder, "dreamviz-*").Any(IsComplete), "No film was completed.");
    }

    [SkippableFact]
    public async Task A_request_to_end_is_told_to_the_page_and_obeyed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such request.");
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder);
        Open(chromium, program);
        Assert.Equal(130, await program.TerminateAsync());
        chromium.WaitUntil("document.getElementById('notice-title').textContent === 'DreamViz has stopped'");
    }

    [SkippableFact]
    public void A_program_that_vanishes_is_said_not_to_answer()
    {
        using Chromium chromium = browser.Open(Width, Height);
        using RunningProgram program = RunningProgram.Start(folder);
        Open(chromium, program);
        program.Kill();
        chromium.WaitUntil("document.getElementById('notice-title').textContent === 'Reconnecting'");
        // The page's patience need not be the test's.
        chromium.Run("const now = performance.now.bind(performance); performance.now = () => now() + 8000;");
        chromium.WaitUntil("document.getElementById('notice-title').textContent === 'DreamViz does not answer'");
    }

    private static void Open(Chromium chromium, RunningProgram program)
    {
        chromium.Open(program.Address);
        chromium.WaitUntil("document.getElementById('picture').dataset.frame >= 5");
    }

    private static bool IsComplete(string film) => !film.Contains(".part", StringComparison.Ordinal);

    private static byte[] Read(Chromium chromium, Box box) =>
        chromium.ReadCanvas((int)box.X, (int)box.Y, (int)box.Width, (int)box.Height);

    private static Box BoxOf(LayerPlace place)
    {
        Box first = place.CellBox(0), last = place.CellBox(Math.Min(place.Units, 12) - 1);
        return new(place.Left, first.Y, place.Right - place.Left, last.Bottom - first.Y);
    }

    private static void WaitForChange(Chromium chromium, Box box) => WaitForOther(chromium, box, Read(chromium, box));

    private static void WaitForOther(Chromium chromium, Box box, byte[] before) =>
        Repeat(() => !Read(chromium, box).AsSpan().SequenceEqual(before), $"{box} never changed.");

    // The picture of a box once it has stood still for a second: what learns changes with every frame.
    private static byte[] Settled(Chromium chromium, Box box)
    {
        byte[] last = Read(chromium, box);
        Repeat(
            () =>
            {
                Thread.Sleep(1000);
                byte[] now = Read(chromium, box);
                bool still = now.AsSpan().SequenceEqual(last);
                last = now;
                return still;
            },
            $"{box} never stood still.");
        return last;
    }

    private static void Repeat(Func<bool> condition, string failure)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(180);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, failure);
            Thread.Sleep(20);
        }
    }
}
