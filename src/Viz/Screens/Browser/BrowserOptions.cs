using System.Net;
using DreamViz.Engine;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>Where the browser screen listens, and who may do what there.</summary>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="Address">The address to listen at; anything beyond this machine needs <paramref name="AllowRemote"/>.</param>
/// <param name="AllowRemote">Whether an address beyond this machine may be used.</param>
/// <param name="RemoteControl">Whether windows may control, not only watch, when listening beyond this machine.</param>
public sealed record BrowserOptions(int Port, IPAddress Address, bool AllowRemote = false, bool RemoteControl = false)
{
    /// <summary>A free port at 127.0.0.1.</summary>
    public static BrowserOptions Default { get; } = new(0, IPAddress.Loopback);

    /// <summary>Whether nobody may control.</summary>
    public bool ViewOnly => !IPAddress.IsLoopback(Address) && !RemoteControl;

    /// <summary>Refuses options that cannot be used or that would open the machine unasked.</summary>
    /// <exception cref="InvalidInputException">The port is out of range, or the address lies beyond this machine and was not
    /// allowed to.</exception>
    public void Validate()
    {
        if (Port is < 0 or > IPEndPoint.MaxPort)
            throw new InvalidInputException($"--port: expected 0 to {IPEndPoint.MaxPort}, found {Port}.");
        if (!IPAddress.IsLoopback(Address) && !AllowRemote)
            throw new InvalidInputException(
                $"--bind: expected an address of this machine only, such as 127.0.0.1; {Address} can be reached by others and needs --allow-remote.");
    }
}
