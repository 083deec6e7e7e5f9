using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DreamViz.Engine.Diagnostics.Laboratory;

namespace DreamViz.Viz.Commands.Measuring;

/// <summary>The laboratory's figures as JSON; what is not finite is null.</summary>
internal static class LaboratoryJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteOrNull() },
    };

    /// <summary>Writes them.</summary>
    public static void Write(Stream stream, FrozenRun frozen, LaboratoryResult result, long step) => JsonSerializer.Serialize(
        stream,
        new
        {
            Network = frozen.Shape.ToString(),
            Step = step,
            Examples = frozen.Batch.Rows,
            LabelsGiven = frozen.Labels.Count(label => label >= 0),
            Answers = result.Count,
            ExactStates = result.Configurations,
            result.ReferenceEstimates,
            result.ReferenceError,
            result.Norm,
            result.Threshold,
            Estimators = result.Measures.Select(measures => new
            {
                Estimator = measures.Estimator.Key,
                Objective = $"{measures.Estimator.Recognition}",
                measures.Samples,
                measures.EstimatesPerAnswer,
                Bias = measures.Offset,
                BiasFound = measures.IsBiased,
                measures.PValue,
                measures.Noise,
                measures.Cosine,
                measures.SignalToNoise,
                measures.UnitVariances,
                measures.UnitSignalToNoise,
                measures.Evaluations,
                measures.Seconds,
                measures.VarianceTimesCost,
                measures.Errors,
            }),
            result.Excluded,
        },
        Options);

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
