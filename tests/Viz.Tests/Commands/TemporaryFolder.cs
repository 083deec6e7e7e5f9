namespace DreamViz.Viz.Tests.Commands;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("dreamviz-test-").FullName;

    public string this[string name] => Path.Combine(path, name);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>Every file with its bytes, to see that nothing was changed.</summary>
    public Dictionary<string, string> Contents() => Directory.GetFiles(path, "*", SearchOption.AllDirectories)
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));

    public void Dispose() => Directory.Delete(path, recursive: true);
}
