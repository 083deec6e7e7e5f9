using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Training;

/// <summary>A copy in memory of all that learning changes in a trainer, to go back to.</summary>
internal sealed class SavePoint
{
    private readonly NamedMatrix[] live;
    private readonly Matrix[] copies;
    private readonly Trainer trainer;
    private TrainerCursor cursor;

    /// <summary>Copies the trainer's present state. Of no more use once its matrices are others.</summary>
    public SavePoint(Trainer trainer)
    {
        this.trainer = trainer;
        live = [.. trainer.State];
        copies = [.. live.Select(m => new Matrix(m.Matrix.Rows, m.Matrix.Columns))];
        cursor = trainer.Cursor;
        Take();
    }

    /// <summary>The step to which <see cref="Restore"/> returns.</summary>
    public long Step => cursor.Step;

    /// <summary>Copies the trainer's present state over the old copy.</summary>
    public void Take()
    {
        for (int i = 0; i < live.Length; i++) copies[i].CopyFrom(live[i].Matrix);
        cursor = trainer.Cursor;
    }

    /// <summary>Puts the trainer where it was.</summary>
    public void Restore()
    {
        for (int i = 0; i < live.Length; i++) live[i].Matrix.CopyFrom(copies[i]);
        trainer.Restore(cursor);
    }
}
