namespace DreamViz.Engine;

/// <summary>
/// Input from outside (a file, an option, a setting) that cannot be used. The message is one line for the user and says
/// where it was found, what was expected and what was found.
/// </summary>
public sealed class InvalidInputException : Exception
{
    /// <param name="message">One line: place, what was expected, what was found.</param>
    public InvalidInputException(string message) : base(message) { }

    /// <param name="message">One line: place, what was expected, what was found.</param>
    /// <param name="inner">The failure underneath.</param>
    public InvalidInputException(string message, Exception inner) : base(message, inner) { }
}
