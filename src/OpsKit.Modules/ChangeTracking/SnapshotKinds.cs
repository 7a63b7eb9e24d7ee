using System.Globalization;
using OpsKit.Connections.Yaml;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>A machine's snapshots by whose they are. Pure.</summary>
/// <param name="Own">Those of stun cycles: left behind by a run that was given up, unless a cycle is under way.</param>
/// <param name="Backups">Those of backups, by their names.</param>
/// <param name="Others">All the others.</param>
internal sealed record SnapshotKinds(IReadOnlyList<SnapshotSeen> Own, IReadOnlyList<SnapshotSeen> Backups, IReadOnlyList<SnapshotSeen> Others)
{
    /// <summary>What the names of the stun cycles' snapshots begin with.</summary>
    public const string Prefix = "opskit-cbt-";

    /// <summary>A backup's snapshot older than this was left behind; backups that take longer are rare.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    public static SnapshotKinds Of(IReadOnlyList<SnapshotSeen> snapshots, ChangeTrackingFacts facts) => new(
        [.. snapshots.Where(IsOwn)],
        [.. snapshots.Where(snapshot => !IsOwn(snapshot) && facts.IsBackup(snapshot.Name))],
        [.. snapshots.Where(snapshot => !IsOwn(snapshot) && !facts.IsBackup(snapshot.Name))]);

    /// <summary>Backups' snapshots that are old enough to have been left behind.</summary>
    public IEnumerable<SnapshotSeen> LeftBehind(DateTimeOffset now) => Backups.Where(snapshot => now - snapshot.Created > Stale);

    /// <summary>Backups' snapshots of which the backup may still be at work.</summary>
    public IEnumerable<SnapshotSeen> AtWork(DateTimeOffset now) => Backups.Where(snapshot => !(now - snapshot.Created > Stale));

    /// <summary>A name for the snapshot of a stun cycle: no other has it.</summary>
    public static string NewName(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <summary>Names for a message, at most three, with their age.</summary>
    public static string Words(IEnumerable<SnapshotSeen> snapshots, DateTimeOffset now)
    {
        var names = snapshots.Select(snapshot => snapshot.Created is { } made && now > made ? $"\"{snapshot.Name}\" ({Age(now - made)} old)" : $"\"{snapshot.Name}\"").ToList();
        return names.Count <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
    }

    private static string Age(TimeSpan age) => age < TimeSpan.FromHours(2)
        ? Durations.Words(TimeSpan.FromMinutes(Math.Max(1, Math.Round(age.TotalMinutes))))
        : Durations.Words(TimeSpan.FromHours(Math.Round(age.TotalHours)));

    private static bool IsOwn(SnapshotSeen snapshot) => snapshot.Name.StartsWith(Prefix, StringComparison.Ordinal);
}
