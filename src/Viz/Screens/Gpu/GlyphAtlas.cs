using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Screens.Gpu;

/// <summary>Where one glyph's coverage stands in the atlas, and where it belongs relative to pen and baseline.</summary>
internal readonly record struct GlyphPlace(int AtlasX, int AtlasY, int Width, int Height, int Left, int Top);
/// <summary>x</summary>
internal sealed class GlyphAtlas(GlyphCache cache) { public const int Side = 1024; public byte[] Coverage = new byte[Side*Side]; public int Version; public GlyphPlace Place(int g) => default; public GlyphCache Cache => cache; }
