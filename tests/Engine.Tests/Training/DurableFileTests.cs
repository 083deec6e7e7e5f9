using System.Text;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writes_the_bytes_and_leaves_nothing_else()
    {
        DurableFile.Write(folder.File("a"), overwrite: false, Text("new"));
        Assert.Equal("new", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Refuses_to_overwrite_unless_told_to()
    {
        File.WriteAllText(folder.File("a"), "old");
        InvalidInputException e = Fails("a", overwrite: false);
        Assert.Contains("already exists", e.Message);
        Assert.Equal("old", File.ReadAllText(folder.File("a")));
        DurableFile.Write(folder.File("a"), overwrite: true, Text("new"));
        Assert.Equal("new", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void A_file_that_appears_while_writing_is_not_overwritten()
    {
        Assert.Throws<InvalidInputException>(() => DurableFile.Write(folder.File("a"), overwrite: false, stream =>
        {
            File.WriteAllText(folder.File("a"), "another's");
            stream.Write("ours"u8);
        }));
        Assert.Equal("another's", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_no_temporary()
    {
        File.WriteAllText(folder.File("a"), "old");
        Assert.Throws<InvalidCastException>(() => DurableFile.Write(folder.File("a"), overwrite: true, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidCastException();
        }));
        Assert.Equal("old", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
    }

    [Theory]
    [InlineData("missing/a", "directory")]
    [InlineData("b\0d", "cannot be written")]
    [InlineData("", "found a directory")]
    public void A_path_that_cannot_be_written_gives_one_clear_line(string name, string expected)
    {
        InvalidInputException e = Fails(name, overwrite: true);
        Assert.Contains(expected, e.Message);
        Assert.DoesNotContain('\n', e.Message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_path_that_is_too_long_gives_one_clear_line()
    {
        Assert.StartsWith(folder.Path, Fails(new string('n', 300), overwrite: true).Message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_directory_in_the_target_s_place_is_refused()
    {
        Directory.CreateDirectory(folder.File("d"));
        Assert.Contains("found a directory", Fails("d", overwrite: true).Message);
    }

    [Fact]
    public void An_empty_path_is_refused() =>
        Assert.Throws<InvalidInputException>(() => DurableFile.Write("", overwrite: true, Text("x")));

    [SkippableFact]
    public void A_directory_that_may_not_be_written_leaves_the_old_file()
    {
        // Not even the superuser can create files here.
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc");
        InvalidInputException e = Assert.Throws<InvalidInputException>(() => DurableFile.Write("/proc/self/a", overwrite: true, Text("x")));
        Assert.StartsWith("/proc/self/a: cannot be written", e.Message);
    }

    [SkippableFact]
    public void A_full_disk_is_reported()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        File.WriteAllText(folder.File("a"), "old");
        Assert.Throws<InvalidInputException>(() => DurableFile.Write(folder.File("a"), overwrite: true, _ =>
        {
            using FileStream full = new("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write("too much"u8);
        }));
        Assert.Equal("old", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Removes_what_a_killed_save_left_but_not_a_temporary_in_use()
    {
        File.WriteAllText(folder.File(".dreamviz-killed.saving"), "half");
        using (new FileStream(folder.File(".dreamviz-live.saving"), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            DurableFile.Write(folder.File("a"), overwrite: false, Text("new"));
            Assert.Equal([".dreamviz-live.saving", "a"], folder.Names);
        }

        DurableFile.Write(folder.File("a"), overwrite: true, Text("newer"));
        Assert.Equal(["a"], folder.Names);
    }

    [SkippableFact]
    public void A_symbolic_link_is_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege there");
        File.WriteAllText(folder.File("real"), "old");
        File.CreateSymbolicLink(folder.File("link"), folder.File("real"));
        DurableFile.Write(folder.File("link"), overwrite: true, Text("new"));
        Assert.Equal("new", File.ReadAllText(folder.File("real")));
        Assert.NotNull(new FileInfo(folder.File("link")).LinkTarget);
    }

    private InvalidInputException Fails(string name, bool overwrite) =>
        Assert.Throws<InvalidInputException>(() => DurableFile.Write(folder.File(name), overwrite, Text("new")));

    private static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));
}
