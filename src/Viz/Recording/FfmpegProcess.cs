using System.ComponentModel;
using System.Diagnostics;

namespace DreamViz.Viz.Recording;

/// <summary>A running ffmpeg that reads frames from its input.</summary>
public sealed class FfmpegProcess : IDisposable
{
    private const int KilledBySignal = 128;

    private readonly Process process;
    private readonly Lock reading = new();
    private string lastLine = "";
    private bool interrupted;
    private bool closed;

    internal FfmpegProcess(string path, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(path, ["-hide_banner", "-nostats", "-loglevel", "info", "-y", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new RecordingException($"{path}: ffmpeg does not start: {failure.Message}", failure);
        }

        // Drained always: a full error pipe would stop ffmpeg for good.
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Whether the terminal's Ctrl+C reached ffmpeg too, which then ends its file properly by itself.</summary>
    public bool Interrupted
    {
        get
        {
            lock (reading) return interrupted;
        }
    }

    /// <summary>Hands a frame over; waits while ffmpeg is busy. Frames after Ctrl+C are left out.</summary>
    /// <exception cref="RecordingException">ffmpeg has ended.</exception>
    public void Write(ReadOnlySpan<byte> frame)
    {
        if (closed) return;
        try
        {
            process.StandardInput.BaseStream.Write(frame);
            process.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            closed = true;
            process.WaitForExit();
            if (!Interrupted) throw Failure("ended in the middle of the film");
        }
    }

    /// <summary>Ends the input and waits for ffmpeg to complete its output.</summary>
    /// <exception cref="RecordingException">It failed.</exception>
    public void Complete()
    {
        CloseInput();
        process.WaitForExit();
        if (process.ExitCode != 0 && !Interrupted) throw Failure("failed");
    }

    /// <summary>Ends the input, so that ffmpeg completes what it has, and lets go of it.</summary>
    public void Dispose()
    {
        CloseInput();
        process.WaitForExit();
        process.Dispose();
    }

    private void CloseInput()
    {
        closed = true;
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; its exit code tells more.
        }
    }

    private void Remember(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (reading)
        {
            lastLine = line.Trim();
            interrupted |= line.Contains("received signal 2.", StringComparison.Ordinal);
        }
    }

    private RecordingException Failure(string what)
    {
        int code = process.ExitCode;
        string how = code > KilledBySignal && code < KilledBySignal + 64 ? $"killed by signal {code - KilledBySignal}" : $"exit code {code}";
        lock (reading) return new($"ffmpeg {what} ({how}); its last line: {(lastLine.Length > 0 ? lastLine : "none")}");
    }
}
