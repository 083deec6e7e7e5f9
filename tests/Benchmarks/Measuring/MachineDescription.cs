using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using BenchmarkDotNet.Environments;

namespace DreamViz.Benchmarks.Measuring;

/// <summary>What a figure depends on besides the code: processor, vectors, runtime and system.</summary>
internal static class MachineDescription
{
    /// <summary>A fact a line, as a list in markdown.</summary>
    public static IEnumerable<string> Lines()
    {
        HostEnvironmentInfo host = HostEnvironmentInfo.GetCurrent();
        yield return $"- Processor: {host.Cpu.Value?.ProcessorName ?? "unknown"}, {Environment.ProcessorCount} logical cores, {RuntimeInformation.ProcessArchitecture}";
        yield return $"- Vectors: {WidestVector()}, {FusedMultiplyAdd()}";
        yield return $"- Runtime: {RuntimeInformation.FrameworkDescription} on {host.Os.Value?.Name} {host.Os.Value?.Version}";
    }

    /// <summary>The widest vectors that the runtime uses.</summary>
    public static string WidestVector() =>
        Vector512.IsHardwareAccelerated ? "512 bits"
        : Vector256.IsHardwareAccelerated ? "256 bits"
        : Vector128.IsHardwareAccelerated ? "128 bits"
        : "none";

    private static string FusedMultiplyAdd() =>
        Fma.IsSupported || AdvSimd.IsSupported ? "fused multiply-add" : "no fused multiply-add";
}
