using OpenQA.Selenium.Chrome;

namespace DreamViz.Viz.Tests.EndToEnd;

/// <summary>One headless Chromium with a new empty profile, in whose windows tests take turns; ended and cleaned up on disposal.
/// </summary>
public sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly string profile = Directory.CreateTempSubdirectory("dreamviz-chromium-").FullName;
    private ChromeDriverService? service;
    private ChromeDriver? driver;

    /// <summary>Opens a window; skips the test where Chromium is missing, but fails there when the environment says CI=true.
    /// </summary>
    internal Chromium Open(int width = 1280, int height = 720, double pixelRatio = 1) => new(driver ??= Start(), width, height, pixelRatio);

    public void Dispose()
    {
        driver?.Quit();
        service?.Dispose();
        for (int attempt = 0; attempt < 10 && Directory.Exists(profile); attempt++)
        {
            try
            {
                Directory.Delete(profile, recursive: true);
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }

    private ChromeDriver Start()
    {
        string? chromium = Find("chromium") ?? Find("chromium-browser") ?? Find("google-chrome"), chromedriver = Find("chromedriver");
        bool missing = chromium is null || chromedriver is null;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.False(missing, "CI needs chromium and chromedriver in PATH.");
        Skip.If(missing, "Needs chromium and chromedriver in PATH.");
        service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(chromedriver), Path.GetFileName(chromedriver));
        var options = new ChromeOptions { BinaryLocation = chromium };
        options.AddArguments(
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", $"--user-data-dir={profile}");
        return new ChromeDriver(service, options, Patience);
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}

/// <summary>Tests with a browser take turns.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Browser>
{
    public const string Name = "Browser";
}
