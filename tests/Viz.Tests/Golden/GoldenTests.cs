namespace DreamViz.Viz.Tests.Golden;

public sealed class GoldenTests
{
    [Theory, InlineData(1280, 720), InlineData(1920, 1080)]
    public void Type_looks_as_before(int width, int height) =>
        GoldenImage.Check($"type-{height}", TypeSpecimen.Draw(width, height), width, height);

    [Theory, InlineData(1280, 720), InlineData(1920, 1080)]
    public void Cells_look_as_before(int width, int height) =>
        GoldenImage.Check($"cells-{height}", CellSpecimen.Draw(width, height), width, height);

    [Fact]
    public void Every_operation_looks_as_before() => GoldenImage.Check("operations", OperationSpecimen.Draw(), 640, 480);
}
