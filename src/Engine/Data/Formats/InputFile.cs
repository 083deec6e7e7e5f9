namespace DreamViz.Engine.Data.Formats;

/// <summary>Reads a file that the user named.</summary>
public static class InputFile
{
    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidInputException">There is no such file, or it cannot be read.</exception>
    public static byte[] ReadAll(string path)
    {
        if (Directory.Exists(path)) throw new InvalidInputException($"{path}: expected a file, found a folder");
        if (!File.Exists(path)) throw new InvalidInputException($"{path}: no such file");
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > Array.MaxLength)
                throw new InvalidInputException($"{path}: expected at most {Array.MaxLength} bytes, found {stream.Length}");
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidInputException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
