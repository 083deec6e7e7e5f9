using DreamViz.Viz.Drawing;
using DreamViz.Viz.Recording;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Tests.Commands;

namespace DreamViz.Viz.Tests.Recording;

public sealed class RecordingExplorerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Clock clock = new();
    private readonly Picture picture = new();
    private readonly DrawList list = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Pressing_the_button_twice_makes_a_film_and_says_where_it_is()
    {
        using RecordingExplorer explorer = new(picture, folder["."], Films.Ffmpeg(), clock);
        Show(explorer, 5);
        Assert.Empty(folder.Contents());
        explorer.RecordingRequested = true;
        Show(explorer, 30);
        explorer.RecordingRequested = false;
        Notice notice = Ended(explorer);
        string film = Assert.Single(folder.Contents().Keys);
        (_, int width, int height, int frames) = Films.Probe(film);
        Assert.Equal((64, 48), (width, height));
        Assert.Equal((NoticeKind.Information, "Film saved"), (notice.Kind, notice.Title));
        Assert.Contains($"{frames} frames", notice.Text);
        Assert.InRange(frames, 1, 30);
    }

    [Fact]
    public void Without_ffmpeg_the_picture_says_so_and_single_pictures_are_kept()
    {
        using RecordingExplorer explorer = new(picture, folder["."], null, clock);
        explorer.RecordingRequested = true;
        Show(explorer, 1);
        Assert.Equal(NoticeKind.Warning, picture.Newest!.Kind);
        explorer.RecordingRequested = false;
        Ended(explorer);
        Assert.EndsWith("frame-000001.png", Assert.Single(folder.Contents().Keys));
    }

    [Fact]
    public void A_picture_that_changes_its_size_ends_the_film_and_keeps_it()
    {
        using RecordingExplorer explorer = new(picture, folder["."], null, clock) { RecordingRequested = true };
        Show(explorer, 1);
        explorer.Frame(list, 100, 80, 0.02);
        Assert.False(explorer.RecordingRequested);
        Assert.Equal("Film saved", Ended(explorer).Title);
    }

    [Fact]
    public void A_film_that_takes_its_time_to_complete_says_so()
    {
        using RecordingExplorer explorer = new(picture, folder["."], null, clock) { RecordingRequested = true };
        Show(explorer, 1);
        explorer.RecordingRequested = false;
        picture.Newest = null;
        SpinWait.SpinUntil(
            () =>
            {
                Show(explorer, 1);
                return picture.Newest is not null;
            },
            TimeSpan.FromSeconds(60));
        Assert.Contains(picture.Newest!.Title, (string[])["Completing the film", "Film saved"]);
        if (picture.Newest.Title != "Film saved") Assert.Equal("Film saved", Ended(explorer).Title);
    }

    [Fact]
    public void A_folder_that_is_missing_is_told_on_the_picture_and_nothing_else_stops()
    {
        using RecordingExplorer explorer = new(picture, folder["missing"], null, clock) { RecordingRequested = true };
        Show(explorer, 2);
        Assert.False(explorer.RecordingRequested);
        Assert.Equal(NoticeKind.Error, picture.Newest!.Kind);
    }

    private void Show(RecordingExplorer explorer, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            explorer.Frame(list, 65, 49, 1 / 60.0);
            clock.Advance(TimeSpan.FromSeconds(1 / 60.0));
        }
    }

    private Notice Ended(RecordingExplorer explorer)
    {
        picture.Newest = null;
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                explorer.Frame(list, 65, 49, 0.02);
                return picture.Newest is not null;
            },
            TimeSpan.FromSeconds(30)));
        return picture.Newest!;
    }

    private sealed class Picture : IExplorer
    {
        public bool RecordingRequested { get; set; }

        public bool ReducedMotion { get; set; }

        public Notice? Newest { get; set; }

        public void Handle(in InputEvent input)
        {
        }

        public void Frame(DrawList list, int width, int height, double seconds)
        {
            list.Clear();
            list.Fill(new(0, 0, width, height), 0, Palette.Wake);
        }

        public void Notify(Notice notice) => Newest = notice;
    }

    private sealed class Clock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;
    }
}
