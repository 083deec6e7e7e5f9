namespace DreamViz.Viz.Panels;

/// <summary>A text that depends on one value, made anew only when the value changes, so that a steady frame allocates
/// nothing.</summary>
/// <param name="format">Makes the text.</param>
internal sealed class CachedText<T>(Func<T, string> format) where T : IEquatable<T>
{
    private T? key;
    private string? text;

    public string Of(T value)
    {
        if (text is null || !value.Equals(key)) (key, text) = (value, format(value));
        return text;
    }
}
