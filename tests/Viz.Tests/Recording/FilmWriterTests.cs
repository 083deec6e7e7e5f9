using DreamViz.Engine;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Tests.Commands;
using DreamViz.Viz.Tests.Golden;

namespace DreamViz.Viz.Tests.Recording;

public sealed class FilmWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableTheory, InlineData("mp4", "h264"), InlineData("mkv", "h264")]
    public void A_movie_holds_every_frame_in_its_order(string format, string codec)
    {
        Ffmpeg ffmpeg = Films.Ffmpeg();
        string path = folder["film." + format];
        using (IFilmWriter film = FilmFormat.Find(format).Create(Films.Options(path), ffmpeg))
        {
            Films.Write(film, 40);
            film.Finish();
        }

        Assert.Equal((codec, Films.Width, Films.Height, 40), Films.Probe(path));
        Assert.InRange(Films.Seconds(path), 1.55, 1.65);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i % 16), Films.Bars(path));
        Assert.Equal([path], folder.Contents().Keys);
    }

    [SkippableFact]
    public void A_gif_has_the_nearest_rate_that_browsers_keep()
    {
        Ffmpeg ffmpeg = Films.Ffmpeg();
        string path = folder["film.gif"];
        using (IFilmWriter film = FilmFormat.Find("gif").Create(Films.Options(path, framesPerSecond: 60), ffmpeg))
        {
            Films.Write(film, 60);
            film.Finish();
        }

        (string codec, _, _, int frames) = Films.Probe(path);
        Assert.Equal(("gif", 50), (codec, frames));
        Assert.Equal([path], folder.Contents().Keys);
    }

    [Theory, InlineData(60, 2), InlineData(50, 2), InlineData(40, 3), InlineData(30, 4), InlineData(25, 4), InlineData(10, 10), InlineData(240, 2)]
    public void Gif_delays_are_whole_hundredths_and_at_least_two(int framesPerSecond, int delay) =>
        Assert.Equal(delay, GifFilm.Delay(framesPerSecond));

    [Fact]
    public void An_animated_png_keeps_every_frame_exactly()
    {
        string path = folder["film.png"];
        using (IFilmWriter film = FilmFormat.Find("apng").Create(Films.Options(path), null))
        {
            foreach (int number in new[] { 0, 1, 1, 2, 9 }) film.Add(Films.Frame(number));
            film.Finish();
        }

        Assert.Equal(Films.Frame(0), PngReader.Read(path).Rgba);
        List<byte[]> frames = ApngReader.Read(path);
        Assert.Equal(5, frames.Count);
        foreach ((byte[] frame, int number) in frames.Zip([0, 1, 1, 2, 9])) Assert.Equal(Films.Frame(number), frame);
        Assert.Equal([path], folder.Contents().Keys);
    }

    [SkippableFact]
    public void Other_programs_read_the_animated_png()
    {
        Films.Ffmpeg();
        string path = folder["film.png"];
        using (IFilmWriter film = FilmFormat.Find("apng").Create(Films.Options(path), null))
        {
            Films.Write(film, 20);
            film.Finish();
        }

        File.Move(path, folder["film.apng"]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 16), Films.Bars(folder["film.apng"]));
    }

    [Fact]
    public void A_folder_of_pictures_holds_one_a_frame_and_keeps_what_else_lies_there()
    {
        string path = folder["film"];
        for (int round = 0; round < 2; round++)
        {
            using IFilmWriter film = FilmFormat.Find("png").Create(Films.Options(path) with { Overwrite = round > 0 }, null);
            Films.Write(film, round > 0 ? 2 : 3);
            film.Finish();
            if (round == 0) File.WriteAllText(Path.Combine(path, "notes.txt"), "mine");
        }

        Assert.Equal(["frame-000001.png", "frame-000002.png", "notes.txt"], Directory.GetFiles(path).Select(Path.GetFileName).Order());
        Assert.Equal(Films.Frame(1), PngReader.Read(Path.Combine(path, "frame-000002.png")).Rgba);
        Assert.False(Directory.Exists(path + ".part"));
    }

    [Theory, InlineData("film.mp4"), InlineData("film.mkv"), InlineData("film.gif"), InlineData("film.png")]
    public void A_film_that_exists_is_refused_and_left_alone(string name)
    {
        string path = folder.Write(name, [1, 2, 3]);
        Assert.Throws<InvalidInputException>(() => FilmFormat.ForPath(path).Check(Films.Options(path)));
        FilmFormat.ForPath(path).Check(Films.Options(path) with { Overwrite = true });
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void What_is_left_of_a_film_that_was_cut_off_is_not_overwritten()
    {
        folder.Write("film.part.mkv", [1]);
        InvalidInputException refusal = Assert.Throws<InvalidInputException>(() => FilmFormat.Find("mp4").Check(Films.Options(folder["film.mp4"])));
        Assert.Contains("cut off", refusal.Message);
    }

    [Fact]
    public void Video_of_odd_size_and_folders_that_are_missing_are_refused()
    {
        Assert.Throws<InvalidInputException>(() => FilmFormat.Find("mp4").Check(Films.Options(folder["a.mp4"]) with { Width = 63 }));
        Assert.Throws<InvalidInputException>(() => FilmFormat.Find("apng").Check(Films.Options(folder["no/where/a.png"])));
        FilmFormat.Find("apng").Check(Films.Options(folder["a.png"]) with { Width = 63 });
    }

    [Fact]
    public void Without_ffmpeg_a_short_film_is_an_animated_png_and_a_long_one_single_pictures_and_one_line_says_so()
    {
        (FilmFormat format, string path) = FilmFormat.Find("mp4").Available("a.mp4", 600, null, out string? reason);
        Assert.Equal(("apng", "a.png"), (format.Key, path));
        Assert.Contains("ffmpeg is not installed", reason);
        (format, path) = FilmFormat.Find("gif").Available("a.gif", FilmFormat.MostAnimatedFrames + 1, null, out reason);
        Assert.Equal(("png", "a"), (format.Key, path));
        Assert.DoesNotContain("\n", reason);
        Assert.Null(Ffmpeg.Find(folder["empty"]));
    }

    [SkippableFact]
    public void A_killed_ffmpeg_gives_one_line_and_what_it_wrote_still_plays()
    {
        Ffmpeg ffmpeg = Films.Ffmpeg();
        string path = folder["film.mp4"];
        using IFilmWriter film = FilmFormat.Find("mp4").Create(Films.Options(path), ffmpeg);
        Films.Write(film, 100);
        Processes.KillThatWrites(folder["film.part.mkv"]);
        RecordingException failure = Assert.Throws<RecordingException>(() => Films.Write(film, 500));
        Assert.Contains("killed by signal 9", failure.Message);
        Assert.Contains("film.part.mkv", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(File.Exists(path));
        Assert.InRange(Films.Probe(folder["film.part.mkv"]).Frames, 75, 100);
    }

    [SkippableFact]
    public void A_film_let_go_of_unfinished_leaves_a_part_that_plays()
    {
        Ffmpeg ffmpeg = Films.Ffmpeg();
        using (IFilmWriter film = FilmFormat.Find("mp4").Create(Films.Options(folder["film.mp4"]), ffmpeg)) Films.Write(film, 30);
        Assert.False(File.Exists(folder["film.mp4"]));
        Assert.Equal(30, Films.Probe(folder["film.part.mkv"]).Frames);
    }

    [Fact]
    public void An_ffmpeg_that_does_not_start_gives_one_line()
    {
        var broken = new Ffmpeg(folder.Write("ffmpeg", [1, 2, 3]));
        RecordingException failure = Assert.Throws<RecordingException>(() => FilmFormat.Find("mkv").Create(Films.Options(folder["a.mkv"]), broken));
        Assert.DoesNotContain('\n', failure.Message);
    }
}
