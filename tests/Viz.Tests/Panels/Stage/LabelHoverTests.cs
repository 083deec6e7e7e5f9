using DreamViz.Engine.Data;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Panels.Stage;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Tests.Simulation;

namespace DreamViz.Viz.Tests.Panels.Stage;

public class LabelHoverTests
{
    [Theory]
    [InlineData(false, "label 7")]
    [InlineData(true, "label 7: class h")]
    public void Pointing_at_a_label_names_its_class_where_the_data_has_names(bool hasNames, string expected)
    {
        using var driver = new ExplorerDriver("draw-a-seven");
        driver.Scene.Notice = null;
        if (hasNames) driver.Scene.Dataset = Named(driver.Scene.Dataset!);
        Box seven = new StageLayout(driver.Scene.LayerSizes, 8, 8, classes: 10).Place(World.Dream, 1).CellBox(7);
        driver.Send(InputKind.PointerMove, seven.Center.X, seven.Center.Y);
        driver.Frames(3);
        Assert.Contains(expected, driver.Texts);
    }

    private static Dataset Named(Dataset data) => new()
    {
        Name = data.Name,
        Width = data.Width,
        Height = data.Height,
        Training = data.Training,
        Validation = data.Validation,
        Test = data.Test,
        ClassNames = [.. "abcdefghij".Select(letter => $"class {letter}")],
    };
}
