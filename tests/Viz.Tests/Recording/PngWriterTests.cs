using DreamViz.Viz.Recording;
using DreamViz.Viz.Tests.Golden;

namespace DreamViz.Viz.Tests.Recording;

public sealed class PngWriterTests
{
    [Theory, InlineData(1, 1), InlineData(7, 3), InlineData(64, 33)]
    public void A_picture_is_read_back_as_it_was_written(int width, int height)
    {
        var rgba = new byte[width * height * 4];
        new Random(1).NextBytes(rgba);
        for (int i = 3; i < rgba.Length; i += 4) rgba[i] = 255;
        using var stream = new MemoryStream();
        PngWriter.Write(stream, rgba, width, height);
        stream.Position = 0;
        Picture picture = PngReader.Read(stream);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal(rgba, picture.Rgba);
    }
}
