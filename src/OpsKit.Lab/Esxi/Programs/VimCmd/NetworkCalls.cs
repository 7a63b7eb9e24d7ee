using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Programs.VimCmd;

/// <summary><c>hostsvc/net</c>.</summary>
internal static class NetworkCalls
{
    public static Dictionary<string, VimCall> All { get; } = new(StringComparer.Ordinal)
    {
        ["hostsvc/net/info"] = HostCalls.Tell(call => VmodlText.Of(call.Host, HostNetworks.Info(call.Host))),
        ["hostsvc/net/dns_info"] = HostCalls.Tell(call => VmodlText.Of(call.Host, HostNetworks.Dns(call.Host))),
        ["hostsvc/net/pnic_info"] = HostCalls.Tell(call => VmodlText.Of(call.Host, "PhysicalNic", [.. HostNetworks.Info(call.Host).Pnic])),
        ["hostsvc/net/vnic_info"] = HostCalls.Tell(call => VmodlText.Of(call.Host, "HostVirtualNic", [.. HostNetworks.Info(call.Host).Vnic])),
        ["hostsvc/net/vswitch_info"] = HostCalls.Tell(call => VmodlText.Of(call.Host, "HostVirtualSwitch", [.. HostNetworks.Info(call.Host).Vswitch])),
        ["hostsvc/net/portgroup_info"] = HostCalls.Tell(call => VmodlText.Of(call.Host, "HostPortGroup", [.. HostNetworks.Info(call.Host).Portgroup])),
        ["hostsvc/net/query_networkhint"] = HintsAsync,
    };

    /// <summary>Of one NIC, named as <c>--pnic-name=vmnic0</c>, <c>--pnic-names vmnic0</c> or plainly, or of all.</summary>
    private static Task<int> HintsAsync(HostCall call, IReadOnlyList<string> arguments)
    {
        var wanted = arguments.Select(argument => argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..]).Where(argument => !argument.StartsWith('-')).SelectMany(argument => argument.Split(',')).ToList();
        lock (call.Estate.Gate)
        {
            var nics = call.Host.PNics.Where(nic => !nic.PassthroughActive && (wanted.Count == 0 || wanted.Contains(nic.Device))).ToList();
            if (nics.Count < wanted.Count)
                return Task.FromResult(HostCalls.Fault(call, "vim.fault.NotFound", "The object or item referred to could not be found."));
            call.Out.Write(VmodlText.Of(call.Host, "PhysicalNicHintInfo", [.. nics.Select(nic => HostNetworkHints.Of(call.Host, nic))]));
        }

        return Task.FromResult(0);
    }
}
