using OpsKit.Lab.Estate;
using OpsKit.Vim25;

namespace OpsKit.Lab.Esxi.Programs.VimCmd;

/// <summary>Names of types as <c>vim-cmd</c> writes them: the schema's joined up names are dotted ones there.</summary>
internal static class VmodlNames
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["HostListSummary"] = "vim.host.Summary",
        ["HostHardwareSummary"] = "vim.host.Summary.HardwareSummary",
        ["HostConfigSummary"] = "vim.host.Summary.ConfigSummary",
        ["HostListSummaryQuickStats"] = "vim.host.Summary.QuickStats",
        ["HostListSummaryGatewaySummary"] = "vim.host.Summary.GatewaySummary",
        ["PhysicalNicHintInfo"] = "vim.host.PhysicalNic.NetworkHint",
        ["PhysicalNicIpHint"] = "vim.host.PhysicalNic.NetworkHint.IpNetwork",
        ["PhysicalNicNameHint"] = "vim.host.PhysicalNic.NetworkHint.NamedNetwork",
        ["LinkLayerDiscoveryProtocolInfo"] = "vim.host.PhysicalNic.LldpInfo",
        ["HostInternetScsiHba"] = "vim.host.InternetScsiHba",
        ["VirtualMachineSummary"] = "vim.vm.Summary",
        ["VirtualMachineConfigSummary"] = "vim.vm.Summary.ConfigSummary",
        ["VirtualMachineGuestSummary"] = "vim.vm.Summary.GuestSummary",
        ["VirtualMachineStorageSummary"] = "vim.vm.Summary.StorageSummary",
        ["VirtualMachineQuickStats"] = "vim.vm.Summary.QuickStats",
        ["GuestInfo"] = "vim.vm.GuestInfo",
        ["OptionValue"] = "vim.option.OptionValue",
        ["DatastoreSummary"] = "vim.Datastore.Summary",
        ["ResourceAllocationInfo"] = "vim.ResourceAllocationInfo",
        ["SharesInfo"] = "vim.SharesInfo",
        ["StorageIOAllocationInfo"] = "vim.StorageResourceManager.IOAllocationInfo",
        ["ElementDescription"] = "vim.ElementDescription",
        ["Description"] = "vim.Description",
        ["HostNetworkPolicy"] = "vim.host.NetworkPolicy",
    };

    private static readonly string[] Devices = ["VirtualDisk", "VirtualDevice", "VirtualE1000", "VirtualE1000e", "VirtualVmxnet3", "VirtualLsiLogicController", "ParaVirtualSCSIController", "VirtualIDEController", "VirtualPCIController"];

    public static string Of(string wireName)
    {
        if (Known.TryGetValue(wireName, out var known))
            return known;
        if (Array.Exists(Devices, device => wireName == device) || (wireName.StartsWith("Virtual", StringComparison.Ordinal) && !wireName.StartsWith("VirtualMachine", StringComparison.Ordinal)))
            return "vim.vm.device." + wireName;
        foreach (var (prefix, dotted) in ((string, string)[])[("VirtualMachine", "vim.vm."), ("GuestN", "vim.vm.GuestInfo.N"), ("PhysicalNic", "vim.host.PhysicalNic."), ("Host", "vim.host.")])
        {
            if (wireName.StartsWith(prefix, StringComparison.Ordinal) && wireName.Length > prefix.Length)
                return dotted + wireName[prefix.Length..];
        }

        return wireName == "PhysicalNic" ? "vim.host.PhysicalNic" : "vim." + wireName;
    }

    /// <summary>A reference as the host has it, which knows no vCenter: <c>'vim.HostSystem:ha-host'</c>, <c>'vim.VirtualMachine:107'</c>.</summary>
    public static string Reference(ManagedObjectReference reference) => reference.Type switch
    {
        "HostSystem" => "'vim.HostSystem:ha-host'",
        "VirtualMachine" => $"'vim.VirtualMachine:{reference.Value[(reference.Value.IndexOf('-', StringComparison.Ordinal) + 1)..]}'",
        _ => $"'vim.{reference.Type}:{reference.Value}'",
    };

    /// <summary>The number a machine has in <c>vim-cmd</c>, which is not its world's.</summary>
    public static int IdOf(LabMachine machine) => Worlds.NumberOf(machine);
}
