using DreamViz.Viz.Screens;
using DreamViz.Viz.Tests.Screens.Browser;
using OpenQA.Selenium;
using OpenQA.Selenium.Interactions;

namespace DreamViz.Viz.Tests.EndToEnd;

/// <summary>The page in a real browser, with an explorer of the tests behind it.</summary>
[Collection(BrowserTests.Name)]
public class PageTests(Browser browser)
{
    [SkippableFact]
    public async Task The_page_goes_on_drawing_and_has_one_pixel_of_canvas_for_each_of_the_screen()
    {
        using Chromium chromium = browser.Open(640, 400, pixelRatio: 2);
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(10);
        Assert.Equal((1280, 800), screen.Explorer.Size);
        Assert.Equal(1280L, chromium.Run("return document.getElementById('picture').width;"));
        Assert.Equal(640L, chromium.Run("return document.getElementById('picture').clientWidth;"));
    }

    [SkippableFact]
    public async Task Pointer_wheel_and_keys_arrive_as_events()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(2);
        IWebElement canvas = chromium.Driver.FindElement(By.Id("picture"));
        new Actions(chromium.Driver).MoveToElement(canvas, 10, 20).Click().SendKeys("a?").SendKeys(Keys.ArrowLeft)
            .ScrollFromOrigin(new WheelInputDevice.ScrollOrigin { Element = canvas }, 0, -200).Perform();
        await Eventually.True(() => screen.Explorer.Inputs.Any(input => input.Kind == InputKind.Wheel));
        IReadOnlyList<InputEvent> inputs = screen.Explorer.Inputs;
        Assert.Contains(inputs, input => input is { Kind: InputKind.PointerDown, X: 650, Y: 380, Button: 0 });
        Assert.Contains(inputs, input => input is { Kind: InputKind.PointerUp, X: 650, Y: 380 });
        Assert.Contains(inputs, input => input is { Kind: InputKind.KeyDown, Key: Key.A });
        Assert.Contains(inputs, input => input is { Kind: InputKind.KeyUp, Key: Key.A });
        Assert.Contains(inputs, input => input is { Kind: InputKind.Text, Character: 'a' });
        Assert.Contains(inputs, input => input is { Kind: InputKind.KeyDown, Key: Key.Question });
        Assert.Contains(inputs, input => input is { Kind: InputKind.KeyDown, Key: Key.Left });
        Assert.Contains(inputs, input => input.Kind == InputKind.Wheel && input.Wheel > 0);
    }

    [SkippableFact]
    public async Task The_picture_takes_the_new_size_of_the_window()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(2);
        chromium.SetSize(412, 915);
        chromium.WaitUntil("document.getElementById('picture').width === 412 && document.getElementById('picture').height === 915");
        Assert.Equal((412, 915), screen.Explorer.Size);
    }

    [SkippableFact]
    public async Task Reloading_shows_the_picture_again()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(2);
        chromium.Driver.Navigate().Refresh();
        chromium.WaitUntil("document.body.dataset.state === 'open'");
        chromium.WaitForFrames(5);
        await Eventually.True(() => screen.Host.Audience.Count == 1);
    }

    [SkippableFact]
    public async Task A_stopped_program_is_shown_as_stopped()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(2);
        screen.Close();
        chromium.WaitUntil("document.getElementById('notice-title').textContent === 'DreamViz has stopped'");
        chromium.WaitUntil("!document.getElementById('notice').hidden");
    }

    [SkippableFact]
    public async Task A_broken_connection_comes_back_by_itself()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(2);
        chromium.Run("""
            window.seen = [];
            new MutationObserver(() => window.seen.push(document.body.dataset.state)).observe(document.body, { attributes: true });
            """);
        screen.Host.CutConnections();
        chromium.WaitUntil("window.seen.join() === 'reconnecting,open'");
        chromium.WaitForFrames(5);
    }

    [SkippableFact]
    public async Task A_second_window_watches_until_it_takes_control()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(2);
        string first = chromium.Driver.CurrentWindowHandle;
        chromium.Driver.SwitchTo().NewWindow(WindowType.Window);
        chromium.Open(screen.Host.Address);
        chromium.WaitUntil("document.getElementById('notice-title').textContent === 'Another window has control'");
        chromium.Driver.FindElement(By.XPath("//button[text()='Take control']")).Click();
        chromium.WaitUntil("document.getElementById('picture').dataset.standing === 'controls' && document.getElementById('notice').hidden");
        chromium.Driver.SwitchTo().Window(first);
        chromium.WaitUntil("document.getElementById('picture').dataset.standing === 'watches'");
    }

    [SkippableFact]
    public async Task An_address_of_another_run_says_so_and_gives_up()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        chromium.Open(screen.Host.Address[..^32] + new string('0', 32));
        chromium.WaitUntil("document.getElementById('notice-title').textContent === 'This address is from another run'");
        Assert.Equal(0, screen.Host.Audience.Count);
    }

    [SkippableFact]
    public async Task Nothing_on_the_page_breaks_its_own_rules()
    {
        using Chromium chromium = browser.Open();
        await using RunningScreen screen = await RunningScreen.StartAsync();
        _ = chromium.Driver.Manage().Logs.GetLog(LogType.Browser);
        chromium.Open(screen.Host.Address);
        chromium.WaitForFrames(5);
        Assert.Empty(chromium.Driver.Manage().Logs.GetLog(LogType.Browser));
    }
}
