using System.Globalization;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.Maintenance;

namespace OpsKit.Modules.Vibs;

/// <summary>State, file and options to changes. Pure.</summary>
public static class VibInstallPlanner
{
    internal const string UploadId = "upload";
    internal const string RehearseId = "rehearse";
    internal const string InstallId = "install";
    internal const string VerifyId = "verify";
    internal const string CleanUpId = "clean-up";

    private const int MostNamed = 4;

    /// <summary>What the step would do to the host.</summary>
    /// <param name="target">The host.</param>
    /// <param name="state">What is seen of it.</param>
    /// <param name="source">The file; null for a removal.</param>
    /// <param name="options">What the step asks for.</param>
    public static TargetPlan Plan(Target target, VibInstallState state, VibSource? source, VibInstallOptions options)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var course = new VibCourse(state, source, options);
        if (source?.Problems is { Count: > 0 } problems)
            return new TargetPlan { Target = target, Observed = Observed(course), Blockers = problems };
        if (source is not null && course.Decisions.Count == 0)
            return new TargetPlan { Target = target, Observed = Observed(course), Blockers = [$"{source.Shown} has no VIB called {string.Join(", ", options.Names)}"] };

        var maintenance = Maintenance(target, course);
        var (folder, full) = course.IsEmpty ? ("", null) : HostRoom.Choose(state.Host, source?.LocalPath is null ? 0 : source.Bytes, options.Folder);
        var order = course.Order(FileOn(folder ?? "", state.Host, source), folder ?? "", maintenance.Changes.Any(change => change.Id == MaintenancePlanner.EnterId));
        var changes = Changes(course, maintenance, order).ToList();
        return new TargetPlan
        {
            Target = target,
            Observed = Observed(course),
            Changes = changes,
            Blockers = changes.Count == 0 ? [] : [.. Blockers(course, full), .. maintenance.Blockers],
            Warnings = [.. Warnings(course), .. changes.Count == 0 ? [] : maintenance.Warnings],
        };
    }

    private static TargetPlan Maintenance(Target target, VibCourse course) => MaintenancePlanner.Plan(
        target, course.State.Maintenance, new MaintenanceOptions { Enter = course.NeedsMode, Reboot = course.Restarts, Exit = course.NeedsMode, EvacuatePoweredOff = course.Options.EvacuatePoweredOff });

    private static IEnumerable<PlannedChange> Changes(VibCourse course, TargetPlan maintenance, VibOrder order)
    {
        var arguments = order.ToArguments();
        PlannedChange Change(string id, string summary, string before, string after) => new() { Id = id, Summary = summary, Before = before, After = after, Impact = Impact.None, Arguments = arguments };
        PlannedChange? Mode(string id) => maintenance.Changes.FirstOrDefault(change => change.Id == id) is { } change ? change with { Arguments = arguments } : null;

        if (!course.IsEmpty)
        {
            if (order.Local.Length > 0)
                yield return Change(UploadId, $"send {Path.GetFileName(course.Source!.Inner ?? order.Local)} ({HostRoom.Megabytes(course.Source.Bytes)}) to {VolumeName(course, order)}", "not there", $"there, SHA-256 {order.Sha256[..12]}… compared");
            if (course.LowerTo is { } level)
                yield return AcceptancePlanner.Change(course.Host.Acceptance, level);
            yield return Change(RehearseId, "let the host try it: esxcli --dry-run", "not tried", course.NeedsRestart ? "the host takes it, with a restart" : "the host takes it, without a restart");
        }

        if (Mode(MaintenancePlanner.EnterId) is { } enter)
            yield return enter;
        if (!course.IsEmpty)
            yield return Change(InstallId, Summary(course), Versions(course, before: true), Versions(course, before: false));
        if (Mode(MaintenancePlanner.RebootId) is { } reboot)
        {
            yield return reboot;
            yield return Change(VerifyId, "wait until the host answers, and look that it runs them", "not looked at", course.Options.Action == VibAction.Remove ? "gone" : "running");
        }

        if (Mode(MaintenancePlanner.ExitId) is { } exit)
            yield return exit;
        if (!course.IsEmpty && order.Local.Length > 0)
            yield return Change(CleanUpId, "remove what was sent", "there", "removed");
    }

    private static IEnumerable<string> Blockers(VibCourse course, string? full)
    {
        foreach (var blocker in VibBlockers.OfVersion(course.Host, course.Coming))
            yield return blocker;
        if (course.AcceptanceBlocker is { } acceptance)
            yield return acceptance;
        foreach (var blocker in VibBlockers.OfSecureBoot(course.Host, course.Coming))
            yield return blocker;
        foreach (var blocker in VibBlockers.OfRelations(course.Host, course.Decisions))
            yield return blocker;
        foreach (var older in course.Decisions.Where(decision => decision.Step == VibStep.Downgrade && !course.Options.AllowDowngrade))
            yield return $"{older.Name} {older.Before!.Version} is newer than {older.Coming!.Version}: allow-downgrade: true would put the older one in its place";
        if (full is not null)
            yield return full;
        if (course.Host.Pending is not null && !course.IsEmpty && !course.NeedsRestart)
            yield return "a restart is pending on it, and what is installed live now would be lost by that restart: restart it first, or set no-live-install: true";
    }

    private static IEnumerable<string> Warnings(VibCourse course)
    {
        foreach (var remark in course.Source?.Remarks ?? [])
            yield return remark;
        foreach (var skipped in course.Decisions.Where(decision => decision.Step == VibStep.Skip))
            yield return skipped.ToString();
        if (course.NeedsRestart && !course.IsEmpty && !course.Options.Reboot)
            yield return "it takes effect with the host's next restart, which is left to you (reboot: false)";
        if (course.Host.Pending is not null && course.Restarts && !course.IsEmpty)
            yield return "a restart was pending already: what else it brings comes with this one";
        else if (course.Host.Pending is not null && !course.Restarts)
            yield return "a restart is pending on it";
    }

    private static SortedDictionary<string, string> Observed(VibCourse course)
    {
        var (host, maintenance) = (course.Host, course.State.Maintenance);
        var observed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ESXi"] = $"{host.Version} build {host.Build}",
            ["acceptance level"] = host.Acceptance?.ToString() ?? "unknown",
            ["image profile"] = host.Profile,
            ["restart pending"] = host.Pending is null ? "no" : "yes",
            ["maintenance mode"] = maintenance.InMaintenanceMode ? "yes" : "no",
            ["running VMs"] = maintenance.Running.Count.ToString(CultureInfo.InvariantCulture),
            ["DRS"] = maintenance.Drs ?? "none",
            ["HA"] = maintenance.HighAvailability switch { true => "on", false => "off", _ => "none" },
        };
        if (host.SecureBoot is { } secure)
            observed["Secure Boot"] = secure ? "on" : "off";
        foreach (var decision in course.Decisions)
            observed[decision.Name] = decision.Before?.Version ?? "not installed";
        return observed;
    }

    /// <summary>A name of its own for each host and content: hosts that share a datastore do not take each other's file away, and one that is there already is not sent again.</summary>
    private static string FileOn(string folder, HostSoftware host, VibSource? source)
    {
        if (source is null || source.HostPath is not null)
            return source?.HostPath ?? "";
        return $"{folder.TrimEnd('/')}/opskit-{HostRoom.Short(host.Host)}-{source.Sha256[..Math.Min(16, source.Sha256.Length)]}.{(source.IsBundle ? "zip" : "vib")}";
    }

    private static string VolumeName(VibCourse course, VibOrder order) =>
        course.Host.Volumes.FirstOrDefault(volume => volume.Path == order.Folder)?.Name is { Length: > 0 } name ? name : order.Folder;

    private static string Summary(VibCourse course)
    {
        var moving = course.Moving.Select(decision => decision.ToString()).ToList();
        return moving.Count <= MostNamed ? string.Join("; ", moving) : $"{string.Join("; ", moving.Take(MostNamed))}; and {moving.Count - MostNamed} more";
    }

    private static string Versions(VibCourse course, bool before)
    {
        var parts = course.Moving.Select(decision => $"{decision.Name} {(before ? decision.Before?.Version : decision.Coming?.Version) ?? "not installed"}").ToList();
        return parts.Count <= MostNamed ? string.Join(", ", parts) : $"{string.Join(", ", parts.Take(MostNamed))} and {parts.Count - MostNamed} more";
    }
}
