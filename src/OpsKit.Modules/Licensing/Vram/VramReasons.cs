namespace OpsKit.Modules.Licensing;

/// <summary>The sentences that say why a line is in no pool, or what is special about one.</summary>
internal static class VramReasons
{
    public static string? Of(VramCategory category, string? detail)
    {
        var reason = category switch
        {
            VramCategory.Suspended => "suspended, so not used",
            VramCategory.FaultToleranceSecondary => "FT secondaries; --include-ft counts them",
            VramCategory.Template => "templates: never powered on",
            VramCategory.StateUnknown => "power state not known now",
            VramCategory.HostDisconnected => "host is not connected",
            VramCategory.Evaluation => "host in evaluation: no entitlement",
            VramCategory.UnknownEdition => "edition unknown",
            VramCategory.HostTooOld => "host before 4.1: licence not reported",
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
                ? $"key {LicenseKeyMask.Mask(key.License.Key)} not counted: no capacity reported"
                : $"key {LicenseKeyMask.Mask(key.License.Key)} not counted: no vRAM for '{key.License.CostUnit}'");
        }

        if (keys.Count > 0 && !keys.Any(key => key.Use == KeyUse.Assigned))
            reasons.Add("no key assigned to a host");
        var unreported = keys.Count(key => key.Use == KeyUse.UsedUnreported);
        if (unreported > 0)
            reasons.Add($"{Counted.Of(unreported, "key")} used by hosts that are not reported");
        if (entitlement.PoolLimitMB is { } limit && keys.Any(key => key.Use == KeyUse.Assigned))
            reasons.Add($"the pool never exceeds {limit / 1024} GB");
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }
}
