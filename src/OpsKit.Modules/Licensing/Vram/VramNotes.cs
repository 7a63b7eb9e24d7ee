namespace OpsKit.Modules.Licensing;

/// <summary>Collects what a reader of the vRAM report has to know besides the rows.</summary>
internal sealed class VramNotes(VramTable table, EditionCatalog catalog, VramOptions options)
{
    private readonly SortedDictionary<string, int> _otherVersions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _otherProducts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unknownUnassigned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keyAtSite = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    public IReadOnlyList<string> All => _notes;

    public void Site(IReadOnlyList<LicensingState> states, SiteLicenses licenses)
    {
        foreach (var version in states.SelectMany(state => state.Hosts).Select(host => host.Version ?? "of unknown version"))
        {
            if (version != "5.0" && !version.StartsWith("5.0.", StringComparison.Ordinal))
                _otherVersions[version] = _otherVersions.GetValueOrDefault(version) + 1;
        }

        foreach (var entry in licenses.All)
        {
            switch (catalog.Recognise(entry.License).Kind)
            {
                case LicenseKind.OtherProduct:
                    _otherProducts.Add(NameOf(entry.License));
                    break;
                case LicenseKind.UnknownEdition when !entry.IsAssigned:
                    _unknownUnassigned.Add(NameOf(entry.License));
                    break;
                case LicenseKind.Host:
                    Shared(entry, states[0].Site);
                    break;
            }
        }
    }

    public void Lines(IReadOnlyList<VramLine> lines)
    {
        if (lines.Any(line => line.IsWithin == false))
            _notes.Add("More used than entitled at one moment is no breach by itself: compliance is the 365-day average of daily high-water marks (--record, --history).");
        if (lines.Any(line => line.IsWithin == false && line.HardLimit))
            _notes.Add("A pool with a hard limit is over it: power-on is refused there.");
        var capped = table.CapPerMachineMB is { } cap
            ? lines.SelectMany(line => line.Machines).Count(machine => machine.UsedMB > 0 && machine.ConfiguredMB > cap)
            : 0;
        if (capped > 0)
            _notes.Add($"{Counted.Of(capped, "powered-on virtual machine")} above {table.CapPerMachineMB / 1024} GB counted with {table.CapPerMachineMB / 1024} GB (table {table.Name}).");
        if (_otherVersions.Count > 0)
            _notes.Add($"vRAM terms are those of ESXi 5.0. Counted as if they ran it: {string.Join(", ", _otherVersions.Select(pair => $"{Counted.Of(pair.Value, "host")} {pair.Key}"))}.");
        if (_otherProducts.Count > 0)
            _notes.Add($"Licences of other products bring no vRAM: {string.Join(", ", _otherProducts)}.");
        if (_unknownUnassigned.Count > 0)
            _notes.Add($"Unassigned licences of unknown edition are in no pool: {string.Join(", ", _unknownUnassigned)}.");
        foreach (var line in lines.Where(line => line is { Category: VramCategory.Pool, MissingVCenters.Count: > 0 }).DistinctBy(line => line.Site))
            _notes.Add($"Pools of {line.Site} lack the share of {string.Join(", ", line.MissingVCenters)}, which did not answer.");
    }

    private void Shared(SiteLicense entry, string site)
    {
        if (entry.IsAssignedElsewhere && !entry.IsAssigned)
            _notes.Add($"Key {Shown(entry)} is assigned in another vCenter than {site}: name them one linked group to count it.");
        if (!entry.IsAssigned)
            return;
        if (!_keyAtSite.TryAdd(entry.License.Key, site))
            _notes.Add($"Key {Shown(entry)} is assigned in {_keyAtSite[entry.License.Key]} and in {site} and counts in both: name them one linked group to count it once.");
    }

    private string Shown(SiteLicense entry) => options.ShowKeys ? entry.License.Key : LicenseKeyMask.Mask(entry.License.Key);

    private static string NameOf(License license) =>
        license.Name.Length > 0 ? license.Name : license.EditionKey.Length > 0 ? license.EditionKey : "(unnamed)";
}
