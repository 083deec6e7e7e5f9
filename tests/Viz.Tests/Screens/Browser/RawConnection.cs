using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DreamViz.Viz.Tests.Screens.Browser;

/// <summary>Bytes over a socket, as an attacker would send them.</summary>
internal static class RawConnection
{
    /// <summary>Sends a request as it stands and returns the status of the answer; 0 if the connection ends without one.</summary>
    public static async Task<int> StatusAsync(int port, string request)
    {
        (int status, _) = await AskAsync(port, request);
        return status;
    }

    /// <summary>Sends a request as it stands and returns status and headers of the answer.</summary>
    public static async Task<(int Status, string Head)> AskAsync(int port, string request)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        string head = await ReadHeadAsync(connection.GetStream());
        return (head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(head.AsSpan(9, 3)) : 0, head);
    }

    /// <summary>A handshake with these header lines.</summary>
    public static string Handshake(string path, params string[] headers) =>
        $"GET {path} HTTP/1.1\r\n{string.Concat(headers.Select(header => header + "\r\n"))}"
        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                int read = await stream.ReadAsync(buffer);
                if (read == 0) break;
                head.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // The other side cut the connection: what came counts.
        }

        return head.ToString();
    }
}
