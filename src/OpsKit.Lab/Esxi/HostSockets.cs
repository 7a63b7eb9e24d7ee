using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi;

/// <summary>A connection or listener of a host.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Local">Address and port.</param>
/// <param name="Foreign">The other side's.</param>
/// <param name="State">Such as <c>LISTEN</c>; empty for UDP.</param>
/// <param name="Daemon">Whose it is; empty for nobody's any more.</param>
internal sealed record HostSocket(string Protocol, string Local, string Foreign, string State, string Daemon);

/// <summary>What listens on a host and who is connected, from its version and the services that run. Nothing listens on 903.</summary>
internal static class HostSockets
{
    private const string Nobody = "0.0.0.0:0";

    public static IReadOnlyList<HostSocket> Of(LabHost host)
    {
        var version = Version.Parse(host.Version);
        var web = version >= new Version(8, 0) ? "envoy" : version >= new Version(5, 5) ? "rhttpproxy" : "hostd-worker";
        var sockets = new List<HostSocket> { Listens("80", web), Listens("443", web), Listens("902", "busybox"), Listens("8307", "hostd-worker", "127.0.0.1") };
        if (Runs("TSM-SSH"))
            sockets.Add(Listens("22", version.Major >= 8 ? "sshd" : "busybox"));
        if (Runs("sfcbd-watchdog") || version.Major < 5)
            sockets.AddRange([Listens("5988", "sfcb-HTTP-Daem", "127.0.0.1"), Listens("5989", "sfcb-HTTP-Daem")]);
        if (version.Major < 8)
            sockets.AddRange([Listens("427", "slpd"), Takes("0.0.0.0:427", "slpd")]);
        if (host.Vmks.Exists(vmk => vmk.VMotion))
            sockets.Add(Listens("8000", "vmkernel"));
        if (Runs("vmware-fdm") && host.Cluster.HaEnabled)
            sockets.AddRange([Listens("8182", "fdm"), Takes("0.0.0.0:8182", "fdm")]);
        if (Runs("ntpd"))
            sockets.AddRange([Takes("0.0.0.0:123", "ntpd"), Takes($"{host.Address}:123", "ntpd")]);
        if (Runs("snmpd"))
            sockets.Add(Takes("0.0.0.0:161", "snmpd"));
        if (Runs("vpxa") && host.ConnectionState == "connected")
            OfVCenter(host, version, web, sockets);
        return sockets;

        bool Runs(string service) => host.Services.GetValueOrDefault(service);
    }

    /// <summary>vCenter speaks to 443 and hears heartbeats on UDP 902. A connection that ended not long ago lingers.</summary>
    private static void OfVCenter(LabHost host, Version version, string web, List<HostSocket> sockets)
    {
        const string vCenter = "127.0.0.1";
        var port = 40000 + (host.Address.GetAddressBytes()[3] * 17);
        sockets.AddRange(
        [
            Listens("8089", "vpxa-worker", "127.0.0.1"),
            new HostSocket("tcp", $"{host.Address}:443", $"{vCenter}:{port}", "ESTABLISHED", web),
            new HostSocket("tcp", $"{host.Address}:443", $"{vCenter}:{port + 6}", version < new Version(5, 5) ? "TIME_WAIT" : "TIME WAIT", ""),
            new HostSocket("udp", $"{host.Address}:{port + 9000}", $"{vCenter}:902", "", "vpxa-worker"),
        ]);
    }

    private static HostSocket Listens(string port, string daemon, string address = "0.0.0.0") => new("tcp", $"{address}:{port}", Nobody, "LISTEN", daemon);

    private static HostSocket Takes(string local, string daemon) => new("udp", local, Nobody, "", daemon);
}
