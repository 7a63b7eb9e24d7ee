using System.Globalization;
using System.Text;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Hosts;

/// <summary>What stands in a host's logs after it came up.</summary>
internal static class HostLogs
{
    public static IEnumerable<(string Name, string Text)> Boot(LabHost host, LabClock clock)
    {
        var booted = host.BootTime < clock.GetUtcNow() ? host.BootTime : clock.GetUtcNow();
        yield return ("vmkernel.log", VmKernel(host, booted));
        yield return ("esxupdate.log", EsxUpdate(host, booted));
        yield return ("hostd.log", $"{Stamp(booted, 60)} [FFFA1B20 info 'Default'] Host name is {host.Name}, build {host.Build}\n");
        yield return ("syslog.log", $"{Stamp(booted, 20)} root: init Running sh /etc/profile.local\n");
        yield return ("auth.log", "");
        yield return ("shell.log", "");
    }

    private static string VmKernel(LabHost host, DateTimeOffset booted)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Stamp(booted, 1)} cpu0:2048)VMware ESXi {host.Version} build-{host.Build}, {host.Vendor} {host.Model}\n");
        foreach (var (index, driver) in host.PNics.Select(nic => nic.Driver).Distinct().Index())
            text.Append(CultureInfo.InvariantCulture, $"{Stamp(booted, 3 + index)} cpu2:2624)Loading module {driver} ...\n");
        foreach (var nic in host.PNics.Where(nic => nic.LinkUp))
            text.Append(CultureInfo.InvariantCulture, $"{Stamp(booted, 8)} cpu4:2624){nic.Driver}: {nic.Device} link up, {nic.SpeedMb} Mbps full duplex\n");

        // The BCM5709 drops segments below its minimum; the remedy is TSO off in the guest.
        if (host.PNics.Exists(nic => nic.Driver == "bnx2"))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Stamp(booted, 5400)} cpu7:4119)WARNING: LinNet: map_pkt_to_skb: This message has repeated 10240 times: vmnic0: runt TSO packet (tsoMss=1448, frameLen=1514)\n");
            text.Append(CultureInfo.InvariantCulture, $"{Stamp(booted, 5401)} cpu7:4119)WARNING: Tso: 545: TSO packet with one segment.\n");
        }

        return text.ToString();
    }

    private static string EsxUpdate(LabHost host, DateTimeOffset booted) => HostSettings.Major(host) == 4
        ? $"[{Stamp(booted, 30)}] esxupdate: initializing\n"
        : $"{Stamp(booted, 30)} esxupdate: BootBankInstaller.pyc: INFO: The image profile is complete\n{Stamp(booted, 31)} esxupdate: HostImage: DEBUG: installer BootBankInstaller was loaded\n";

    private static string Stamp(DateTimeOffset booted, int seconds) => (booted + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
