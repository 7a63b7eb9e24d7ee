namespace OpsKit.Modules.Vibs;

/// <summary>What becomes of a VIB on a host.</summary>
public enum VibStep
{
    /// <summary>It comes, and nothing of its name was there.</summary>
    Install,

    /// <summary>It takes the place of an older version.</summary>
    Update,

    /// <summary>It takes the place of a newer version.</summary>
    Downgrade,

    /// <summary>It takes the place of the same version of another vendor, or of a version that cannot be ordered.</summary>
    Replace,

    /// <summary>It goes.</summary>
    Remove,

    /// <summary>It stays as it is, or is not wanted.</summary>
    Skip,
}

/// <summary>What becomes of a VIB on a host, and why.</summary>
/// <param name="Step">What.</param>
/// <param name="Name">The VIB's name.</param>
/// <param name="Coming">What comes; null where nothing does.</param>
/// <param name="Before">What is there, or comes with a pending restart; null where nothing is.</param>
/// <param name="Why">Why it is skipped; null where it is not.</param>
public sealed record VibDecision(VibStep Step, string Name, VibDescriptor? Coming, InstalledVib? Before, string? Why = null)
{
    /// <summary>In words, such as <c>update net-be2net 4.0.355.1 to 4.0.360.0</c>.</summary>
    public override string ToString() => Step switch
    {
        VibStep.Install => $"install {Name} {Coming!.Version}",
        VibStep.Update => $"update {Name} {Before!.Version} to {Coming!.Version}",
        VibStep.Downgrade => $"downgrade {Name} {Before!.Version} to {Coming!.Version}",
        VibStep.Replace => $"replace {Name} {Before!.Version} of {Before.Vendor} by {Coming!.Version} of {Coming.Vendor}",
        VibStep.Remove => $"remove {Name} {Before!.Version}",
        _ => $"skip {Name}: {Why}",
    };
}

/// <summary>Decides what becomes of each VIB. Pure.</summary>
internal static class VibDecisions
{
    public static IReadOnlyList<VibDecision> Of(HostSoftware host, VibSource? source, VibInstallOptions options)
    {
        var there = host.Pending ?? host.Vibs;
        return options.Action == VibAction.Remove
            ? [.. options.Names.SelectMany(name => Removal(there, name)).DistinctBy(decision => (decision.Name, decision.Before?.Version))]
            : [.. Chosen(source?.Vibs ?? [], options.Names).Select(vib => Arrival(host, there, vib, options.Action))];
    }

    /// <summary>Those named, or all; of several versions of one the newest, as hosts do it.</summary>
    public static IEnumerable<VibDescriptor> Chosen(IReadOnlyList<VibDescriptor> offered, IReadOnlyList<string> names) => offered
        .Where(vib => names.Count == 0 || names.Any(name => Installed(vib).Matches(name)))
        .GroupBy(vib => vib.Name, StringComparer.Ordinal)
        .Select(same => same.Aggregate((best, next) => VibVersion.Compare(next.Version, best.Version) > 0 ? next : best));

    public static InstalledVib Installed(VibDescriptor vib) => new()
    {
        Name = vib.Name, Version = vib.Version, Vendor = vib.Vendor, Id = vib.Id, Acceptance = vib.AcceptanceLevel, Depends = vib.Depends, Provides = vib.Provides, Conflicts = vib.Conflicts,
        MaintenanceModeRequired = vib.MaintenanceModeRequired, LiveRemoveAllowed = vib.LiveRemoveAllowed,
    };

    private static VibDecision Arrival(HostSoftware host, IReadOnlyList<InstalledVib> there, VibDescriptor vib, VibAction action)
    {
        var before = there.FirstOrDefault(known => known.Name == vib.Name);
        if (before is null)
            return action == VibAction.Update ? new(VibStep.Skip, vib.Name, vib, null, "it is not installed, and only updates are wanted") : new(VibStep.Install, vib.Name, vib, null);
        if (before.Version == vib.Version && before.Vendor == vib.Vendor)
            return new(VibStep.Skip, vib.Name, vib, before, host.Pending is not null && host.Find(vib.Name)?.Version != vib.Version ? "the next restart brings it" : "it is there");
        var order = VibVersion.Compare(vib.Version, before.Version);
        if (action == VibAction.Update && order <= 0)
            return new(VibStep.Skip, vib.Name, vib, before, $"{before.Version} is there, which is not older");
        return new(order > 0 ? VibStep.Update : order < 0 ? VibStep.Downgrade : VibStep.Replace, vib.Name, vib, before);
    }

    private static IEnumerable<VibDecision> Removal(IReadOnlyList<InstalledVib> there, string name)
    {
        var found = there.Where(vib => vib.Matches(name)).ToList();
        return found.Count == 0 ? [new VibDecision(VibStep.Skip, name, null, null, "it is not installed")] : found.Select(vib => new VibDecision(VibStep.Remove, vib.Name, null, vib));
    }
}
