using System.Text.Json.Serialization;

namespace DreamViz.Engine.Training;

/// <summary>Which phases one step carries out.</summary>
[Flags]
public enum StepPhases
{
    /// <summary>Explain data, learn θ.</summary>
    Wake = 1,

    /// <summary>Dream, learn λ.</summary>
    Sleep = 2,

    /// <summary>Wake, then sleep.</summary>
    Both = Wake | Sleep,
}

/// <summary>A wish to change a run, applied between two steps and logged with the step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ChangeSettings), "change-settings")]
[JsonDerivedType(typeof(TakeStep), "take-step")]
[JsonDerivedType(typeof(Restart), "restart")]
[JsonDerivedType(typeof(GoBack), "go-back")]
public abstract record TrainingCommand;

/// <summary>Uses other settings from the next step on.</summary>
public sealed record ChangeSettings(TrainingSettings Settings) : TrainingCommand;

/// <summary>Takes one step, or one phase of it, now; meant for a paused run.</summary>
public sealed record TakeStep(StepPhases Phases) : TrainingCommand;

/// <summary>Starts again from step 0 with this seed.</summary>
public sealed record Restart(ulong Seed) : TrainingCommand;

/// <summary>Goes back to the last good state, some 64 to 128 steps ago; a run that becomes non-finite does so by itself.</summary>
public sealed record GoBack : TrainingCommand;

/// <summary>A command and the step before which it took effect.</summary>
public sealed record LoggedCommand(long Step, TrainingCommand Command);
