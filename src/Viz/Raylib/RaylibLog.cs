using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Raylib_cs;

namespace DreamViz.Viz.Window;

/// <summary>Keeps raylib's log off the terminal and remembers its last warning.</summary>
/// <remarks>Static because raylib calls back into a function pointer that carries no state.</remarks>
internal static unsafe class RaylibLog
{
    private static volatile string? lastWarning;

    /// <summary>The last warning or error, one line, or null.</summary>
    public static string? LastWarning => lastWarning;

    /// <summary>Takes over raylib's log.</summary>
    public static void Capture()
    {
        Raylib.SetTraceLogLevel(TraceLogLevel.Warning);
        Raylib.SetTraceLogCallback(&Receive);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Receive(int level, sbyte* format, sbyte* arguments)
    {
        try
        {
            lastWarning = Logging.GetLogMessage((nint)format, (nint)arguments).Trim();
        }
        catch (Exception)
        {
            // An exception must not leave a callback from native code; the message is lost, nothing else.
            lastWarning = "raylib logged a message that cannot be read";
        }
    }
}
