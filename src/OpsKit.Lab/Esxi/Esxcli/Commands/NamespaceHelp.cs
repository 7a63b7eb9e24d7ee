namespace OpsKit.Lab.Esxi.Esxcli.Commands;

/// <summary>What namespaces are for.</summary>
internal static class NamespaceHelp
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["esxcli"] = "esxcli itself.",
        ["hardware"] = "Hardware properties.",
        ["hardware cpu"] = "Processors.",
        ["hardware memory"] = "Memory.",
        ["network"] = "Networking: NICs, switches, IP, firewall.",
        ["network firewall"] = "The firewall.",
        ["network firewall ruleset"] = "Rule sets of the firewall.",
        ["network ip"] = "The IP stacks.",
        ["network nic"] = "Network interface cards.",
        ["network vm"] = "Ports of virtual machines.",
        ["network vswitch"] = "Virtual switches.",
        ["software"] = "The ESXi image, its packages and depots.",
        ["software acceptance"] = "The host's acceptance level.",
        ["software profile"] = "Image profiles.",
        ["software sources"] = "What depots and packages hold.",
        ["software vib"] = "VIB packages.",
        ["storage"] = "Storage.",
        ["storage core"] = "Adapters and devices.",
        ["system"] = "The host's system properties.",
        ["system settings"] = "Settings.",
        ["system settings advanced"] = "Advanced options of the VMkernel.",
        ["vm"] = "Virtual machines.",
        ["vm process"] = "Running virtual machines.",
    };

    public static string Of(string path) => Known.GetValueOrDefault(path, $"Commands of {path}.");
}
