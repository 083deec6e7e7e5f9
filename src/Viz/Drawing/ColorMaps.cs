namespace DreamViz.Viz.Drawing;

/// <summary>The colour maps as tables of 256 opaque colours, the same on every screen.</summary>
public static class ColorMaps
{
    private static readonly Rgba[][] Tables =
    [
        Ramp((0, Palette.NightTile), (100, Rgba.FromRgb(0x2A6FA8)), (160, Palette.Dream), (215, Rgba.FromRgb(0xD5EEFC)), (255, Rgba.FromRgb(0xF7FCFF))),
        Ramp((0, Palette.DayTile), (100, Rgba.FromRgb(0x8A5D06)), (170, Palette.Wake), (220, Rgba.FromRgb(0xFFD98A)), (255, Rgba.FromRgb(0xFFF3D6))),
        Ramp((0, Palette.Minus), (128, Rgba.FromRgb(0x171A22)), (255, Palette.Plus)),
    ];

    /// <summary>[256] colours of one map.</summary>
    public static ReadOnlySpan<Rgba> Table(ColorMap map) => Tables[(int)map];

    private static Rgba[] Ramp(params (int At, Rgba Color)[] stops)
    {
        var table = new Rgba[256];
        for (int value = 0, s = 0; value < 256; value++)
        {
            if (value > stops[s + 1].At) s++;
            table[value] = Rgba.Mix(stops[s].Color, stops[s + 1].Color, (value - stops[s].At) / (float)(stops[s + 1].At - stops[s].At));
        }

        return table;
    }
}
