namespace DreamViz.Engine.Tests.Kernels;

/// <summary>Logits at which a kernel may lose its way: zeros of both signs, tiny, saturated, where e^a over- and underflows in
/// single precision, close to the largest number, and infinite.</summary>
internal static class ExtremeLogits
{
    public static float[] Finite { get; } =
    [
        .. new[] { 0, float.Epsilon, 1e-38f, 1e-30f, 1e-7f, 0.5f, 1, 8, 16.7f, 20, 87.3f, 87.8f, 88, 88.8f, 89, 103.9f, 104, 1e4f, 3e38f }
            .SelectMany(a => new[] { a, -a }),
    ];

    public static float[] All { get; } = [.. Finite, float.PositiveInfinity, float.NegativeInfinity];
}
