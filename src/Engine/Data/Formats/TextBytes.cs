using System.Text;

namespace DreamViz.Engine.Data.Formats;

/// <summary>Text files, plain or gzip.</summary>
internal static class TextBytes
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of the text.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read or is damaged.</exception>
    public static byte[] ReadAll(string path)
    {
        byte[] file = InputFile.ReadAll(path);
        return GzipMember.Begins(file) ? new GzipMember(file, path).ReadAll() : file;
    }

    /// <summary>The text.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, is damaged, or is no UTF-8.</exception>
    public static string ReadText(string path)
    {
        byte[] bytes = ReadAll(path);
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidInputException($"{path}: expected text in UTF-8, found other bytes at {error.Index}", error);
        }
    }
}
