namespace OpsKit.Modules.VirtualConnect.Hosts;

/// <summary>Whether a host keeps its traffic while a module is away. Pure.</summary>
public sealed record HostRedundancy
{
    /// <summary>Choosing uplinks by hash of IP addresses needs one switch at the other end of all of them; two modules are two.</summary>
    internal const string ByIpHash = "loadbalance_ip";

    /// <summary>What speaks against it, one line each; empty where everything it carries has up uplinks on two bays.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What an operator should know, and what is no hindrance.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Whether nothing speaks against it.</summary>
    public bool IsRedundant => Problems.Count == 0;

    /// <summary>Judges a host.</summary>
    public static HostRedundancy Of(EnclosureHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var problems = new List<string>();
        if (host.IsPoweredOff)
            return new HostRedundancy { Problems = [], Remarks = [] };
        if (host.ConnectionState != "connected")
            problems.Add($"it is {host.ConnectionState}: its uplinks cannot be seen");
        else if (host.Paths.Count == 0)
            problems.Add("no port group of it that carries traffic could be read");
        problems.AddRange(host.Paths.Select(path => Problem(host, path)).OfType<string>());
        return new HostRedundancy { Problems = problems, Remarks = [.. Remarked(host)] };
    }

    /// <summary>The port groups of a host that carry traffic and would have no up uplink left while a module is away.</summary>
    /// <param name="host">The host.</param>
    /// <param name="bay">The module's bay.</param>
    public static IReadOnlyList<TrafficPath> LostWithout(EnclosureHost host, int bay)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.IsPoweredOff ? [] : [.. host.Paths.Where(path => !Usable(host, path).Any(nic => nic.Module is { } module && module != bay))];
    }

    private static IEnumerable<HostNic> Usable(EnclosureHost host, TrafficPath path) => path.Active.Concat(path.Standby).Select(host.Nic).OfType<HostNic>().Where(nic => nic.IsUp);

    private static string? Problem(EnclosureHost host, TrafficPath path)
    {
        var name = $"{path.Switch}, {path.PortGroup} ({path.Carries})";
        var usable = Usable(host, path).ToList();
        var bays = usable.Select(nic => nic.Module).OfType<int>().Distinct().Order().ToList();
        if (path.Policy == ByIpHash && path.Active.Count > 1)
            return $"{name} chooses uplinks by IP hash, which two modules cannot serve: while one is away, what hashes to it is lost";
        if (bays.Count > 1)
            return null;
        var down = path.Active.Concat(path.Standby).Except(usable.Select(nic => nic.Device)).ToList();
        var elsewhere = path.Unused.Select(host.Nic).OfType<HostNic>().FirstOrDefault(nic => nic.IsUp && nic.Module is { } module && !bays.Contains(module));
        return (usable.Count, bays.Count) switch
        {
            (0, _) => $"{name} has no uplink that is up",
            _ when usable.Exists(nic => nic.Module is null) => $"{name}: it is not known to which module {Listed(usable.Where(nic => nic.Module is null).Select(nic => nic.Device))} leads",
            _ when down.Count > 0 => $"{name} has only {Listed(usable.Select(nic => nic.Device))} up, on bay {bays[0]}; {Listed(down)} is down",
            _ when elsewhere is not null => $"{name} uses {Listed(usable.Select(nic => nic.Device))} on bay {bays[0]} alone; {elsewhere.Device} on bay {elsewhere.Module} is unused there",
            (1, _) => $"{name} has a single uplink, {usable[0].Device} on bay {bays[0]}",
            _ => $"{name} has {Listed(usable.Select(nic => nic.Device))} on one bay, {bays[0]}",
        };
    }

    private static IEnumerable<string> Remarked(EnclosureHost host)
    {
        foreach (var path in host.Paths.Where(path => path.NotifiesSwitches == false))
            yield return $"{path.Switch}, {path.PortGroup} does not notify switches: they learn late where its addresses have moved to";
        foreach (var machine in host.PassthroughMachines)
            yield return $"{machine} has a device that is passed through: if that is a NIC, nothing fails over for it";
    }

    private static string Listed(IEnumerable<string> devices) => string.Join(", ", devices);
}
