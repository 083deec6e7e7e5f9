using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DreamViz.Viz.Commands;

/// <summary>Options that refuse nonsense in one line: what was expected and what was found.</summary>
public static class Values
{
    private const int LeastSide = 64;
    private const int MostSide = 8192;

    /// <summary>Any text but none at all.</summary>
    public static Option<string?> Text(string name, string value, string description) =>
        Create<string?>(name, value, description, text => (text.Length > 0, text), "something other than nothing");

    /// <summary>A whole number between the bounds; null where the option is not given.</summary>
    public static Option<long?> Whole(string name, string value, string description, long least, long most) =>
        Create<long?>(
            name, value, description,
            text => (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number >= least && number <= most, number),
            most == long.MaxValue ? $"a whole number of at least {least}" : $"a whole number from {least} to {most}");

    /// <summary>A number of at least and at most; null where the option is not given.</summary>
    public static Option<double?> Number(string name, string value, string description, double least, double most) =>
        Create<double?>(
            name, value, description,
            text => (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && number >= least && number <= most, number),
            string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));

    /// <summary>One of the enumeration's members by its name in lower case with hyphens; null where the option is not
    /// given.</summary>
    public static Option<T?> Choice<T>(string name, string description) where T : struct, Enum
    {
        Dictionary<string, T> members = Enum.GetValues<T>().ToDictionary(NameOf);
        string names = string.Join("|", members.Keys);
        return Create<T?>(
            name, names, description, text => (members.TryGetValue(text, out T member), member), string.Join(" or ", members.Keys));
    }

    /// <summary>Some of the enumeration's members by their names in lower case, separated by commas; null where the option is
    /// not given.</summary>
    public static Option<T?> Choices<T>(string name, string value, string description) where T : struct, Enum
    {
        Dictionary<string, T> members = Enum.GetValues<T>().ToDictionary(NameOf);
        return Create<T?>(name, value, description, Parse, "some of " + string.Join(", ", members.Keys));

        (bool, T?) Parse(string text)
        {
            string[] parts = text.Split(',');
            T? chosen = parts.All(members.ContainsKey)
                ? (T)Enum.ToObject(typeof(T), parts.Aggregate(0L, (sum, part) => sum | Convert.ToInt64(members[part], CultureInfo.InvariantCulture)))
                : null;
            return (chosen is not null, chosen);
        }
    }

    /// <summary>Widths such as 200-100, lowest first; null where the option is not given.</summary>
    public static Option<int[]?> Widths(string name, string description)
    {
        return Create<int[]?>(name, "N-N-…", description, Parse, "widths such as 200-100, each a whole number of at least 1");

        static (bool, int[]?) Parse(string text)
        {
            string[] parts = text.Split('-');
            int[] widths = [.. parts.Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int width) ? width : 0)];
            return (widths.All(width => width > 0), widths);
        }
    }

    /// <summary>A picture's size in pixels, such as 1280x720; null where the option is not given.</summary>
    public static Option<(int Width, int Height)?> Size(string name, string description)
    {
        return Create<(int, int)?>(
            name, "WxH", description, Parse, $"a size such as 1280x720, each side from {LeastSide} to {MostSide}");

        static (bool, (int, int)?) Parse(string text)
        {
            int[] sides = [.. text.Split('x').Select(side =>
                int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) ? pixels : 0)];
            bool good = sides.Length == 2 && sides.All(side => side is >= LeastSide and <= MostSide);
            return (good, good ? (sides[0], sides[1]) : null);
        }
    }

    /// <summary>An option whose text is parsed by a rule.</summary>
    /// <param name="name">What the user types, with its hyphens.</param>
    /// <param name="value">The placeholder in the help.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="parse">Whether the text is good, and what it means.</param>
    /// <param name="expected">What a refusal says was expected.</param>
    public static Option<T> Create<T>(
        string name, string value, string description, Func<string, (bool Good, T Value)> parse, string expected)
    {
        return new Option<T>(name) { HelpName = value, Description = description, CustomParser = Read };

        T Read(ArgumentResult result)
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            (bool good, T parsed) = parse(text);
            if (!good) result.AddError($"{name}: expected {expected}, found '{text}'");
            return parsed;
        }
    }

    /// <summary>An enumeration's member as users write it: EveryEpoch is every-epoch.</summary>
    public static string NameOf<T>(T member) where T : struct, Enum =>
        string.Concat(member.ToString().Select((letter, at) =>
            char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : $"{letter}"));
}
