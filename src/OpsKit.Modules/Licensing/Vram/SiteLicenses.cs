namespace OpsKit.Modules.Licensing;

/// <summary>The licences of one vCenter or one Linked Mode group: each key once, with the hosts it is assigned to.</summary>
internal sealed class SiteLicenses
{
    private readonly Dictionary<string, SiteLicense> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(string VCenter, string HostId), List<License>> _byHost = [];

    public SiteLicenses(IReadOnlyList<LicensingState> states)
    {
        var linked = states.Any(state => state.LinkedGroup is not null);
        foreach (var license in states.SelectMany(state => state.Licenses))
            Entry(license);
        foreach (var state in states)
        {
            var hosts = new Dictionary<string, LicensedHost>(StringComparer.Ordinal);
            foreach (var host in state.Hosts)
                hosts.TryAdd(host.Id, host);
            foreach (var assignment in state.Assignments)
                Assign(state, hosts, assignment, linked);
        }
    }

    public IEnumerable<SiteLicense> All => _byKey.Values;

    public IReadOnlyList<License> Of(LicensingState state, LicensedHost host) =>
        _byHost.TryGetValue((state.VCenter, host.Id), out var licenses) ? licenses : [];

    private void Assign(LicensingState state, Dictionary<string, LicensedHost> hosts, LicenseAssignment assignment, bool linked)
    {
        // vCenters in Linked Mode answer for each other, and host-21 exists in each of them.
        if (IsForeign(state, assignment))
        {
            if (assignment.EntityId.StartsWith("host-", StringComparison.Ordinal))
            {
                var foreign = Entry(assignment.License);
                foreign.IsAssigned |= linked;
                foreign.IsAssignedElsewhere |= !linked;
            }

            return;
        }

        if (!hosts.TryGetValue(assignment.EntityId, out var host))
            return;
        var entry = Entry(assignment.License);
        entry.IsAssigned = true;
        if (!entry.Hosts.Contains(host.Name, StringComparer.Ordinal))
            entry.Hosts.Add(host.Name);

        var place = (state.VCenter, host.Id);
        if (!_byHost.TryGetValue(place, out var licenses))
            _byHost.Add(place, licenses = []);
        licenses.Add(entry.License);
    }

    internal static bool IsForeign(LicensingState state, LicenseAssignment assignment) =>
        !string.IsNullOrEmpty(assignment.Scope)
        && !string.IsNullOrEmpty(state.InstanceUuid)
        && !string.Equals(assignment.Scope, state.InstanceUuid, StringComparison.OrdinalIgnoreCase);

    private SiteLicense Entry(License license)
    {
        if (!_byKey.TryGetValue(license.Key, out var entry))
            _byKey.Add(license.Key, entry = new SiteLicense(license));
        return entry;
    }
}

/// <summary>A key and where it is assigned, while it is being collected.</summary>
internal sealed class SiteLicense(License license)
{
    public License License { get; } = license;

    public List<string> Hosts { get; } = [];

    public bool IsAssigned { get; set; }

    public bool IsAssignedElsewhere { get; set; }

    public KeyUse Use =>
        IsAssigned ? KeyUse.Assigned
        : IsAssignedElsewhere ? KeyUse.AssignedElsewhere
        : License.Used > 0 ? KeyUse.UsedUnreported
        : KeyUse.Unassigned;
}
