using OpsKit.Engine.Reports;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What a row of the report on limits is about.</summary>
public enum LimitsBy
{
    /// <summary>A disk.</summary>
    Disk,

    /// <summary>A machine's disks on one datastore: what is enforced together where limits are summed.</summary>
    Machine,

    /// <summary>A datastore.</summary>
    Datastore,
}

/// <summary>Limits of disks as a report. Pure.</summary>
public static class DiskLimitsReport
{
    private const int MostClusters = 4;

    /// <summary>The report.</summary>
    /// <param name="machines">The machines.</param>
    /// <param name="by">What a row is about.</param>
    /// <param name="onlyLimited">Whether rows without any limit or cap are left out.</param>
    /// <param name="unread">What could not be read.</param>
    public static ReportTable Of(IReadOnlyList<LimitedMachine> machines, LimitsBy by, bool onlyLimited, IReadOnlyList<NotAssessed> unread)
    {
        ArgumentNullException.ThrowIfNull(machines);
        ArgumentNullException.ThrowIfNull(unread);
        var rows = machines
            .OrderBy(machine => machine.Machine.Name, StringComparer.OrdinalIgnoreCase).ThenBy(machine => machine.Machine.VCenter, StringComparer.OrdinalIgnoreCase)
            .SelectMany(machine => LimitJudge.Judge(machine).Select(verdict => new JudgedDisk(machine, verdict)))
            .ToList();
        var table = by switch
        {
            LimitsBy.Machine => LimitTables.ByMachine(rows, onlyLimited),
            LimitsBy.Datastore => LimitTables.ByDatastore(rows, onlyLimited),
            _ => LimitTables.ByDisk(rows, onlyLimited),
        };
        return table with { NotAssessed = [.. unread], Notes = Notes(rows) };
    }

    private static List<string> Notes(List<JudgedDisk> rows)
    {
        var notes = new List<string>();
        var limited = rows.Count(row => row.Verdict.Limit is not null);
        notes.Add(limited == 0 ? $"None of {rows.Count} disks has a limit." : $"{limited} of {rows.Count} disks have a limit.");
        var void_ = rows.Count(row => row.Verdict.Verdict == LimitVerdict.NotEnforced);
        if (void_ > 0)
            notes.Add($"{void_} of them {(void_ == 1 ? "is" : "are")} not enforced: another disk of the machine on the same datastore has none.");
        if (rows.Exists(row => row.Verdict.Verdict == LimitVerdict.PerDisk))
            notes.Add("Per disk: counted in units of 32 KB; a request of 64 KB costs two.");
        foreach (var (rule, otherwise) in rows.Where(row => row.Machine.OtherwiseOn is not null).Select(row => (row.Machine.Rule.Reason, row.Machine.OtherwiseOn!)).Distinct().Take(MostClusters))
            notes.Add($"Hosts of one cluster enforce limits in different ways ({rule}; {otherwise}): a migration changes the verdict of a machine with several disks on a datastore.");
        return notes;
    }
}

/// <summary>A disk of a machine and the verdict on its limit.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record JudgedDisk(LimitedMachine Machine, DiskVerdict Verdict)
{
    /// <summary>The bandwidth cap of its advanced parameter; null for none.</summary>
    public string? BandwidthCap => Verdict.Disk.Slot is { } slot ? Machine.BandwidthCaps.GetValueOrDefault(slot) : null;
}
