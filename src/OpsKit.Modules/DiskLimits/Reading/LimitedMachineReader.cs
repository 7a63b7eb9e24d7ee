using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualDisks;
using OpsKit.Vim25;

namespace OpsKit.Modules.DiskLimits;

/// <summary>What is read besides disks, limits and hosts' rules: a verb asks for what it needs, no more.</summary>
[Flags]
internal enum LimitParts
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Advanced parameters: bandwidth caps.</summary>
    Bandwidth = 1,

    /// <summary>The limits that clusters take.</summary>
    Ranges = 2,

    /// <summary>Tags.</summary>
    Tags = 4,
}

/// <summary>Observes machines' disks and what limits them. The number of calls does not grow with the machines but for pages, nor with the hosts.</summary>
internal static class LimitedMachineReader
{
    /// <summary>The machines that are there, in the server's order.</summary>
    /// <param name="queries">The vCenter.</param>
    /// <param name="machines">The machines; null for all.</param>
    /// <param name="parts">What to read besides.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<LimitedMachine>> ReadAsync(
        VSphereQueries queries, IReadOnlyList<ManagedObjectReference>? machines, LimitParts parts, CancellationToken cancellationToken)
    {
        IReadOnlyList<PropertyPath> more =
        [
            .. parts.HasFlag(LimitParts.Bandwidth) ? [VirtualMachineProperties.ConfigExtraConfig] : Array.Empty<PropertyPath>(),
            .. parts.HasFlag(LimitParts.Tags) ? [VirtualMachineProperties.Tag] : Array.Empty<PropertyPath>(),
        ];
        var read = new List<LimitedMachine>();
        await foreach (var machine in VirtualDiskReader.ReadAsync(queries, machines, more, (disks, found) => Of(disks, found, parts), cancellationToken).ConfigureAwait(false))
            read.Add(machine);
        var hosts = await SchedulerReader.ReadAsync(queries, [.. read.Select(machine => machine.Machine.HostId).OfType<string>().Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
        var ranges = parts.HasFlag(LimitParts.Ranges)
            ? await LimitRangeReader.ReadAsync(queries, [.. hosts.Values.Select(host => host.ComputeResource).OfType<ManagedObjectReference>().Distinct()], cancellationToken).ConfigureAwait(false)
            : null;
        return [.. read.Select(machine => WithHost(machine, hosts, ranges))];
    }

    private static LimitedMachine Of(MachineDisks machine, RetrievedObject found, LimitParts parts) => new()
    {
        Machine = machine,
        Rule = SchedulerRule.Unread("its host cannot be seen"),
        BandwidthCaps = parts.HasFlag(LimitParts.Bandwidth) ? ThrottleKeys.Read(found.Get(VirtualMachineProperties.ConfigExtraConfig) ?? []) : new Dictionary<string, string>(StringComparer.Ordinal),
        Tags = parts.HasFlag(LimitParts.Tags) ? [.. (found.Get(VirtualMachineProperties.Tag) ?? []).Select(tag => tag.Key).OfType<string>()] : [],
    };

    private static LimitedMachine WithHost(LimitedMachine machine, IReadOnlyDictionary<string, HostScheduler> hosts, IReadOnlyDictionary<string, LimitRange>? ranges) =>
        machine.Machine.HostId is { } id && hosts.TryGetValue(id, out var host)
            ? machine with { Rule = host.Rule, OtherwiseOn = host.OtherwiseOn, Range = host.ComputeResource is { } resource ? ranges?.GetValueOrDefault(resource.Value) : null }
            : machine;
}
