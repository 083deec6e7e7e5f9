using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using Raylib_cs;

namespace DreamViz.Viz.Window;

/// <summary>The window: hands input to the explorer, draws its frames into a texture of the window's size, shows it.</summary>
internal static class RaylibWindow
{
    private const int FramesPerSecond = 60;

    /// <summary>Shows the explorer until the window is closed or the token is cancelled.</summary>
    /// <param name="explorer">What is shown.</param>
    /// <param name="stop">Ends the window.</param>
    /// <returns>Null when a window was shown; else why there is none, in a few words.</returns>
    public static string? Run(IExplorer explorer, CancellationToken stop)
    {
        bool mayLackDisplay = OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD();
        if (mayLackDisplay && IsUnset("DISPLAY") && IsUnset("WAYLAND_DISPLAY")) return "there is no display";
        try
        {
            RaylibLog.Capture();
            Raylib.SetConfigFlags(ConfigFlags.ResizableWindow | ConfigFlags.HighDpiWindow | ConfigFlags.VSyncHint | ConfigFlags.AlwaysRunWindow);
            Raylib.InitWindow((int)Canvas.DesignWidth, (int)Canvas.DesignHeight, "DreamViz");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            return "raylib's native library is not available for this system";
        }

        // After a failed InitWindow every other call, CloseWindow included, ends in a segmentation fault.
        if (!Raylib.IsWindowReady()) return RaylibLog.LastWarning is { } warning ? $"the window did not open ({warning})" : "the window did not open";
        try
        {
            using var target = new RaylibTarget(ShaderLibrary.FindFolder(), explorer.Notify);
            Show(explorer, target, stop);
            return null;
        }
        catch (NotSupportedException refused)
        {
            return refused.Message;
        }
        finally
        {
            Raylib.CloseWindow();
        }
    }

    private static bool IsUnset(string variable) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static void Show(IExplorer explorer, RaylibTarget target, CancellationToken stop)
    {
        Raylib.SetExitKey(KeyboardKey.Null);
        Raylib.SetWindowMinSize(640, 360);
        Raylib.SetTargetFPS(FramesPerSecond);
        var input = new RaylibInput();
        var list = new DrawList();
        while (!Raylib.WindowShouldClose() && !stop.IsCancellationRequested)
        {
            int width = Math.Max(1, Raylib.GetRenderWidth()), height = Math.Max(1, Raylib.GetRenderHeight());
            double seconds = Raylib.GetFrameTime();
            input.Poll(explorer, width / (float)Math.Max(1, Raylib.GetScreenWidth()));
            explorer.Frame(list, width, height, seconds);
            target.Draw(list, width, height, seconds);
            Raylib.BeginDrawing();
            Raylib.DrawTexturePro(
                target.Picture,
                new(0, 0, width, height),
                new(0, 0, Raylib.GetScreenWidth(), Raylib.GetScreenHeight()),
                default, 0, Color.White);
            Raylib.EndDrawing();
        }
    }
}
