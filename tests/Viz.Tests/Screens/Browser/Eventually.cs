namespace DreamViz.Viz.Tests.Screens.Browser;

/// <summary>Waits for what another thread or process will do; only gives up after far longer than it can take.</summary>
internal static class Eventually
{
    public static async Task True(Func<bool> condition)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(60);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "Waited for something that never came true.");
            await Task.Delay(10);
        }
    }
}
