using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>
/// Decides by its headers whether a request may be answered. Host must be, byte for byte, an address that this server was
/// given, or another site could reach it under a name of its own (DNS rebinding); Origin, where a browser sends it, must be
/// http:// and that same Host; a request that passed through a proxy is refused.
/// </summary>
internal sealed class AccessGuard
{
    private static readonly FrozenSet<string> ProxyHeaders = new[]
    {
        "Forwarded", "Via", "X-Real-IP", "X-Host", "X-HTTP-Host-Override", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenSet<string> hosts;

    /// <summary>A guard of the server that listens at this address and port.</summary>
    public AccessGuard(IPAddress address, int port) =>
        hosts = Names(address).Select(name => Authority(name, port)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Host and port as a browser writes them.</summary>
    public static string Authority(string name, int port) =>
        port == 80 ? name : name + ":" + port.ToString(CultureInfo.InvariantCulture);

    /// <summary>An address as it stands in a URL.</summary>
    public static string Name(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    /// <summary>Whether a request with these headers may be answered.</summary>
    public bool Allows(IHeaderDictionary headers)
    {
        StringValues host = headers.Host, origin = headers.Origin;
        if (host.Count != 1 || !hosts.Contains(host[0] ?? "")) return false;
        if (origin.Count > 1 || (origin.Count == 1 && origin[0] != "http://" + host[0])) return false;
        foreach (KeyValuePair<string, StringValues> header in headers)
        {
            if (ProxyHeaders.Contains(header.Key)) return false;
            if (header.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    private static IEnumerable<string> Names(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return [Name(address), "localhost"];
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)) return [Name(address)];
        return NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => Name(unicast.Address))
            .Append("localhost")
            .Append(Dns.GetHostName().ToLowerInvariant());
    }
}
