using OpsKit.Lab.Esxi.Esxcli.Grammar;
using static OpsKit.Lab.Esxi.Esxcli.Grammar.EsxcliOption;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>The namespace <c>network</c>.</summary>
internal static class NetworkCommands
{
    private static readonly Version V41 = new(4, 1);
    private static readonly Version V50 = new(5, 0);
    private static readonly Version V51 = new(5, 1);
    private static readonly Version V60 = new(6, 0);

    private static readonly EsxcliOption Type = Text("-t", "--type", "Connection type: [ip, tcp, udp, all]") with { Choices = ["ip", "tcp", "udp", "all"] };
    private static readonly EsxcliOption Netstack = Text("-N", "--netstack", "The network stack instance; the default one if unspecified");
    private static readonly EsxcliOption NicName = Text("-n", "--nic-name", "The name of the NIC") with { Required = true };

    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        new("network connection", "list", "List active TCP/IP connections.") { Since = V41, Before = V50, IsTable = true, Options = [Type], Reads = Connections.List },
        new("network neighbor", "list", "List ARP table entries.") { Since = V41, Before = V50, IsTable = true, Reads = IpInterfaces.Neighbors },
        new("network ip connection", "list", "List active TCP/IP connections.") { Before = V60, IsTable = true, Options = [Type], Reads = Connections.List },
        new("network ip connection", "list", "List active TCP/IP connections.") { Since = V60, IsTable = true, Options = [Netstack, Type], Reads = Connections.List },
        new("network ip neighbor", "list", "List ARP table entries.") { IsTable = true, Reads = IpInterfaces.Neighbors },
        new("network ip interface", "list", "List the VMkernel network interfaces.") { Reads = IpInterfaces.List },
        new("network ip interface ipv4", "get", "List IPv4 addresses assigned to VMkernel network interfaces.")
        {
            IsTable = true, Options = [Text("-i", "--interface-name", "The name of the interface")], Reads = IpInterfaces.Addresses,
        },
        new("network ip route ipv4", "list", "List configured IPv4 routes.") { Since = V51, IsTable = true, Reads = IpInterfaces.Routes },
        new("network nic", "list", "List the physical NICs installed and loaded on the system.") { IsTable = true, Reads = Nics.List },
        new("network nic", "get", "Get the generic configuration of a network device.") { Options = [NicName], Reads = Nics.Get },
        new("network nic stats", "get", "Get NIC statistics.") { Since = V51, Options = [NicName], Reads = Nics.Statistics },
        new("network vswitch standard", "list", "List the virtual switches on the host.") { Options = [Text("-v", "--vswitch-name", "Limit the output to one switch")], Reads = VSwitches.List },
        new("network vswitch standard", "set", "Set the MTU or the CDP status of a virtual switch.")
        {
            Options =
            [
                Text("-c", "--cdp-status", "The CDP status: down, listen, advertise or both") with { Choices = ["down", "listen", "advertise", "both"] }, Integer("-m", "--mtu", "The MTU"),
                Text("-v", "--vswitch-name", "The name of the virtual switch") with { Required = true },
            ],
            Writes = VSwitches.Set,
        },
        new("network vswitch standard portgroup", "list", "List all of the port groups on the system.") { IsTable = true, Reads = VSwitches.PortGroups },
        new("network vswitch dvs vmware", "list", "List the distributed switches on the host.") { Options = [Text("-v", "--vds-name", "Limit the output to one switch")], Reads = VSwitches.Distributed },
        new("network vm", "list", "List networking information for the VMs that have active ports.") { Since = V51, IsTable = true, Reads = MachinePorts.Machines },
        new("network vm port", "list", "List of active ports for a given VM.")
        {
            Since = V51, Options = [Integer("-w", "--world-id", "World ID of the VM for listing ports") with { Required = true }], Reads = MachinePorts.Ports,
        },
        .. FirewallCommands.List,
    ];
}
