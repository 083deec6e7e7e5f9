using System.Numerics;
using DreamViz.Engine.Diagnostics;
using DreamViz.Engine.Models;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Simulation;

namespace DreamViz.Viz.Panels.Stage;

/// <summary>The units of a small network as nodes, each with a picture of what it draws. Units that draw next to nothing are
/// unused and stay dim.</summary>
internal sealed class NodeDrawing
{
    private const float UnusedShare = 0.2f;
    private const float Inset = 7;

    private readonly ReceptiveField receptiveField = new();
    private readonly float[][][] ink;
    private readonly bool[][] used;

    /// <param name="layerSizes">Units of every layer, the visible one first.</param>
    public NodeDrawing(IReadOnlyList<int> layerSizes)
    {
        ink = [.. layerSizes.Select(units => Enumerable.Range(0, units).Select(_ => new float[layerSizes[0]]).ToArray())];
        used = [.. layerSizes.Select(units => new bool[units])];
    }

    /// <summary>Reads what every unit draws: positive pushes, as a share of the layer's largest.</summary>
    public void Observe(HelmholtzMachine machine)
    {
        for (int layer = 1; layer < ink.Length; layer++)
        {
            float largest = 1e-6f;
            for (int unit = 0; unit < ink[layer].Length; unit++)
            {
                receptiveField.Compute(machine, layer, unit).CopyTo(ink[layer][unit]);
                largest = MathF.Max(largest, Largest(ink[layer][unit]));
            }

            for (int unit = 0; unit < ink[layer].Length; unit++)
            {
                float[] picture = ink[layer][unit];
                used[layer][unit] = Largest(picture) > UnusedShare * largest;
                for (int i = 0; i < picture.Length; i++) picture[i] = Math.Clamp(picture[i] / largest, 0, 1);
            }
        }
    }

    /// <summary>Draws every latent unit of one half.</summary>
    public void Draw(Canvas canvas, HalfView half, StageLayout layout)
    {
        float before = canvas.Opacity;
        for (int layer = 1; layer <= layout.Depth; layer++)
        {
            UnitDisplay units = half.Layers[layer];
            LayerPlace place = layout.Place(half.Side, layer);
            for (int unit = 0; unit < units.Units; unit++)
            {
                canvas.Opacity = before * half.Shine * half.LayerLight(layer) * (used[layer][unit] ? 1 : 0.55f);
                DrawNode(canvas, half, place.CellBox(unit), units, unit, ink[layer][unit], layout.WakePicture.Width);
            }
        }

        canvas.Opacity = before;
    }

    private static void DrawNode(Canvas canvas, HalfView half, Box box, UnitDisplay units, int unit, float[] picture, int width)
    {
        float on = units.Fill[unit] / 255f, glow = units.Glow[unit] / 255f, radius = half.IsDream ? 12 : 5;
        if (glow > 0.01f) canvas.Glow(box.Center, box.Width * 1.3f, half.Accent.Fade(0.65f * glow));
        canvas.Fill(box, radius, Rgba.Mix(Palette.OffCell, half.Accent, 0.35f * on));
        canvas.Stroke(box, radius, on > 0.5f ? 2 : 1, Rgba.Mix(Palette.OffOutline, half.Accent, on));
        Rgba dim = Palette.OffOutline.Fade(0.35f);
        Rgba lit = Rgba.Mix(Rgba.Mix(Palette.TertiaryText, half.Accent, 0.6f), half.IsDream ? Palette.DreamDot : Palette.WakeDot, on);
        int height = picture.Length / width;
        float pitch = (box.Width - 2 * Inset) / Math.Max(width, height);
        for (int i = 0; i < picture.Length; i++)
        {
            Vector2 center = box.Center + new Vector2(i % width + 0.5f - width / 2f, i / width + 0.5f - height / 2f) * pitch;
            canvas.Disc(center, pitch * 0.4f, Rgba.Mix(dim, lit, picture[i]));
        }

        DrawMark(canvas, box, radius, units.Marks[unit]);
    }

    private static void DrawMark(Canvas canvas, Box box, float radius, CellMark mark)
    {
        if ((mark & (CellMark.ClampOn | CellMark.ClampOff)) != 0) canvas.Stroke(box.Grow(2), radius + 2, 2, Palette.Focus);
        if ((mark & CellMark.ClampOff) != 0)
        {
            Box cross = box.Grow(-9);
            canvas.Line([new(cross.X, cross.Y), new(cross.Right, cross.Bottom)], 2, Palette.Focus);
            canvas.Line([new(cross.X, cross.Bottom), new(cross.Right, cross.Y)], 2, Palette.Focus);
        }

        var corner = new Vector2(box.Right - 3, box.Y + 3);
        if ((mark & CellMark.Dot) != 0) canvas.Disc(corner, 2.5f, Palette.Focus);
        if ((mark & CellMark.Followed) == 0) return;
        canvas.Disc(corner, 4.5f, Palette.Focus);
        canvas.Disc(corner, 3, Palette.Ground);
    }

    private static float Largest(float[] values)
    {
        float largest = 0;
        foreach (float value in values) largest = MathF.Max(largest, value);
        return largest;
    }
}
