using DreamViz.Engine;
using DreamViz.Viz.Panels;
using DreamViz.Viz.Screens;

namespace DreamViz.Viz.Simulation;

/// <content>Replaces one run by another, built and ended off the screen's thread, so that the picture never stands
/// still.</content>
public sealed partial class Explorer
{
    private Task<ExplorerRun>? building;

    /// <summary>The run on the picture.</summary>
    internal ExplorerRun Run => run;

    private void Build(Preset preset)
    {
        string help = preset.Data.HowToGet(preset.Key);
        if (help.Length > 0)
        {
            Notify(new(NoticeKind.Warning, $"{preset.Name} needs its files", char.ToUpperInvariant(help[0]) + help[1..]));
            return;
        }

        AbandonBuilding();
        (ulong seed, int threads) = (options.Seed, options.Threads);
        building = Task.Run(() => ExplorerRun.Create(preset, null, seed, threads));
    }

    private void AbandonBuilding()
    {
        building?.ContinueWith(built => built.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
        building = null;
    }

    private void TakeBuiltRun()
    {
        if (IsFilm) building?.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        if (building is not { IsCompleted: true } built) return;
        building = null;
        if (built.IsCompletedSuccessfully) Replace(built.Result);
        else Notify(new(NoticeKind.Error, "This run could not be started", Reason(built.Exception!) + " The last network stays."));
    }

    private static string Reason(AggregateException failure)
    {
        Exception cause = failure.GetBaseException();
        string message = cause is InvalidInputException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}";
        return char.ToUpperInvariant(message[0]) + message[1..].TrimEnd('.') + ".";
    }

    private void Replace(ExplorerRun next)
    {
        ExplorerRun old = run;
        run = next;
        Task.Run(old.Dispose);
        Attach();
        PassRate();
    }

    private void Attach()
    {
        (Scene.PresetName, Scene.WhatToWatch) = (run.Preset.Name, run.Preset.Watch);
        (Scene.Dataset, Scene.LayerSizes, Scene.Classes) = (run.Data, run.Machine.LayerSizes, run.Machine.Shape.Classes);
        Scene.GaussianUnits = run.Machine.Shape.GaussianUnits;
        (Scene.History, Scene.IndependentFloor) = (run.Loop.History, run.Floor);
        Scene.Settings = run.Preset.Training;
        Scene.Selection = new Selection(run.Machine.LayerSizes, run.Machine.Shape.Classes, run.Machine.Shape.GaussianUnits);
        (Scene.Snapshot, Scene.Model, Scene.Divergence) = (null, null, null);
        Scene.RunVersion++;
        newest = default;
        if (!IsFilm) Notify(new(NoticeKind.Information, run.Preset.Name, run.Preset.Watch));
        foreach (Panel panel in panels.All) panel.RunStarted();
        if (!IsFilm) run.Loop.Start();
    }
}
