using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Looks at the whole enclosure once more when all is done: versions, health, paths, and what <c>xmldata</c> says to it.</summary>
internal static class VerifyChange
{
    public const string Id = "verify";

    public static PlannedChange Planned(string version) => new()
    {
        Id = Id,
        Summary = $"verify: every module runs {version} and is well, every host has paths through two bays",
        Before = "not looked at since",
        After = $"all modules run {version}, all hosts redundant",
        Impact = Impact.None,
        Arguments = new SortedDictionary<string, string>(StringComparer.Ordinal) { [ResetPlanner.Version] = version },
    };

    public static async Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken)
    {
        var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
        var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
        var problems = Problems(enclosure, hosts, change.Arguments[ResetPlanner.Version]).ToList();
        return problems.Count == 0
            ? new ChangeResult($"{ModuleWords.Bays(enclosure.Modules.Where(module => module.IsVirtualConnect))} run {change.Arguments[ResetPlanner.Version]}; {hosts.Hosts.Count} hosts redundant")
            : throw new OpsKitException(FailureKind.Failed, $"all is done, and not all is well: {string.Join("; ", problems.Take(6))}{(problems.Count > 6 ? $"; and {problems.Count - 6} more" : "")}", target.Name, $"opskit vc status {target.Name}");
    }

    /// <summary>What is not as it should be. Pure.</summary>
    public static IEnumerable<string> Problems(EnclosureState enclosure, EnclosureHosts hosts, string version)
    {
        foreach (var module in enclosure.Modules.Where(module => module.IsVirtualConnect))
        {
            if (!FirmwareVersions.AreSame(module.Firmware, version))
                yield return $"bay {module.Bay} runs {module.Firmware ?? "an unknown version"}";
            if (!module.IsHealthy)
                yield return $"bay {module.Bay} is not well: {ModuleWords.Health(module)}";
        }

        foreach (var contradiction in enclosure.Contradictions)
            yield return contradiction;
        foreach (var (name, reason) in hosts.NotAssessed)
            yield return $"{name} could not be read: {reason}";
        foreach (var host in hosts.Hosts)
        {
            foreach (var problem in HostRedundancy.Of(host).Problems)
                yield return $"{host.Name}: {problem}";
        }
    }
}
