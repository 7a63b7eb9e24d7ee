namespace OpsKit.Lab.Estate;

/// <summary>Firewall rule sets, services and advanced options as a fresh host has them.</summary>
internal static class HostSettings
{
    private static readonly (string Key, bool Enabled)[] Rulesets =
    [
        ("sshServer", true), ("sshClient", false), ("nfsClient", false), ("dhcp", true), ("dns", true), ("snmp", true), ("ntpClient", true), ("CIMHttpServer", true),
        ("CIMHttpsServer", true), ("CIMSLP", true), ("iSCSI", false), ("vpxHeartbeats", true), ("updateManager", true), ("faultTolerance", true), ("webAccess", true),
        ("vMotion", true), ("vSphereClient", true), ("activeDirectoryAll", false), ("NFC", true), ("HBR", true), ("ftpClient", false), ("httpClient", false),
        ("gdbserver", false), ("DVFilter", false), ("DHCPv6", true), ("DVSSync", true), ("syslog", false), ("IKED", false), ("WOL", true), ("vSPC", false),
        ("remoteSerialPort", false), ("vprobeServer", false),
    ];

    private static readonly (string Key, bool Running)[] Services =
    [
        ("DCUI", true), ("TSM", false), ("TSM-SSH", true), ("lbtd", true), ("lwsmd", false), ("ntpd", true), ("sfcbd-watchdog", true), ("snmpd", false),
        ("vmware-fdm", true), ("vpxa", true), ("xorg", false),
    ];

    public static void Fill(LabHost host)
    {
        var old = host.Version.StartsWith('4');
        foreach (var (key, enabled) in Rulesets)
        {
            // ESXi 4.1 had no firewall for its services.
            if (!old)
                host.Rulesets[key] = enabled;
        }

        foreach (var (key, running) in Services)
        {
            if (!old || key is "TSM" or "TSM-SSH" or "DCUI" or "ntpd" or "lbtd" or "vpxa")
                host.Services[key] = running;
        }

        host.Options["Disk.SchedNumReqOutstanding"] = 32L;
        host.Options["Disk.UseDeviceReset"] = 0L;
        host.Options["Misc.vsanWitnessVirtualAppliance"] = 0L;
        host.Options["Net.TcpipHeapSize"] = 0L;
        host.Options["NFS.MaxVolumes"] = 8L;
        host.Options["Syslog.global.logHost"] = "";
        host.Options["UserVars.SuppressShellWarning"] = 0L;
        host.Options["UserVars.ESXiShellTimeOut"] = 0L;
        if (Major(host) >= 6)
            host.Options["Disk.SchedulerWithReservation"] = 1L;
    }

    public static int Major(LabHost host) => int.Parse(host.Version.AsSpan(0, host.Version.IndexOf('.', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture);
}
