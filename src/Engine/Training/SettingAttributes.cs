namespace DreamViz.Engine.Training;

/// <summary>The smallest and largest value a setting may take; a slider in the inspector.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>The smallest allowed value.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The largest allowed value.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>Whether a slider runs over the logarithm of the value.</summary>
    public bool Logarithmic { get; init; }
}

/// <summary>The smallest value a setting may take, where there is no largest; a number field in the inspector.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MinAttribute(double minimum) : Attribute
{
    /// <summary>The smallest allowed value.</summary>
    public double Minimum { get; } = minimum;
}

/// <summary>A heading above this setting in the inspector.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeaderAttribute(string text) : Attribute
{
    /// <summary>The heading.</summary>
    public string Text { get; } = text;
}

/// <summary>One sentence that explains the setting, shown on hover and in the command line's help.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TooltipAttribute(string text) : Attribute
{
    /// <summary>The sentence.</summary>
    public string Text { get; } = text;
}

/// <summary>Keeps a setting out of the inspector.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HiddenAttribute : Attribute;
