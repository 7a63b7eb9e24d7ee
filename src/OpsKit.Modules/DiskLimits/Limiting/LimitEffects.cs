using System.Globalization;
using OpsKit.Engine.Plans;
using OpsKit.Modules.VirtualDisks;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What wished limits will really do on the machine's host, in sentences. Pure.</summary>
internal static class LimitEffects
{
    private const string UnitsOf32Kb = " counts in units of 32 KB:";

    /// <summary>One sentence for each datastore that has something to tell.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="wishes">What is wanted.</param>
    /// <param name="chosen">Whether the operator chose the disks, so that he may choose more of them.</param>
    public static IEnumerable<string> Of(LimitedMachine machine, IReadOnlyList<DiskWish> wishes, bool chosen)
    {
        var wanted = wishes.Where(wish => wish.SetsLimit).ToDictionary(wish => wish.Disk.Key, wish => wish.Limit);
        if (wanted.Count == 0)
            yield break;
        var touched = LimitJudge.Judge(machine, disk => wanted.TryGetValue(disk.Key, out var limit) ? limit : disk.IopsLimit)
            .Where(verdict => wanted.ContainsKey(verdict.Disk.Key) && verdict.Verdict is not (LimitVerdict.NoLimit or LimitVerdict.Enforced or LimitVerdict.PerDisk));
        foreach (var verdict in touched.GroupBy(verdict => verdict.Together[0].Key).Select(group => group.First()))
            yield return Sentence(machine, verdict, chosen);
        if (machine.OtherwiseOn is { } otherwise && LimitJudge.Judge(machine).Any(verdict => wanted.ContainsKey(verdict.Disk.Key) && verdict.Together.Count > 1))
            yield return $"its cluster has hosts that do it in another way: {otherwise} {(machine.Rule.Kind == SchedulerKind.PerDisk ? "adds the limits of a VM's disks on a datastore, and one without a limit voids them" : "holds each disk to its own limit")}; a migration there changes what this comes to";
        if (machine.Rule.Kind == SchedulerKind.PerDisk && wanted.Values.Max() is { } most)
            yield return string.Create(CultureInfo.InvariantCulture, $"{machine.Rule.Reason}{UnitsOf32Kb} {most} IOPS are {IoCost.Requests(most, 64)} requests of 64 KB a second, {IoCost.Requests(most, 256)} of 256 KB");
    }

    /// <summary>What is true of every machine on hosts of that kind is said once, not five hundred times.</summary>
    public static IReadOnlyList<TargetPlan> SaidOnce(IReadOnlyList<TargetPlan> plans)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        return [.. plans.Select(plan => plan with { Warnings = [.. plan.Warnings.Where(warning => !warning.Contains(UnitsOf32Kb, StringComparison.Ordinal) || said.Add(warning))] })];
    }

    private static string Sentence(LimitedMachine machine, DiskVerdict verdict, bool chosen) => verdict.Verdict switch
    {
        LimitVerdict.NotEnforced => $"not enforced on {Host(machine)}: it adds the limits of a VM's disks on a datastore, and {Has(verdict.Unlimited)} on {verdict.Disk.Datastore} {(verdict.Unlimited.Count == 1 ? "has" : "have")} none.{(chosen ? Offer(verdict) : "")}",
        LimitVerdict.Voids => $"without a limit {verdict.Disk.Name} voids the others' on {verdict.Disk.Datastore}: {Host(machine)} adds the limits of a VM's disks on a datastore",
        LimitVerdict.Summed => $"{Host(machine)} adds the limits of a VM's disks on a datastore: {verdict.Together.Count} disks on {verdict.Disk.Datastore} share {LimitWords.Of(verdict.Sum)}, and one of them alone may use all of it",
        _ => $"whether the limits of {verdict.Together.Count} disks on {verdict.Disk.Datastore} are added is not known: {machine.Rule.Reason}",
    };

    /// <summary>The sets that do what was meant: all with a limit each, or all sharing the one.</summary>
    private static string Offer(DiskVerdict verdict)
    {
        var all = string.Join(',', verdict.Together.Select(disk => disk.Slot ?? disk.Label));
        return string.Create(CultureInfo.InvariantCulture, $" Limit all of them: --disk {all} gives each its own, --enforce lets them share {verdict.Limit} IOPS");
    }

    private static string Has(IReadOnlyList<VirtualDiskState> disks) => DiskNames.List(disks);

    private static string Host(LimitedMachine machine) => $"{machine.Machine.Host ?? "its host"} ({machine.Rule.Reason})";
}
