using System.Globalization;
using System.Text.RegularExpressions;
using OpsKit.Connections.Inventory;

namespace OpsKit.Modules.Vibs;

/// <summary>What stands between VIBs and a host, as far as it can be told before anything moves. Pure.</summary>
internal static partial class VibBlockers
{
    private const int MostNamed = 5;

    /// <summary>What the host's version has against packages.</summary>
    public static IEnumerable<string> OfVersion(HostSoftware host, IEnumerable<VibDescriptor> coming)
    {
        foreach (var vib in coming)
        {
            var line = LineOf(vib);
            if (line is { Major: < 5 })
                yield return $"{vib.Name} {vib.Version} is made for ESXi {line}: such drivers do not load on {host.Version.ToString(2)} (\"Module does not provide a license tag\")";
            else if (vib.Platforms.Where(platform => platform.ProductLine is "embeddedEsx" or "" && platform.Version.Length > 0).ToList() is { Count: > 0 } platforms
                && !platforms.Exists(platform => GlobPattern.Matches(platform.Version, host.Version.ToString()) || GlobPattern.Matches(platform.Version, host.Version.ToString(2))))
                yield return $"{vib.Name} {vib.Version} is made for ESXi {string.Join(", ", platforms.Select(platform => platform.Version))}, and the host has {host.Version}";
            if (host.Version.Major >= 8 && vib.Payloads.Any(payload => payload.Type is "tgz" or "vgz" && !payload.Digests.Any(digest => digest is { Algorithm: "sha-256", OfContent: true })))
                yield return $"{vib.Name} {vib.Version} lacks the SHA-256 of its decompressed payload, which ESXi 8 wants: get the VIB made for 8, or build it with opskit vib build --for 8.x";
        }
    }

    /// <summary>What the host's way to start has against packages.</summary>
    public static IEnumerable<string> OfSecureBoot(HostSoftware host, IEnumerable<VibDescriptor> coming) => host.SecureBoot != true
        ? []
        : coming.Where(vib => vib.AcceptanceLevel == VibAcceptanceLevel.CommunitySupported)
            .Select(vib => $"{vib.Name} {vib.Version} is CommunitySupported, and the host starts by UEFI Secure Boot, which takes signed VIBs alone: get a signed one, or switch Secure Boot off in its firmware");

    /// <summary>What of the image that would come of it is missing or shuts others out.</summary>
    public static IEnumerable<string> OfRelations(HostSoftware host, IReadOnlyList<VibDecision> decisions)
    {
        var moving = decisions.Where(decision => decision.Step != VibStep.Skip).ToList();
        var coming = moving.Select(decision => decision.Coming).OfType<VibDescriptor>().ToList();
        var names = moving.Select(decision => decision.Name).ToHashSet(StringComparer.Ordinal);
        var there = host.Vibs.Where(vib => !names.Contains(vib.Name) && !coming.Exists(arrival => arrival.Replaces.Any(replaced => replaced.Fits(vib.Name, vib.Version)))).ToList();
        List<InstalledVib> result = [.. there, .. coming.Select(VibDecisions.Installed)];
        foreach (var vib in coming)
        {
            foreach (var need in vib.Depends.Where(need => !result.Exists(other => Provides(other, need))))
                yield return $"{vib.Name} {vib.Version} needs {need}, which nothing on the host provides";
            foreach (var (conflict, other) in vib.Conflicts.SelectMany(conflict => there.Where(other => Provides(other, conflict)).Select(other => (conflict, other))))
                yield return $"{vib.Name} {vib.Version} excludes {conflict}, and {other.Name} {other.Version} is installed";
        }

        foreach (var gone in moving.Where(decision => decision.Coming is null).Select(decision => decision.Before!))
        {
            var orphans = there.SelectMany(orphan => orphan.Depends.Where(need => Provides(gone, need) && !result.Exists(other => Provides(other, need))).Select(need => (orphan, need)));
            foreach (var same in orphans.GroupBy(each => each.need.ToString(), each => each.orphan, StringComparer.Ordinal))
                yield return Orphaned([.. same], same.Key, gone);
        }
    }

    /// <summary>What the host's acceptance level has against packages; the level it would need otherwise.</summary>
    public static (VibAcceptanceLevel? Lower, string? Blocker) OfAcceptance(HostSoftware host, IReadOnlyList<VibDescriptor> coming, VibAcceptanceLevel? allowed)
    {
        var loosest = coming.Where(vib => vib.AcceptanceLevel is not null).OrderBy(vib => vib.AcceptanceLevel).FirstOrDefault();
        if (loosest?.AcceptanceLevel is not { } needed || host.Acceptance is not { } level || level.Takes(needed))
            return (null, null);
        return allowed is { } most && most.Takes(needed)
            ? (needed, null)
            : (null, $"{loosest.Name} is {needed}, and the host takes {level} and stricter ones{(allowed is { } less ? $"; the step allows {less} at most" : $": allow-acceptance: {needed} would let the step lower its level")}");
    }

    private static string Orphaned(IReadOnlyList<InstalledVib> orphans, string need, InstalledVib gone) => orphans is [var one]
        ? $"{one.Name} {one.Version} needs {need}, which {gone.Name} alone provides: remove it as well"
        : $"{orphans.Count} VIBs need {need}, which {gone.Name} alone provides: {string.Join(", ", orphans.Take(MostNamed).Select(orphan => orphan.Name))}{(orphans.Count > MostNamed ? $" and {orphans.Count - MostNamed} more" : "")}; remove them as well";

    private static bool Provides(InstalledVib vib, VibRelation need) =>
        need.Fits(vib.Name, vib.Version) || vib.Provides.Any(provided => need.Fits(provided.Name, provided.Version));

    /// <summary>The version of ESXi a package was built for, where it says so: by its descriptor's format, or as <c>1OEM.500.0.0.406165</c> at its version's end.</summary>
    private static Version? LineOf(VibDescriptor vib)
    {
        if (Version.TryParse(vib.FormatVersion, out var format) && format.Major < 5)
            return new Version(4, 1);
        return Build().Match(vib.Version) is { Success: true } build
            ? new Version(int.Parse(build.Groups["major"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), int.Parse(build.Groups["minor"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"-\d+(vmw|OEM)\.(?<major>\d)(?<minor>\d)\d\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Build();
}
