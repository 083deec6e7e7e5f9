using System.Numerics;

namespace DreamViz.Viz.Drawing;

/// <summary>A character as the font draws it, before hinting.</summary>
/// <param name="Character">The character.</param>
/// <param name="Advance">To the next pen position, in hundredths of an em.</param>
/// <param name="Lines">Centre lines as polylines in hundredths of an em, y upwards from the baseline; a single point is a
/// dot.</param>
public sealed record StrokeGlyph(char Character, float Advance, IReadOnlyList<Vector2[]> Lines);
