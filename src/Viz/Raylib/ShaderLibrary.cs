using System.Reflection;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Gpu;

namespace DreamViz.Viz.Window;

/// <summary>The programs of the effects: compiled from the copies inside the program, or from the files of a checkout's
/// <c>shaders</c> folder, which are compiled anew whenever one of them changes.</summary>
internal sealed class ShaderLibrary : IDisposable
{
    private const double SecondsBetweenLooks = 0.5;

    private readonly string? folder;
    private readonly Action<Notice> notify;
    private readonly Dictionary<GpuEffect, ShaderProgram> programs = [];
    private DateTime newest;
    private double sinceLook;

    /// <param name="folder">A folder to watch, or null.</param>
    /// <param name="notify">Where compile errors are said.</param>
    /// <exception cref="NotSupportedException">The driver refuses the built-in shaders.</exception>
    public ShaderLibrary(string? folder, Action<Notice> notify)
    {
        (this.folder, this.notify) = (folder, notify);
        foreach (GpuEffect effect in Enum.GetValues<GpuEffect>())
        {
            programs[effect] = ShaderProgram.TryCompile(BuiltIn("shape.vs"), BuiltIn(FileOf(effect)))
                ?? throw new NotSupportedException($"the graphics driver refuses the shader {FileOf(effect)}");
        }

        if (folder is not null) Reload();
    }

    /// <summary>The program of an effect.</summary>
    public ShaderProgram this[GpuEffect effect] => programs[effect];

    /// <summary>The <c>shaders</c> folder of the checkout that the program runs from, or null.</summary>
    public static string? FindFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shaders");
            if (File.Exists(Path.Combine(candidate, "shape.vs")) && File.Exists(Path.Combine(at.FullName, "DreamViz.sln"))) return candidate;
        }

        return null;
    }

    /// <summary>Looks for changed files twice a second.</summary>
    public void Watch(double seconds)
    {
        sinceLook += seconds;
        if (folder is null || sinceLook < SecondsBetweenLooks) return;
        sinceLook = 0;
        if (NewestChange() > newest) Reload();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ShaderProgram program in programs.Values) program.Dispose();
    }

    private static string FileOf(GpuEffect effect) => effect switch
    {
        GpuEffect.Image => "image.fs",
        GpuEffect.Cells => "cells.fs",
        _ => "shape.fs",
    };

    private static string BuiltIn(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("shaders/" + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private DateTime NewestChange()
    {
        try
        {
            return Directory.EnumerateFiles(folder!, "*.?s").Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();
        }
        catch (IOException)
        {
            return newest;
        }
    }

    private void Reload()
    {
        newest = NewestChange();
        foreach (GpuEffect effect in Enum.GetValues<GpuEffect>())
        {
            if (ReadFile("shape.vs") is not { } vertex || ReadFile(FileOf(effect)) is not { } fragment) continue;
            if (ShaderProgram.TryCompile(vertex, fragment) is { } program)
            {
                programs[effect].Dispose();
                programs[effect] = program;
            }
            else
            {
                notify(new(NoticeKind.Error, $"{FileOf(effect)} does not compile", $"The last good shader stays. {RaylibLog.LastWarning}"));
            }
        }
    }

    private string? ReadFile(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder!, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
