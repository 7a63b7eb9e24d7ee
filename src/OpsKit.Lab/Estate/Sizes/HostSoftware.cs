namespace OpsKit.Lab.Estate;

/// <summary>The VIBs a host of a version comes with: those of the installer, drivers of its NICs, and tools of its maker.</summary>
internal static class HostSoftware
{
    private static readonly TimeSpan SinceInstallation = TimeSpan.FromDays(220);

    public static void Fill(LabHost host, DateTimeOffset now)
    {
        var version = Version.Parse(host.Version);
        var installed = now - SinceInstallation;
        var released = installed - TimeSpan.FromDays(60);
        var vibs = InboxVibs.Of(version).Concat(VendorVibs.Of(version, host))
            .GroupBy(vib => vib.Name, StringComparer.Ordinal).Select(same => same.Last())
            .Select(vib => vib with { Created = released, Installed = installed, Payloads = vib.Payloads.Count > 0 ? vib.Payloads : [vib.Name[..Math.Min(8, vib.Name.Length)]] })
            .OrderBy(vib => vib.Name, StringComparer.Ordinal);
        var name = host.Vendor.StartsWith("HP", StringComparison.Ordinal) && version.Major > 4 ? $"{host.Vendor}-ESXi-{host.Version}-{host.Build}" : $"ESXi-{host.Version}-{host.Build}-standard";
        host.Software = new LabSoftware
        {
            Running = new LabImage(name, host.Vendor.StartsWith("HP", StringComparison.Ordinal) ? "Hewlett-Packard" : "VMware, Inc.", released, installed, $"ESXi {host.Version} with the drivers and tools of {host.Vendor}.", [.. vibs]),
            BootBankMb = version.Major < 7 ? 250 : 500,
        };
    }
}
