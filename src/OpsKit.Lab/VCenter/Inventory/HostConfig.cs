using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>How hosts are configured: <c>config</c>.</summary>
internal static class HostConfig
{
    public static HostConfigInfo Of(LabHost host) => new()
    {
        Host = host.Reference(),
        Product = HostSummaries.Product(host),
        HyperThread = new HostHyperThreadScheduleInfo { Available = true, Active = true, Config = true },
        Network = HostNetworks.Info(host),
        VirtualNicManagerInfo = VirtualNics(host),
        Capabilities = HostNetworks.Capabilities(),
        DatastoreCapabilities = new HostDatastoreSystemCapabilities { NfsMountCreationRequired = false, NfsMountCreationSupported = true, LocalDatastoreSupported = true, VmfsExtentExpansionSupported = true },
        Service = HostServices.Info(host),
        Firewall = HostSettings.Major(host) > 4 ? HostFirewalls.Info(host) : null,
        Option = Options(host),
        DateTimeInfo = Time(host),
        LockdownMode = HostLockdownMode.LockdownDisabled,
        AdminDisabled = false,
        PciPassthruInfo = HostPassthrough.List(host),
        WakeOnLanCapable = true,
    };

    public static IReadOnlyList<OptionValue> Options(LabHost host) =>
        [.. host.Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => new OptionValue { Key = option.Key, Value = option.Value })];

    public static HostDateTimeInfo Time(LabHost host) => new()
    {
        TimeZone = new HostDateTimeSystemTimeZone { Key = "UTC", Name = "UTC", Description = "UTC", GmtOffset = 0 },
        SystemClockProtocol = "ntp",
        NtpConfig = new HostNtpConfig { Server = ["ntp1.lab.example", "ntp2.lab.example"] },
        Enabled = host.Services.GetValueOrDefault("ntpd"),
    };

    public static HostVirtualNicManagerInfo VirtualNics(LabHost host) => new()
    {
        NetConfig =
        [
            NetConfig(host, "management", vmk => vmk.Management),
            NetConfig(host, "vmotion", vmk => vmk.VMotion),
            NetConfig(host, "faultToleranceLogging", _ => false),
        ],
    };

    private static VirtualNicManagerNetConfig NetConfig(LabHost host, string type, Predicate<LabVmk> selected) => new()
    {
        NicType = type,
        MultiSelectAllowed = true,
        CandidateVnic = [.. host.Vmks.Select(HostNetworks.VirtualNic)],
        SelectedVnic = [.. host.Vmks.Where(vmk => selected(vmk)).Select(vmk => $"{type}.key-vim.host.VirtualNic-{vmk.Device}")],
    };
}
