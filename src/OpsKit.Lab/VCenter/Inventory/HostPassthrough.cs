using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>PCI passthrough of hosts.</summary>
internal static class HostPassthrough
{
    public static IReadOnlyList<HostPciPassthruInfo> List(LabHost host) => [.. host.PNics.Select(nic => Info(host, nic))];

    private static HostPciPassthruInfo Info(LabHost host, LabPNic nic) => new()
    {
        Id = nic.Pci,
        DependentDevice = nic.Pci,
        PassthruEnabled = nic.PassthroughEnabled,
        PassthruCapable = nic.PassthroughCapable,
        PassthruActive = nic.PassthroughActive,
        HardwareLabel = HostSettings.Major(host) > 6 ? "" : null,
    };
}
