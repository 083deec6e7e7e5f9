using System.Globalization;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;

namespace DreamViz.Viz.Tests.EndToEnd;

/// <summary>A window of a headless Chromium, closed on disposal.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly string home;

    /// <summary>Opens it beside the one that the browser has, which stays.</summary>
    public Chromium(ChromeDriver driver, int width, int height, double pixelRatio)
    {
        Driver = driver;
        home = driver.CurrentWindowHandle;
        driver.SwitchTo().NewWindow(WindowType.Tab);
        SetSize(width, height, pixelRatio);
    }

    public ChromeDriver Driver { get; }

    public void SetSize(int width, int height, double pixelRatio = 1) =>
        Driver.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new Dictionary<string, object?>
        {
            ["width"] = width,
            ["height"] = height,
            ["deviceScaleFactor"] = pixelRatio,
            ["mobile"] = false,
        });

    public void Open(string address) => Driver.Navigate().GoToUrl(address);

    public object? Run(string script, params object[] arguments) => Driver.ExecuteScript(script, arguments);

    /// <summary>Waits until a script's result is true.</summary>
    public void WaitUntil(string condition)
    {
        DateTime end = DateTime.UtcNow + Patience;
        while (Run($"return !!({condition});") is not true)
        {
            Assert.True(DateTime.UtcNow < end, $"Never came true in the page: {condition}");
            Thread.Sleep(20);
        }
    }

    /// <summary>The number of the frame that the page drew last.</summary>
    public long Frame() => long.Parse(
        (string?)Run("return document.getElementById('picture').dataset.frame ?? '0';") ?? "0", CultureInfo.InvariantCulture);

    /// <summary>Waits until the page has drawn more frames.</summary>
    public void WaitForFrames(int count) => WaitUntil($"document.getElementById('picture').dataset.frame >= {Frame() + count}");

    /// <summary>The canvas as [height · width] red, green, blue, opacity bytes.</summary>
    public byte[] ReadCanvas() => ReadCanvas(0, 0, (int)(long)Run("return document.getElementById('picture').width;")!, (int)(long)Run("return document.getElementById('picture').height;")!);

    /// <summary>Part of the canvas.</summary>
    public byte[] ReadCanvas(int x, int y, int width, int height)
    {
        const string Script = """
            const context = document.getElementById('picture').getContext('2d');
            const pixels = context.getImageData(...arguments).data;
            let text = '';
            for (let i = 0; i < pixels.length; i += 32768) text += String.fromCharCode.apply(null, pixels.subarray(i, i + 32768));
            return btoa(text);
            """;
        return Convert.FromBase64String((string)Run(Script, x, y, width, height)!);
    }

    /// <summary>Clicks at a pixel of a page that is shown one to one.</summary>
    public void Click(float x, float y) =>
        new Actions(Driver).MoveToLocation((int)x, (int)y).Click().Perform();

    public void Press(string keys) => new Actions(Driver).SendKeys(keys).Perform();

    public void SaveScreenshot(string path) => ((ITakesScreenshot)Driver).GetScreenshot().SaveAsFile(path);

    /// <summary>Closes every window but the first.</summary>
    public void Dispose()
    {
        foreach (string window in Driver.WindowHandles.Where(window => window != home))
        {
            Driver.SwitchTo().Window(window);
            Driver.Close();
        }

        Driver.SwitchTo().Window(home);
    }
}
