using DreamViz.Engine.Training;

namespace DreamViz.Viz.Simulation;

/// <summary>What panels may ask of the run behind a scene.</summary>
public interface ISceneCommands
{
    /// <summary>Sets the target rate and plays.</summary>
    void Play();

    /// <summary>Stops between two steps.</summary>
    void Pause();

    /// <summary>Pauses and takes one step, or one phase of it.</summary>
    void Step(StepPhases phases);

    /// <summary>Steps per second to aim at while playing; positive infinity is full speed.</summary>
    void SetTargetRate(double stepsPerSecond);

    /// <summary>Uses other settings from the next step on.</summary>
    void Change(TrainingSettings settings);

    /// <summary>Starts again from step 0 with this seed.</summary>
    void Restart(ulong seed);

    /// <summary>Replaces the run by that of a preset, by its name.</summary>
    void ChoosePreset(string name);
}
