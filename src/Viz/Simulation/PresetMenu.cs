using DreamViz.Viz.Controls;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Simulation;

/// <summary>The presets as the menu offers them.</summary>
internal static class PresetMenu
{
    /// <summary>Presets that have a key of their own: 1 to 9, then 0, as the keys stand on a keyboard.</summary>
    public const int Keys = 10;

    /// <summary>The key of a preset, one of the first <see cref="Keys"/>.</summary>
    public static Key KeyOf(int index) => (Key)((int)Key.D0 + (index + 1) % Keys);

    /// <summary>The catalogue with the user's preset in the place of its namesake, or before all others.</summary>
    public static List<Preset> With(Preset own, IReadOnlyList<Preset> catalogue)
    {
        List<Preset> presets = [.. catalogue.Select(preset => preset.Key == own.Key ? own : preset)];
        if (!presets.Contains(own)) presets.Insert(0, own);
        return presets;
    }

    /// <summary>Names, and what to watch for, or that files are needed.</summary>
    public static IReadOnlyList<MenuItem> Items(IReadOnlyList<Preset> presets) =>
        [.. presets.Select((preset, i) => new MenuItem(preset.Name, preset.Watch + Needs(preset), i < Keys ? $"{(i + 1) % Keys}" : ""))];

    private static string Needs(Preset preset) =>
        preset.Data.HowToGet(preset.Key).Length > 0 ? " Needs files of your own." : "";
}
