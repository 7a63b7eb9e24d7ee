namespace OpsKit.Modules.Licensing;

/// <summary>The sentences that say why a line is in no pool, or what is special about one.</summary>
internal static class VramReasons
{
    public static string? Of(VramCategory category, string? detail)
    {
        var reason = category switch
        {
            VramCategory.Suspended => "suspended: not powered on, so not counted as used",
            VramCategory.FaultToleranceSecondary => "Fault Tolerance secondaries: no rule known; --include-ft counts them in the pool",
            VramCategory.Template => "templates: never powered on",
            VramCategory.StateUnknown => "power state not known now",
            VramCategory.HostDisconnected => "host is not connected",
            VramCategory.Evaluation => "host in evaluation: no licence, so no entitlement",
            VramCategory.UnknownEdition => "edition unknown, so is its entitlement",
            VramCategory.HostTooOld => "host before 4.1: vCenter does not report its licence",
            VramCategory.HostWithoutLicence => "no licence assigned to the host",
            VramCategory.NoHost => "virtual machine has no host",
            _ => null,
        };
        return detail is null ? reason : $"{reason} ({detail})";
    }

    public static string? OfPool(IReadOnlyList<VramKey> keys, VramEntitlement entitlement)
    {
        var reasons = new List<string>();
        foreach (var key in keys.Where(key => key.Quota is null))
        {
            reasons.Add(key.License.Total is null
                ? $"key {LicenseKeyMask.Mask(key.License.Key)} says no capacity and is not counted"
                : $"key {LicenseKeyMask.Mask(key.License.Key)} is counted in '{key.License.CostUnit}', for which the table has no vRAM; not counted");
        }

        if (keys.Count > 0 && !keys.Any(key => key.Use == KeyUse.Assigned))
            reasons.Add("no key of this edition is assigned to a host");
        var unreported = keys.Count(key => key.Use == KeyUse.UsedUnreported);
        if (unreported > 0)
            reasons.Add($"{unreported} of the unassigned keys in use by hosts whose licences are not reported");
        if (entitlement.PoolLimitMB is { } limit && keys.Any(key => key.Use == KeyUse.Assigned))
            reasons.Add($"the pool never exceeds {limit / 1024} GB");
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }
}
