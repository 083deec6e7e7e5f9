using System.Text.Json;
using System.Text.Json.Nodes;
using DreamViz.Engine;
using DreamViz.Engine.Estimators;
using DreamViz.Engine.Objectives;

namespace DreamViz.Viz.Commands.Comparing;

/// <summary>Results as a JSON array, an object a run: <c>estimator</c>, <c>elbo</c>, <c>iw500</c> (or another K), <c>seconds</c>,
/// <c>cpuSeconds</c>, <c>steps</c>, <c>samples</c>, <c>examples</c>, <c>evaluations</c> and <c>curve</c>.</summary>
internal static class ComparisonFile
{
    private const string Weighted = "iw";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    /// <summary>Writes the array.</summary>
    public static void Write(Stream stream, IEnumerable<ComparedRun> runs)
    {
        JsonArray array = new([.. runs.Select(ToJson)]);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(array.ToJsonString(Options) + "\n"));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidInputException">The file is not there or is something else.</exception>
    public static IReadOnlyList<ComparedRun> Read(string path)
    {
        try
        {
            return [.. JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(node => FromJson(node!.AsObject()))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or KeyNotFoundException)
        {
            throw new InvalidInputException($"{path}: expected the results of a comparison, found something else: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static JsonObject ToJson(ComparedRun run) => new()
    {
        ["estimator"] = run.Estimator,
        ["elbo"] = run.Elbo.Value,
        [run.Weighted.Name.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)] = run.Weighted.Value,
        ["seconds"] = Math.Round(run.Seconds, 6),
        ["cpuSeconds"] = Math.Round(run.CpuSeconds, 6),
        ["steps"] = run.Steps,
        ["samples"] = run.Samples,
        ["examples"] = run.Elbo.Examples,
        ["evaluations"] = run.Evaluations,
        ["curve"] = new JsonArray([.. run.Curve.Select(ToJson)]),
    };

    private static JsonObject ToJson(CurvePoint point) => new()
    {
        ["step"] = point.Step,
        ["elbo"] = Math.Round(point.Elbo, 4),
        ["seconds"] = Math.Round(point.Seconds, 3),
    };

    private static ComparedRun FromJson(JsonObject run)
    {
        (string bound, JsonNode? weighted) = run.First(property => property.Key.StartsWith(Weighted, StringComparison.Ordinal));
        int examples = run["examples"]!.GetValue<int>();
        ComparedRun read = new()
        {
            Estimator = run["estimator"]!.GetValue<string>(),
            Elbo = new BoundEstimate("ELBO", run["elbo"]!.GetValue<double>(), examples),
            Weighted = new BoundEstimate($"IW-{int.Parse(bound[Weighted.Length..], System.Globalization.CultureInfo.InvariantCulture)}", weighted!.GetValue<double>(), examples),
            Seconds = run["seconds"]!.GetValue<double>(),
            CpuSeconds = run["cpuSeconds"]!.GetValue<double>(),
            Steps = run["steps"]!.GetValue<long>(),
            Samples = run["samples"]!.GetValue<int>(),
            Evaluations = run["evaluations"]!.GetValue<double>(),
            Curve = [.. run["curve"]!.AsArray().Select(node => ReadPoint(node!.AsObject()))],
        };
        EstimatorCatalog.Create(read.Estimator);
        return read;
    }

    private static CurvePoint ReadPoint(JsonObject point) =>
        new(point["step"]!.GetValue<long>(), point["elbo"]!.GetValue<double>(), point["seconds"]!.GetValue<double>());
}
