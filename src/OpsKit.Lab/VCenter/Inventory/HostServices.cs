using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Services of hosts.</summary>
internal static class HostServices
{
    public static HostServiceInfo Info(LabHost host) => new() { Service = [.. host.Services.OrderBy(service => service.Key, StringComparer.Ordinal).Select(service => Service(service.Key, service.Value))] };

    private static HostService Service(string key, bool running) => new()
    {
        Key = key,
        Label = Label(key),
        Required = false,
        Uninstallable = false,
        Running = running,
        Ruleset = key switch { "TSM-SSH" => ["sshServer"], "ntpd" => ["ntpClient"], "snmpd" => ["snmp"], "sfcbd-watchdog" => ["CIMHttpServer", "CIMHttpsServer"], "vpxa" => ["vpxHeartbeats"], _ => [] },
        Policy = running ? "on" : "off",
        SourcePackage = new HostServiceSourcePackage { SourcePackageName = key == "vmware-fdm" ? "vmware-fdm" : "esx-base", Description = "This VIB contains all of the base functionality of vSphere ESXi." },
    };

    private static string Label(string key) => key switch
    {
        "DCUI" => "Direct Console UI",
        "TSM" => "ESXi Shell",
        "TSM-SSH" => "SSH",
        "lbtd" => "Load-Based Teaming Daemon",
        "lwsmd" => "Active Directory Service",
        "ntpd" => "NTP Daemon",
        "sfcbd-watchdog" => "CIM Server",
        "snmpd" => "SNMP Server",
        "vmware-fdm" => "vSphere High Availability Agent",
        "vpxa" => "VMware vCenter Agent",
        "xorg" => "X.Org Server",
        _ => key,
    };
}
