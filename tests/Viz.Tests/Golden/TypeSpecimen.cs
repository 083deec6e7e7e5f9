using DreamViz.Viz.Drawing;

namespace DreamViz.Viz.Tests.Golden;

/// <summary>The font at every size of the screens, in both weights.</summary>
internal static class TypeSpecimen
{
    public static DrawList Draw(int width, int height)
    {
        var list = new DrawList();
        var canvas = new Canvas(list, GlyphCache.Shared);
        canvas.Begin(width, height);
        float y = 30;
        foreach (float size in new float[] { 11, 12, 13, 14, 16, 20 })
        {
            canvas.Text($"{size} px", 20, y, new(11, FontWeight.Regular, Palette.TertiaryText));
            foreach (FontWeight weight in Enum.GetValues<FontWeight>())
            {
                float x = weight == FontWeight.Regular ? 70 : 660;
                var style = new TextStyle(size, weight, Palette.Text);
                canvas.Text("p(x | h₁), h₁ ~ q 1,797 −18.04 nats", x, y, style);
                canvas.Text("Hidden units (512) 3.1% 59.9 fps [R] 0Oo1Il", x, y + size * 1.5f, style);
            }

            y += size * 3 + 14;
        }

        var text = new TextStyle(16, FontWeight.Regular, Palette.Text);
        canvas.Text("αβγδεζηθικλμνξοπρστυφχψω ΓΔΘΛΞΠΣΦΨΩ ∂∇∞√∫∑ ≤≥≈±×÷−+= ←↑→↓ ₀₁₂₃₄₅₆₇₈₉", 70, y, text);
        canvas.Text("abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789", 70, y + 26, text);
        canvas.Text(".,:;!?'\"-–—_·/\\|()[]{}<>~^`*#%$&@°… h₀ h₁₂ x₃ ∃ (unknown)", 70, y + 52, text);
        canvas.Text("Dreaming digits 0123456789", 70, y + 96, new(28, FontWeight.Regular, Palette.Text));
        canvas.Text("Wake", 660, y + 96, new(28, FontWeight.Semibold, Palette.Wake));
        canvas.Text("Sleep h₁ h₂ h₃", 760, y + 96, new(28, FontWeight.Semibold, Palette.Dream));
        return list;
    }
}
