using OpsKit.Engine.Reports;

namespace OpsKit.Modules.Licensing;

/// <summary>Puts every host and machine of one vCenter or Linked Mode group on its line.</summary>
internal sealed class SiteCount
{
    private readonly string _site;
    private readonly EditionCatalog _catalog;
    private readonly VramTable _table;
    private readonly VramOptions _options;
    private readonly SiteLicenses _licenses;
    private readonly Dictionary<LineKey, LineDraft> _drafts = [];

    public SiteCount(
        string site, IReadOnlyList<LicensingState> states, SiteLicenses licenses, EditionCatalog catalog, VramTable table, VramOptions options)
    {
        (_site, _licenses, _catalog, _table, _options) = (site, licenses, catalog, table, options);
        foreach (var state in states)
            Count(state);
    }

    public List<NotAssessed> NotAssessed { get; } = [];

    public IEnumerable<VramLine> Lines(IReadOnlyList<string> missingVCenters)
    {
        var keys = new PoolKeys(_licenses, _catalog, _table);
        // A pool without a host now: its keys are unassigned, or its hosts are disconnected.
        foreach (var edition in keys.PooledEditions)
            Draft(VramCategory.Pool, edition, null, null, null);

        return _drafts
            .OrderBy(pair => pair.Key.Category)
            .ThenBy(pair => _catalog.Rank(pair.Key.Edition))
            .ThenBy(pair => pair.Key.OutsideType, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.PoolHost, StringComparer.Ordinal)
            .Select(pair => Line(pair.Key, pair.Value, keys, missingVCenters));
    }

    private void Count(LicensingState state)
    {
        var standings = new Dictionary<string, (LicensedHost Host, HostStanding Standing)>(StringComparer.Ordinal);
        foreach (var host in state.Hosts)
        {
            var standing = HostStanding.Of(host, _licenses.Of(state, host), _catalog, _table);
            if (standings.TryAdd(host.Id, (host, standing)))
                Place(state, host, standing, standing.Category).Home();
        }

        foreach (var machine in state.Machines)
        {
            if (machine.MemoryMB is not { } memory)
            {
                NotAssessed.Add(new NotAssessed($"{state.VCenter}: {machine.Name}", $"memory size not reported (virtual machine is {machine.ConnectionState ?? "without state"})"));
                continue;
            }

            var counted = new VramMachine(machine, memory, machine.IsTemplate ? 0 : VramCalculator.CountedMB(memory, machine.PowerState, _table));
            if (machine.HostId is not null && standings.TryGetValue(machine.HostId, out var place))
                Place(state, place.Host, place.Standing, CategoryOf(machine, place.Standing)).Add(counted);
            else
                Draft(machine.IsTemplate ? VramCategory.Template : VramCategory.NoHost, null, "(no host)", null, null).At(state.VCenter, null, null).Add(counted);
        }
    }

    private VramCategory CategoryOf(SizedMachine machine, HostStanding standing) => machine switch
    {
        { IsTemplate: true } => VramCategory.Template,
        _ when standing.Category != VramCategory.Pool => standing.Category,
        { PowerState: not ("poweredOn" or "poweredOff" or "suspended") } => VramCategory.StateUnknown,
        { ConnectionState: not (null or "" or "connected") } => VramCategory.StateUnknown,
        { IsFaultToleranceSecondary: true } when !_options.IncludeFaultToleranceSecondaries => VramCategory.FaultToleranceSecondary,
        { PowerState: "suspended" } => VramCategory.Suspended,
        _ => VramCategory.Pool,
    };

    private LineDraft.HostPlace Place(LicensingState state, LicensedHost host, HostStanding standing, VramCategory category)
    {
        var perHost = standing.Edition is { } edition && _table.Entitlements[edition].Per == LicensedUnit.Host;
        return Draft(category, standing.Edition, standing.TypeOutsidePools, standing.Detail, perHost ? host.Name : null)
            .At(state.VCenter, host, standing.License);
    }

    private LineDraft Draft(VramCategory category, string? edition, string? outsideType, string? detail, string? poolHost)
    {
        var key = new LineKey(category, edition, outsideType, detail, poolHost);
        if (!_drafts.TryGetValue(key, out var draft))
            _drafts.Add(key, draft = new LineDraft());
        return draft;
    }

    private VramLine Line(LineKey key, LineDraft draft, PoolKeys keys, IReadOnlyList<string> missingVCenters)
    {
        var line = new VramLine
        {
            Site = _site,
            Category = key.Category,
            Edition = key.Edition,
            PoolHost = key.PoolHost,
            LicenseType = key.OutsideType ?? keys.TypeOf(key.Edition!),
            Hosts = draft.Hosts(),
            MissingVCenters = missingVCenters,
            Reason = VramReasons.Of(key.Category, key.Detail),
        };
        return key.Category == VramCategory.Pool ? keys.Entitle(line) : line;
    }

    private sealed record LineKey(VramCategory Category, string? Edition, string? OutsideType, string? Detail, string? PoolHost);
}

/// <summary>The hosts and machines of a line while they are being collected.</summary>
internal sealed class LineDraft
{
    private readonly Dictionary<(string VCenter, string? HostId), HostPlace> _places = [];

    public HostPlace At(string vCenter, LicensedHost? host, License? license)
    {
        if (!_places.TryGetValue((vCenter, host?.Id), out var place))
            _places.Add((vCenter, host?.Id), place = new HostPlace(vCenter, host, license));
        return place;
    }

    public IReadOnlyList<VramHost> Hosts() =>
        [.. _places.Values.Select(place => new VramHost(place.VCenter, place.Host, place.License, place.IsHome, place.Machines))];

    internal sealed class HostPlace(string vCenter, LicensedHost? host, License? license)
    {
        public string VCenter => vCenter;

        public LicensedHost? Host => host;

        public License? License => license;

        public bool IsHome { get; private set; }

        public List<VramMachine> Machines { get; } = [];

        public void Home() => IsHome = true;

        public void Add(VramMachine machine) => Machines.Add(machine);
    }
}
