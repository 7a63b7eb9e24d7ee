namespace OpsKit.Modules.Licensing;

/// <summary>What the keys of a site bring to the pool of each edition.</summary>
internal sealed class PoolKeys
{
    private readonly VramTable _table;
    private readonly Dictionary<string, List<VramKey>> _byPool = new(StringComparer.Ordinal);

    public PoolKeys(SiteLicenses licenses, EditionCatalog catalog, VramTable table)
    {
        _table = table;
        foreach (var entry in licenses.All)
        {
            var match = catalog.Recognise(entry.License);
            if (match.Kind != LicenseKind.Host || table.PoolEdition(match.Edition!) is not { } pool)
                continue;
            if (!_byPool.TryGetValue(pool, out var keys))
                _byPool.Add(pool, keys = []);
            keys.Add(new VramKey(entry.License, entry.Use, QuotaOf(entry.License, table.Entitlements[pool]), entry.Hosts));
        }
    }

    /// <summary>Editions whose keys make a pool, whether a host is in it now or not.</summary>
    public IEnumerable<string> PooledEditions => _byPool
        .Where(pair => _table.Entitlements[pair.Key].Per == LicensedUnit.Cpu && pair.Value.Exists(key => key.Use != KeyUse.AssignedElsewhere))
        .Select(pair => pair.Key);

    /// <summary>The name all keys of the pool share, or the edition's.</summary>
    public string TypeOf(string edition)
    {
        var keys = Of(edition);
        var assigned = keys.Where(key => key.Use == KeyUse.Assigned).ToList();
        var names = (assigned.Count > 0 ? assigned : keys).Select(key => key.License.Name).Distinct(StringComparer.Ordinal).ToList();
        return names is [{ Length: > 0 } single] ? single : edition;
    }

    public VramLine Entitle(VramLine line)
    {
        var entitlement = _table.Entitlements[line.Edition!];
        return entitlement.Per == LicensedUnit.Host ? EntitleHost(line, entitlement) : EntitlePool(line, entitlement);
    }

    // The free hypervisor: each host has its own allowance, whatever the key's capacity; an unassigned key brings nothing.
    private VramLine EntitleHost(VramLine line, VramEntitlement entitlement)
    {
        var quota = entitlement.MegabytesPerLicence is { } megabytes ? new VramQuota(megabytes) : VramQuota.Unlimited;
        return line with
        {
            Keys = [.. Of(line.Edition!).Where(key => line.Hosts.Any(host => host.License?.Key == key.License.Key)).Select(key => key with { Quota = quota })],
            Entitled = quota,
            EntitledWithUnassigned = quota,
            HardLimit = entitlement.Hard,
        };
    }

    private VramLine EntitlePool(VramLine line, VramEntitlement entitlement)
    {
        var keys = Of(line.Edition!);
        var assigned = Sum(keys, use => use == KeyUse.Assigned).AtMost(entitlement.PoolLimitMB);
        var all = Sum(keys, use => use is not KeyUse.AssignedElsewhere).AtMost(entitlement.PoolLimitMB);
        return line with
        {
            Keys = keys,
            Entitled = assigned,
            EntitledWithUnassigned = all,
            HardLimit = entitlement.Hard,
            Reason = VramReasons.OfPool(keys, entitlement),
        };
    }

    private static VramQuota Sum(IEnumerable<VramKey> keys, Func<KeyUse, bool> counts) =>
        keys.Where(key => counts(key.Use)).Aggregate(VramQuota.None, (sum, key) => sum.Plus(key.Quota ?? VramQuota.None));

    private static VramQuota? QuotaOf(License license, VramEntitlement entitlement)
    {
        if (entitlement.MegabytesPerLicence is not { } each)
            return VramQuota.Unlimited;
        if (entitlement.Per == LicensedUnit.Host)
            return new VramQuota(each);
        if (!CountsProcessors(license.CostUnit) || license.Total is null or < 0)
            return null;
        return license.Total == 0 ? VramQuota.Unlimited : new VramQuota(checked(each * license.Total.Value));
    }

    // cpuPackage, cpuPackage:6core, cpuPackage:32core: a licence for a processor, whatever cores it may have. Empty: nothing said otherwise.
    internal static bool CountsProcessors(string costUnit) =>
        costUnit.Length == 0 || costUnit.Split(':')[0].Equals("cpuPackage", StringComparison.OrdinalIgnoreCase);

    private List<VramKey> Of(string edition) => _byPool.TryGetValue(edition, out var keys) ? keys : [];
}
