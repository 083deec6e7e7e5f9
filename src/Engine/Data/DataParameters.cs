using System.Globalization;

namespace DreamViz.Engine.Data;

/// <summary>The parameters of generated data: what follows the colons of a name such as <c>bars:8:0.125</c>.</summary>
/// <param name="name">The whole name, for messages.</param>
/// <param name="usage">The form expected, for messages.</param>
/// <param name="values">The parameters.</param>
public sealed class DataParameters(string name, string usage, IReadOnlyList<string> values)
{
    /// <summary>Refuses more parameters than the data has.</summary>
    /// <exception cref="InvalidInputException">There are too many.</exception>
    public void CheckCount(int most)
    {
        if (values.Count > most) throw Refuse(most == 0 ? "no parameters" : $"at most {most} parameters", $"{values.Count}");
    }

    /// <summary>A whole number between the bounds.</summary>
    /// <exception cref="InvalidInputException">There is something else.</exception>
    public int Integer(int index, int fallback, int least, int most)
    {
        if (index >= values.Count) return fallback;
        bool parsed = int.TryParse(values[index], NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return parsed && value >= least && value <= most
            ? value
            : throw Refuse($"a whole number from {least} to {most}", $"'{values[index]}'");
    }

    /// <summary>An even number between the bounds.</summary>
    /// <exception cref="InvalidInputException">There is something else.</exception>
    public int Even(int index, int fallback, int least, int most)
    {
        int value = Integer(index, fallback, least, most);
        return value % 2 == 0 ? value : throw Refuse($"an even number from {least} to {most}", $"{value}");
    }

    /// <summary>A number strictly between 0 and 1.</summary>
    /// <exception cref="InvalidInputException">There is something else.</exception>
    public double Probability(int index, double fallback)
    {
        if (index >= values.Count) return fallback;
        bool parsed = double.TryParse(
            values[index], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
        return parsed && value is > 0 and < 1 ? value : throw Refuse("a probability between 0 and 1", $"'{values[index]}'");
    }

    private InvalidInputException Refuse(string expected, string found) =>
        new($"data '{name}' ({usage}): expected {expected}, found {found}");
}
