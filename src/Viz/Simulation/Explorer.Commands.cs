using DreamViz.Engine;
using DreamViz.Engine.Training;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Simulation;

/// <content>What panels and shortcuts may ask of the run.</content>
public sealed partial class Explorer
{
    private sealed class RunCommands(Explorer explorer) : ISceneCommands
    {
        private Scene Scene => explorer.Scene;

        private TrainingLoop Loop => explorer.run.Loop;

        public void Play()
        {
            if (Loop.Divergence is not null) Loop.Send(new GoBack());
            Scene.IsPlaying = true;
            explorer.PassRate();
        }

        public void Pause()
        {
            Scene.IsPlaying = false;
            explorer.PassRate();
        }

        public void Step(StepPhases phases)
        {
            Pause();
            Loop.Send(new TakeStep(phases));
        }

        public void SetTargetRate(double stepsPerSecond)
        {
            Scene.TargetRate = stepsPerSecond;
            explorer.PassRate();
        }

        public void Change(TrainingSettings settings)
        {
            try
            {
                Loop.Send(new ChangeSettings(settings));
                Scene.Settings = settings;
            }
            catch (InvalidInputException refused)
            {
                explorer.Notify(new(NoticeKind.Warning, "This setting was refused", refused.Message));
            }
        }

        public void Restart(ulong seed) => Loop.Send(new Restart(seed));

        public void ChoosePreset(string name)
        {
            if (explorer.presets.Find(preset => preset.Name == name) is { } chosen) explorer.Build(chosen);
        }
    }
}
