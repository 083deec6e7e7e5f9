using System.Globalization;

namespace DreamViz.Viz.Controls;

/// <summary>Numbers as they are written on the picture: a true minus sign, groups of thousands, no needless digits.</summary>
public static class Numbers
{
    /// <summary>Three significant digits, such as 0.143, 20 or 1e-04.</summary>
    public static string Short(double value)
    {
        double size = Math.Abs(value);
        if (value == 0) return "0";
        if (size < 0.001 || size >= 1e6) return Sign(value.ToString("0.##e-0", CultureInfo.InvariantCulture));
        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 5);
        return Sign(Math.Round(value, decimals).ToString("0.#####", CultureInfo.InvariantCulture));
    }

    /// <summary>This many decimals, such as −17.6; a zero has no sign.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value)) return "–";
        string text = value.ToString("F" + decimals, CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAnyInRange('1', '9') ? Sign(text) : text.TrimStart('-');
    }

    /// <summary>A whole number in groups of thousands, such as 12,480.</summary>
    public static string Grouped(long value) => Sign(value.ToString("N0", CultureInfo.InvariantCulture));

    private static string Sign(string text) => text.Replace('-', '−');
}
