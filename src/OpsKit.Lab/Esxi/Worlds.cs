using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi;

/// <summary>World IDs: one for each running machine and each daemon of a host, the same in every tool. Not the <c>Vmid</c> of <c>vim-cmd</c>.</summary>
internal static class Worlds
{
    private static readonly string[] Daemons =
    [
        "vmkernel", "busybox", "hostd", "hostd-worker", "hostd-probe", "rhttpproxy", "envoy", "vpxa", "vpxa-worker", "ntpd", "sfcb-HTTP-Daem", "slpd", "snmpd", "openwsmand", "fdm", "dcui", "sshd", "vmsyslogd",
    ];

    /// <summary>The machines that run on a host, in the order of their ids.</summary>
    public static IEnumerable<LabMachine> Running(LabEstate estate, LabHost host) =>
        estate.Machines.Where(machine => machine.Host == host && machine.PowerState == "poweredOn").OrderBy(NumberOf);

    public static long Of(LabHost host, LabMachine machine) => First(host) + 1000 + (NumberOf(machine) * 8L);

    public static long Of(LabHost host, string daemon) => First(host) + 100 + (Math.Max(0, Array.IndexOf(Daemons, daemon)) * 37L);

    /// <summary>The digits of <c>vm-107</c>.</summary>
    public static int NumberOf(LabMachine machine) => int.Parse(machine.Id.AsSpan(machine.Id.IndexOf('-', StringComparison.Ordinal) + 1));

    private static long First(LabHost host) => HostSettings.Major(host) switch { < 6 => 2600, 6 => 2_097_000, 7 => 2_098_000, _ => 2_099_000 };
}
