namespace DreamViz.Engine.Data.Formats;

/// <summary>Whole numbers out of text, one after the other, with the line for messages.</summary>
/// <param name="text">The text; kept.</param>
/// <param name="place">The file's name, for messages.</param>
internal ref struct NumberReader(ReadOnlySpan<byte> text, string place)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at;

    /// <summary>The present line, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Whether nothing but blanks is left of the text; goes to the next line that has more.</summary>
    public bool IsAtEnd()
    {
        while (IsAtEndOfLine() && at < text.Length) NextLine();
        return at == text.Length;
    }

    /// <summary>Whether nothing but blanks is left of the line.</summary>
    public bool IsAtEndOfLine()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r') at++;
        return at == text.Length || text[at] == '\n';
    }

    /// <summary>Goes to the next line.</summary>
    /// <exception cref="InvalidInputException">The present one has more.</exception>
    public void EndLine()
    {
        if (!IsAtEndOfLine()) throw Refuse("the end of the line", Found());
        if (at < text.Length) NextLine();
    }

    /// <summary>Reads the next number of the line.</summary>
    /// <param name="least">The smallest that is expected.</param>
    /// <param name="most">The largest.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="InvalidInputException">There is something else.</exception>
    public int Next(int least, int most, string what)
    {
        string expected = $"{what}, a whole number from {least} to {most}";
        if (IsAtEndOfLine()) throw Refuse(expected, "the end of the line");
        int start = at;
        long value = 0;
        for (; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
            value = Math.Min(10 * value + text[at] - '0', int.MaxValue + 1L);
        bool ends = at == text.Length || text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':';
        if (at > start && ends && value >= least && value <= most) return (int)value;
        at = start;
        throw Refuse(expected, Found());
    }

    /// <summary>Goes past a colon.</summary>
    /// <exception cref="InvalidInputException">There is something else.</exception>
    public void Colon()
    {
        if (at == text.Length || text[at] != ':') throw Refuse("a colon behind the word", IsAtEndOfLine() ? "the end of the line" : Found());
        at++;
    }

    /// <summary>A message about the present line.</summary>
    public readonly InvalidInputException Refuse(string expected, string found) =>
        new($"{place}, line {Line}: expected {expected}, found {found}");

    private void NextLine()
    {
        at++;
        Line++;
    }

    /// <summary>What stands here, up to the next blank, so that it can be shown.</summary>
    private readonly string Found()
    {
        const int Most = 20;
        ReadOnlySpan<byte> rest = text[at..];
        int length = rest.IndexOfAny(" \t\r\n"u8);
        rest = rest[..Math.Min(Most, length < 0 ? rest.Length : length)];
        string shown = "";
        foreach (byte b in rest) shown += b is >= 0x20 and < 0x7f ? (char)b : '?';
        return $"'{shown}'";
    }
}
