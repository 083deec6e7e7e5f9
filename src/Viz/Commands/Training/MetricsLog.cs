using System.Globalization;
using System.Text;
using DreamViz.Engine.Data.Formats;
using DreamViz.Engine.Training;

namespace DreamViz.Viz.Commands.Training;

/// <summary>The lines of a run's metrics file, with those of the run that it continues.</summary>
internal sealed class MetricsLog
{
    private readonly List<string> lines = [MetricsCsv.Header];
    private readonly double earlierSeconds;
    private int logged;

    /// <summary>The log of a new run.</summary>
    public MetricsLog() { }

    /// <summary>The log of a run that goes on at a step, after the lines before it of an earlier file, if there is one.</summary>
    /// <exception cref="Engine.InvalidInputException">The earlier file cannot be read.</exception>
    public MetricsLog(string earlierFile, long step)
    {
        if (!File.Exists(earlierFile)) return;
        foreach (string line in Encoding.UTF8.GetString(InputFile.ReadAll(earlierFile)).Split('\n').Skip(1))
        {
            string[] fields = line.Split(',');
            if (fields.Length < 2 || Parse(fields[0]) is not { } at || at >= step || Parse(fields[1]) is not { } seconds) break;
            lines.Add(MetricsCsv.Complete(line.TrimEnd('\r')));
            earlierSeconds = seconds;
        }
    }

    /// <summary>Takes over the evaluations that are new.</summary>
    /// <param name="history">The run's evaluations, oldest first.</param>
    /// <param name="seconds">Since this part of the run began.</param>
    public void Update(IReadOnlyList<Evaluation> history, double seconds)
    {
        for (; logged < history.Count; logged++) lines.Add(MetricsCsv.Row(history[logged], earlierSeconds + seconds));
    }

    /// <summary>Writes the whole file durably.</summary>
    /// <exception cref="Engine.InvalidInputException">It cannot be written; a file that was there is intact.</exception>
    public void Save(string path, bool overwrite)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n');
        DurableFile.Write(path, overwrite, stream => stream.Write(text));
    }

    private static double? Parse(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
