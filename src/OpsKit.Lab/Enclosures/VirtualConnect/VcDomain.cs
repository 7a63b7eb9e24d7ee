using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Enclosures.VirtualConnect;

/// <summary>What Virtual Connect Manager knows of its domain: one enclosure, an uplink set and its networks on each side, a profile for each blade.</summary>
internal sealed class VcDomain(EnclosureSite site)
{
    public const string EnclosureId = "enc0";

    public LabEnclosure Enclosure => site.Enclosure;

    public IEnumerable<LabInterconnect> Modules => site.Enclosure.Interconnects.OrderBy(module => module.Bay);

    public static string IdOf(LabInterconnect module) => $"{EnclosureId}:{module.Bay}";

    /// <summary>Seen from within the domain a module that is away says nothing at once.</summary>
    public string StatusOf(LabInterconnect module) => IsAway(module) ? "No Comm" : module.Health;

    public bool IsAway(LabInterconnect module) => site.Network.StateOf(module) != LabModuleState.Forwarding;

    public static string RoleOf(LabInterconnect module) => module.IsPrimary ? "Primary" : module.Ethernet ? "Standby" : "-";

    public string Status => Modules.All(module => StatusOf(module) == "OK") ? "OK" : "Degraded";

    public IEnumerable<LabHost> Blades => site.Estate.Hosts.Where(host => host.Enclosure == site.Enclosure).OrderBy(host => host.Bay);

    public IEnumerable<VcUplinkSet> UplinkSets => Modules.Where(module => module.Ethernet).Select(module =>
        new VcUplinkSet($"Uplink-{Side(module)}", module, IsAway(module) ? "Failed" : "OK", [$"{IdOf(module)}:X1", $"{IdOf(module)}:X2"]));

    public IEnumerable<VcNetwork> Networks =>
        from module in Modules.Where(module => module.Ethernet)
        from network in Blades.SelectMany(blade => blade.VSwitches).SelectMany(vSwitch => vSwitch.PortGroups).DistinctBy(each => each.Name).OrderBy(each => each.Vlan)
        select new VcNetwork($"{network.Name.Replace(' ', '_')}-{Side(module)}", network.Vlan, $"Uplink-{Side(module)}", IsAway(module) ? "Failed" : "OK");

    public static string ProfileOf(LabHost blade) => $"prof-{blade.Name.Split('.')[0]}";

    private static char Side(LabInterconnect module) => (char)('A' + (module.Bay - 1) % 26);
}

internal sealed record VcUplinkSet(string Name, LabInterconnect Module, string Status, IReadOnlyList<string> Ports);

internal sealed record VcNetwork(string Name, int Vlan, string UplinkSet, string Status);
