using System.Globalization;
using System.Reflection;
using System.Text;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Training;
using DreamViz.Viz.Controls;

namespace DreamViz.Viz.Panels;

/// <summary>One training setting as its attributes describe it: the inspector is made of these.</summary>
internal sealed class SettingProperty
{
    private static readonly SettingProperty[] Described =
        [.. typeof(TrainingSettings).GetProperties()
            .Where(p => p.CanWrite && p.GetCustomAttribute<HiddenAttribute>() is null)
            .Select(p => new SettingProperty(p))];

    private readonly PropertyInfo property;

    private SettingProperty(PropertyInfo property)
    {
        this.property = property;
        Label = Words(property.Name);
        Header = property.GetCustomAttribute<HeaderAttribute>()?.Text;
        Tooltip = property.GetCustomAttribute<TooltipAttribute>()?.Text ?? "";
        Choices = ChoicesOf(property);
        IsSwitch = property.PropertyType == typeof(bool);
        bool whole = property.PropertyType == typeof(int);
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            Scale = new SliderScale(range.Minimum, range.Maximum, range.Logarithmic, whole);
        Minimum = property.GetCustomAttribute<MinAttribute>()?.Minimum ?? double.NegativeInfinity;
        Maximum = whole ? int.MaxValue : double.MaxValue;
    }

    /// <summary>Every setting that is not hidden, in the order of declaration.</summary>
    public static IReadOnlyList<SettingProperty> All => Described;

    /// <summary>The property's name.</summary>
    public string Name => property.Name;

    /// <summary>Its name in words.</summary>
    public string Label { get; }

    /// <summary>The heading above it, or null.</summary>
    public string? Header { get; }

    /// <summary>What it means.</summary>
    public string Tooltip { get; }

    /// <summary>What can be chosen, or null for numbers and switches.</summary>
    public IReadOnlyList<MenuItem>? Choices { get; }

    /// <summary>Whether it is on or off.</summary>
    public bool IsSwitch { get; }

    /// <summary>The slider's scale, or null for a field.</summary>
    public SliderScale? Scale { get; }

    /// <summary>The smallest number, where there is no slider.</summary>
    public double Minimum { get; }

    /// <summary>The largest number, where there is no slider.</summary>
    public double Maximum { get; }

    /// <summary>The value as a number; of a choice its place, of a switch 1 or 0.</summary>
    public double Read(TrainingSettings settings) => property.GetValue(settings) switch
    {
        string key => IndexOfEstimator(key),
        Enum choice => Array.IndexOf(Enum.GetValues(choice.GetType()), choice),
        bool on => on ? 1 : 0,
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
        _ => 0,
    };

    /// <summary>The settings with another value, given as by <see cref="Read"/>.</summary>
    public TrainingSettings With(TrainingSettings settings, double value)
    {
        TrainingSettings changed = settings with { };
        property.SetValue(changed, Typed(value));
        return changed;
    }

    private object Typed(double value)
    {
        Type type = property.PropertyType;
        if (type == typeof(string)) return EstimatorCatalog.All[(int)value].Key;
        if (type.IsEnum) return Enum.GetValues(type).GetValue((int)value)!;
        if (type == typeof(int)) value = Math.Round(value);
        return type == typeof(bool) ? value != 0 : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    private static MenuItem[]? ChoicesOf(PropertyInfo property)
    {
        if (property.Name == nameof(TrainingSettings.Estimator))
            return [.. EstimatorCatalog.All.Select(e => new MenuItem(e.Name, e.Summary))];
        return property.PropertyType.IsEnum
            ? [.. Enum.GetNames(property.PropertyType).Select(name => new MenuItem(Words(name)))]
            : null;
    }

    private static int IndexOfEstimator(string key)
    {
        for (int i = 0; i < EstimatorCatalog.All.Count; i++) if (EstimatorCatalog.All[i].Key == key) return i;
        return -1;
    }

    /// <summary>"GenerativeRate" becomes "Generative rate"; an abbreviation keeps its capitals.</summary>
    private static string Words(string name)
    {
        if (name == nameof(OptimizerKind.Sgd)) return "SGD";
        var words = new StringBuilder().Append(name[0]);
        foreach (char c in name.AsSpan(1))
        {
            if (char.IsUpper(c)) words.Append(' ').Append(char.ToLowerInvariant(c));
            else words.Append(c);
        }

        return words.ToString();
    }
}
