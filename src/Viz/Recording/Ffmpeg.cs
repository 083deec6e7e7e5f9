using System.Diagnostics;

namespace DreamViz.Viz.Recording;

/// <summary>The program ffmpeg.</summary>
public sealed class Ffmpeg
{
    private static readonly string[] KnownEncoders = ["libx264", "libopenh264", "mpeg4"];

    private readonly Lazy<string?> encoder;

    /// <param name="path">The program's file.</param>
    public Ffmpeg(string path)
    {
        Path = path;
        encoder = new(FindEncoder);
    }

    /// <summary>The program's file.</summary>
    public string Path { get; }

    /// <summary>The best encoder for films that this ffmpeg has, or null.</summary>
    public string? Encoder => encoder.Value;

    /// <summary>ffmpeg from the search path, or null where there is none.</summary>
    public static Ffmpeg? Find() => Find(Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>ffmpeg from these folders, or null.</summary>
    public static Ffmpeg? Find(string searchPath)
    {
        string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        string? file = searchPath.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return file is null ? null : new(file);
    }

    /// <summary>Starts the program with a pipe to its input.</summary>
    /// <exception cref="RecordingException">It cannot be started.</exception>
    public FfmpegProcess Start(IEnumerable<string> arguments) => new(Path, arguments);

    /// <summary>Runs the program to its end.</summary>
    /// <exception cref="RecordingException">It failed; the message ends with its last line.</exception>
    public void Run(IEnumerable<string> arguments)
    {
        using FfmpegProcess process = Start(arguments);
        process.Complete();
    }

    private string? FindEncoder()
    {
        var start = new ProcessStartInfo(Path, ["-hide_banner", "-encoders"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string listed = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return KnownEncoders.FirstOrDefault(name => listed.Contains($" {name} ", StringComparison.Ordinal));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
