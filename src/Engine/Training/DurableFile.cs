using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DreamViz.Engine.Training;

/// <summary>
/// Writes a file so that after a crash or a power cut either the old file or the complete new one is there: temporary file
/// beside the target, fsync, rename, fsync of the directory. The one class that knows which operating system it runs on.
/// </summary>
/// <remarks>The runtime's own flush to disk hides failures of fsync on Unix, so fsync is called directly and judged by its
/// return value. Temporaries that a killed process left behind are removed by the next save into the same directory.</remarks>
public static partial class DurableFile
{
    private const string TemporaryPrefix = ".dreamviz-";
    private const string TemporarySuffix = ".saving";
    private const int Interrupted = 4;

    /// <summary>Writes the file through <paramref name="write"/>; on any failure the old file is intact.</summary>
    /// <param name="path">The target; a symbolic link is followed.</param>
    /// <param name="overwrite">Whether a file that exists may be replaced.</param>
    /// <param name="write">Receives an unbuffered stream: write in large pieces.</param>
    /// <exception cref="InvalidInputException">The path cannot be used, the file exists and must not be replaced, or the
    /// disk failed. What <paramref name="write"/> throws passes through, but for I/O failures, which become this.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        try
        {
            string target = ResolvedTarget(path, overwrite);
            string directory = Path.GetDirectoryName(target)!;
            RemoveStaleTemporaries(directory);
            WriteBeside(target, directory, overwrite, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException($"{path}: cannot be written: {Reason(e)}", e);
        }
    }

    private static string ResolvedTarget(string path, bool overwrite)
    {
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target))
            throw new InvalidInputException($"{path}: expected a file to write, found a directory");
        FileInfo file = new(target);
        if (file.LinkTarget is not null) target = file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (!overwrite && File.Exists(target))
            throw new InvalidInputException($"{path}: already exists; expected a new file or permission to overwrite it");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new InvalidInputException($"{path}: expected an existing directory to write into, found none");
        return target;
    }

    private static void WriteBeside(string target, string directory, bool overwrite, Action<Stream> write)
    {
        string temporary = Path.Combine(directory, TemporaryPrefix + Path.GetRandomFileName() + TemporarySuffix);
        try
        {
            using (SafeFileHandle handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            using (FileStream stream = new(handle, FileAccess.Write, bufferSize: 0))
            {
                write(stream);
                stream.Flush();
                SyncFile(handle);
            }

            using SafeFileHandle? open = OpenDirectory(directory);
            File.Move(temporary, target, overwrite);
            if (open is not null) Sync(open);
        }
        finally
        {
            DeleteIfPresent(temporary);
        }
    }

    /// <summary>A temporary is stale when nobody holds its lock. If another process deletes one between its creation and
    /// its locking, that process's rename fails and its old file stays: never a torn file.</summary>
    private static void RemoveStaleTemporaries(string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory, TemporaryPrefix + "*" + TemporarySuffix))
            if (NobodyHolds(file)) DeleteIfPresent(file);
    }

    private static bool NobodyHolds(string file)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void DeleteIfPresent(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next save into this directory tries again; the failure that led here matters more.
        }
    }

    private static void SyncFile(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(handle);
        else Sync(handle);
    }

    /// <summary>Windows has no directory to sync: there a rename is made durable by the file system's journal.</summary>
    private static SafeFileHandle? OpenDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) return null;
        const int ReadOnly = 0;
        int closeOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        int descriptor = Open(Encoding.UTF8.GetBytes(directory + '\0'), ReadOnly | closeOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LastError("opening the directory");
    }

    private static void Sync(SafeFileHandle handle)
    {
        while (Fsync(handle) != 0)
            if (Marshal.GetLastPInvokeError() != Interrupted) throw LastError("syncing to the disk");
    }

    private static IOException LastError(string doing)
    {
        int code = Marshal.GetLastPInvokeError();
        return new IOException($"{doing} failed: {Marshal.GetPInvokeErrorMessage(code)}", code);
    }

    private static string Reason(Exception e) => e.Message.ReplaceLineEndings(" ");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle handle);
}
