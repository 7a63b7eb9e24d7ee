using System.Net;
using System.Net.Sockets;

namespace OpsKit.Lab.Enclosures.XmlData;

/// <summary>Finds a TCP port that nothing listens at.</summary>
internal static class FreePort
{
    public static int At(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
