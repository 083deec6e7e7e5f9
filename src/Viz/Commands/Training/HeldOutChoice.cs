using DreamViz.Engine;
using DreamViz.Engine.Data;

namespace DreamViz.Viz.Commands.Training;

/// <summary>A part of a dataset.</summary>
internal enum DataPart
{
    /// <summary>Held out for the final figures.</summary>
    Test,

    /// <summary>Held out for choosing settings.</summary>
    Validation,

    /// <summary>To learn from.</summary>
    Training,
}

/// <summary>Examples on which something is measured, and what to call them.</summary>
/// <param name="Name">"test", "validation" or "training".</param>
/// <param name="Examples">The examples.</param>
internal sealed record HeldOutChoice(string Name, Examples Examples)
{
    /// <summary>Where a run in progress is judged, as the training loop chooses.</summary>
    public static HeldOutChoice ForProgress(Dataset data) => First(Validation(data), Test(data), Training(data));

    /// <summary>Where the final figures are measured.</summary>
    public static HeldOutChoice ForFigures(Dataset data) => First(Test(data), Validation(data), Training(data));

    /// <summary>The part asked for, or where the final figures are measured.</summary>
    /// <exception cref="InvalidInputException">The part is empty.</exception>
    public static HeldOutChoice For(Dataset data, DataPart? part)
    {
        HeldOutChoice choice = part switch
        {
            null => ForFigures(data),
            DataPart.Test => Test(data),
            DataPart.Validation => Validation(data),
            _ => Training(data),
        };
        return choice.Examples.Count > 0
            ? choice
            : throw new InvalidInputException($"--on {choice.Name}: expected {choice.Name} examples in {data.Name}, found none");
    }

    /// <summary>How many examples of which data, such as "297 test examples of Digits 8×8".</summary>
    public string Describe(int count, Dataset data) => count < Examples.Count
        ? $"the first {count:N0} of {Examples.Count:N0} {Name} examples of {data.Name}"
        : $"{count:N0} {Name} examples of {data.Name}";

    private static HeldOutChoice Test(Dataset data) => new("test", data.Test);

    private static HeldOutChoice Validation(Dataset data) => new("validation", data.Validation);

    private static HeldOutChoice Training(Dataset data) => new("training", data.Training);

    private static HeldOutChoice First(params ReadOnlySpan<HeldOutChoice> choices)
    {
        foreach (HeldOutChoice choice in choices)
            if (choice.Examples.Count > 0) return choice;
        return choices[^1];
    }
}
