using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Vibs;

/// <summary>What a transaction makes of an image.</summary>
/// <param name="Result">The packages afterwards.</param>
/// <param name="Installed">Those that came.</param>
/// <param name="Removed">Those that went.</param>
/// <param name="Skipped">Those offered and not taken.</param>
internal sealed record VibTransaction(IReadOnlyList<LabVib> Result, IReadOnlyList<LabVib> Installed, IReadOnlyList<LabVib> Removed, IReadOnlyList<LabVib> Skipped)
{
    public bool IsEmpty => Installed.Count == 0 && Removed.Count == 0;

    /// <summary>Whether the running system takes it without a restart.</summary>
    public bool CanGoLive => Installed.All(vib => vib.LiveInstallAllowed) && Removed.All(vib => vib.LiveRemoveAllowed);

    public bool NeedsMaintenanceMode => Installed.Concat(Removed).Any(vib => vib.MaintenanceModeRequired);

    /// <summary>Installs packages over an image; with <paramref name="onlyUpdates"/> only what is newer than what is there.</summary>
    public static VibTransaction Install(LabImage image, IEnumerable<LabVib> offered, bool onlyUpdates)
    {
        var (installed, skipped) = (new List<LabVib>(), new List<LabVib>());
        foreach (var vib in offered)
        {
            var there = image.Find(vib.Name);
            var taken = onlyUpdates ? there is not null && VibVersion.Compare(vib.Version, there.Version) > 0 : there?.Id != vib.Id;
            (taken ? installed : skipped).Add(vib);
        }

        var removed = image.Vibs.Where(old => installed.Exists(vib => vib.Name == old.Name || vib.Replaces.Any(replaced => VibVersion.Meets(old, replaced)))).ToList();
        return Make(image, installed, removed, skipped);
    }

    public static VibTransaction Remove(LabImage image, IReadOnlyList<LabVib> removed) => Make(image, [], removed, []);

    /// <summary>Makes an image hold what a profile has: with <paramref name="onlyUpdates"/> keeping what the profile lacks and what is newer.</summary>
    public static VibTransaction Apply(LabImage image, IReadOnlyList<LabVib> profile, bool onlyUpdates, bool downgrades)
    {
        if (!onlyUpdates)
        {
            var (coming, staying) = (profile.Where(vib => image.Find(vib.Name)?.Id != vib.Id).ToList(), profile.Where(vib => image.Find(vib.Name)?.Id == vib.Id).ToList());
            return Make(image, coming, [.. image.Vibs.Where(old => !staying.Exists(vib => vib.Name == old.Name))], staying);
        }

        var taken = profile.Where(vib => image.Find(vib.Name) is not { } there || (downgrades ? there.Id != vib.Id : VibVersion.Compare(vib.Version, there.Version) > 0)).ToList();
        var update = Install(image, taken, onlyUpdates: false);
        return update with { Skipped = [.. profile.Except(taken)] };
    }

    /// <summary>The first need that nothing of the result meets, with who has it; null where all are met.</summary>
    public (LabVib Vib, VibRelation Need)? Unmet()
    {
        foreach (var vib in Result)
        {
            foreach (var need in vib.Depends)
            {
                if (!Result.Any(other => VibVersion.Meets(other, need)))
                    return (vib, need);
            }
        }

        return null;
    }

    /// <summary>Two packages of the result that shut each other out; null where there are none.</summary>
    public (LabVib Vib, LabVib Other)? Clash()
    {
        foreach (var vib in Result)
        {
            foreach (var conflict in vib.Conflicts)
            {
                if (Result.FirstOrDefault(other => other != vib && VibVersion.Meets(other, conflict)) is { } other)
                    return (vib, other);
            }
        }

        return null;
    }

    private static VibTransaction Make(LabImage image, List<LabVib> installed, IReadOnlyList<LabVib> removed, List<LabVib> skipped) =>
        new([.. image.Vibs.Except(removed), .. installed], Sorted(installed), Sorted(removed), Sorted(skipped));

    private static IReadOnlyList<LabVib> Sorted(IEnumerable<LabVib> vibs) => [.. vibs.OrderBy(vib => vib.Id, StringComparer.Ordinal)];
}
