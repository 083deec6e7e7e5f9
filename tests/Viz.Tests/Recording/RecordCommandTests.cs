using System.Diagnostics;
using System.Security.Cryptography;
using DreamViz.Viz.Commands;
using DreamViz.Viz.Tests.Commands;
using DreamViz.Viz.Tests.Golden;

namespace DreamViz.Viz.Tests.Recording;

public sealed class RecordCommandTests : IDisposable
{
    private static readonly string[] Short =
        ["record", "--preset", "tiny", "--size", "320x180", "--fps", "10", "--duration", "0.8", "--to", "40"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_command_gives_the_same_frames_whatever_the_number_of_threads()
    {
        string[] Film(string name, params string[] more)
        {
            Captured.Run([.. Short, "--out", folder[name], .. more]).Succeeded();
            return [.. Directory.GetFiles(folder[name]).Order().Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))];
        }

        string[] first = Film("first");
        Assert.Equal(8, first.Length);
        Assert.True(first.Distinct().Count() > 4);
        Assert.Equal(first, Film("second", "--threads", "2"));
        Assert.NotEqual(first, Film("third", "--seed", "2"));
    }

    [Fact]
    public void The_preview_is_the_last_frame_of_the_film()
    {
        Captured.Run([.. Short, "--out", folder["film"]]).Succeeded();
        Captured preview = Captured.Run([.. Short, "--preview", "--out", folder["frame.png"]]).Succeeded();
        Assert.Contains("step 40", preview.Output);
        Assert.Equal(PngReader.Read(folder["film/frame-000008.png"]).Rgba, PngReader.Read(folder["frame.png"]).Rgba);
    }

    [SkippableFact]
    public void A_film_has_the_size_length_and_rate_that_were_asked_for()
    {
        Films.Ffmpeg();
        Captured film = Captured.Run([.. Short, "--out", folder["film.mp4"]]).Succeeded();
        Assert.Contains("Saved 8 frames (0.8 s at 10 frames/s, up to step 40)", film.Output);
        Assert.Equal(("h264", 320, 180, 8), Films.Probe(folder["film.mp4"]));
        Assert.InRange(Films.Seconds(folder["film.mp4"]), 0.75, 0.85);
    }

    [Fact]
    public void Nonsense_is_refused_in_one_line_and_nothing_is_overwritten()
    {
        folder.Write("there.png", [1, 2]);
        Dictionary<string, string> before = folder.Contents();
        void Refuses(string part, params string[] arguments) => Captured.Run(["record", "--preset", "tiny", .. arguments]).IsRefused(part);
        Refuses("--out: expected the film's file");
        Refuses("or --overwrite", "--out", folder["there.png"]);
        Refuses("or --overwrite", "--out", folder["there.png"], "--preview");
        Refuses("--size: expected", "--out", folder["a.png"], "--size", "12x12");
        Refuses("--size: expected", "--out", folder["a.png"], "--size", "1280");
        Refuses("even numbers", "--out", folder["a.mp4"], "--size", "321x180");
        Refuses("ends in .mp4", "--out", folder["a.avi"]);
        Refuses("--format: expected mp4", "--out", folder["a"], "--format", "avi");
        Refuses("ends in .gif for --format gif", "--out", folder["a.mp4"], "--format", "gif");
        Refuses("expected a folder that exists", "--out", folder["none/a.png"]);
        Refuses("--fps: expected", "--out", folder["a.png"], "--fps", "0");
        Refuses("--duration: expected", "--out", folder["a.png"], "--duration", "-1");
        Refuses("--to: expected a step at or after", "--out", folder["a.png"], "--from", "5", "--to", "4");
        Refuses("ends in .png for --preview", "--out", folder["a.mp4"], "--preview");
        Refuses("expected either this or --panels", "--out", folder["a.png"], "--panels", "--no-panels");
        Assert.Equal(before, folder.Contents());
    }

    [SkippableFact]
    public async Task A_request_to_stop_completes_the_film_that_there_is()
    {
        Films.Ffmpeg();
        using var stop = new CancellationTokenSource();
        Task<Captured> recording = Task.Run(() => Captured.Run(
            stop.Token, "record", "--preset", "tiny", "--size", "320x180", "--duration", "3000", "--out", folder["film.mkv"]));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(folder["film.part.mkv"]), TimeSpan.FromSeconds(60)));
        await stop.CancelAsync();
        Captured film = await recording;
        Assert.Equal(CommandLine.Interrupted, film.Code);
        Assert.Contains("interrupted", film.Output);
        Assert.True(Films.Probe(folder["film.mkv"]).Frames > 0);
        Assert.Equal([folder["film.mkv"]], folder.Contents().Keys);
    }

    [SkippableFact]
    public void Killing_the_program_leaves_a_film_that_plays()
    {
        Films.Ffmpeg();
        string part = folder["film.part.mkv"];
        string program = Path.Combine(AppContext.BaseDirectory, "dreamviz.dll");
        using Process record = Process.Start(new ProcessStartInfo(
            "dotnet", [program, "record", "--preset", "tiny", "--size", "320x180", "--duration", "3000", "--out", folder["film.mp4"]])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.True(SpinWait.SpinUntil(() => new FileInfo(part) is { Exists: true, Length: > 100_000 }, TimeSpan.FromSeconds(60)));
        using Process ffmpeg = Processes.Find(part);
        record.Kill();
        record.WaitForExit();
        Assert.True(ffmpeg.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.False(File.Exists(folder["film.mp4"]));
        Assert.True(Films.Probe(part).Frames > 30);
    }
}
