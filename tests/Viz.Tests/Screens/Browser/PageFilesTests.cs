using System.Text;
using System.Text.RegularExpressions;
using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public partial class PageFilesTests
{
    [Fact]
    public void The_page_numbers_keys_as_the_program_does()
    {
        string list = Regex.Match(Read("/controls.js"), @"keyNames = \[(.*?)\];", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(Enum.GetNames<Key>(), Quoted().Matches(list).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void The_page_numbers_drawing_operations_as_the_program_does()
    {
        string list = Regex.Match(Read("/painter.js"), @"operations = \[(.*?)\];", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(
            Enum.GetNames<DrawOperation>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]),
            Quoted().Matches(list).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void The_page_loads_nothing_from_elsewhere()
    {
        foreach (string path in (string[])["/", "/page.css", "/page.js", "/wire.js", "/painter.js", "/sprites.js", "/controls.js", "/connection.js", "/notice.js"])
        {
            string text = Read(path).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.DoesNotMatch(@"https?://|//[a-z]+\.|@import|url\(", text);
        }
    }

    [Fact]
    public async Task Every_answer_forbids_what_is_not_the_page()
    {
        await using BrowserHost host = await BrowserHost.StartAsync(BrowserOptions.Default);
        foreach (string path in (string[])["/", "/page.js", "/nothing"])
        {
            (_, string head) = await RawConnection.AskAsync(host.Port, $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{host.Port}\r\n\r\n");
            Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'self';", head);
            Assert.Contains($"connect-src ws://127.0.0.1:{host.Port};", head);
            Assert.Contains("frame-ancestors 'none'", head);
            Assert.Contains("X-Content-Type-Options: nosniff", head);
            Assert.Contains("X-Frame-Options: DENY", head);
            Assert.Contains("Referrer-Policy: no-referrer", head);
            Assert.Contains("Cross-Origin-Resource-Policy: same-origin", head);
            Assert.Contains("Cache-Control: no-store", head);
            Assert.DoesNotContain("Server:", head);
            Assert.DoesNotContain("Access-Control-", head);
        }
    }

    private static string Read(string path) => Encoding.UTF8.GetString(PageFiles.Find(path)!.Bytes.Span);

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Quoted();
}
