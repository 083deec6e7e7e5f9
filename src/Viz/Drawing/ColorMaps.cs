namespace DreamViz.Viz.Drawing;

/// <summary>The colour maps as tables of 256 opaque colours, the same on every screen.</summary>
public static class ColorMaps
{
    private static readonly Rgba[][] Tables =
    [
        Ramp((0, Palette.NightTile), (64, Rgba.FromRgb(0x1C4363)), (128, Palette.Dream), (197, Rgba.FromRgb(0xC4E6FB)), (255, Rgba.FromRgb(0xF4FBFF))),
        Ramp((0, Rgba.FromRgb(0x121319)), (128, Palette.Wake), (255, Rgba.FromRgb(0xFFF6E4))),
        Ramp((0, Palette.Minus), (128, Rgba.FromRgb(0x151B26)), (255, Palette.Plus)),
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
