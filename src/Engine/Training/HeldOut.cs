using DreamViz.Engine.Data;

namespace DreamViz.Engine.Training;

/// <summary>The examples on which a run in progress is judged.</summary>
public static class HeldOut
{
    /// <summary>The validation examples; the test examples where there are none; the training examples where there are
    /// neither, as in data that is generated whole.</summary>
    public static Examples Of(Dataset data) =>
        data.Validation.Count > 0 ? data.Validation : data.Test.Count > 0 ? data.Test : data.Training;
}
