using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.DiskLimits;

/// <summary>A target and what is seen of it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Machine">What is seen; null where it could not be read.</param>
/// <param name="Gap">The plan of a target that could not be read; null where it could.</param>
internal sealed record SeenMachine(Target Target, LimitedMachine? Machine, TargetPlan? Gap);

/// <summary>Reads all targets of a step at once, vCenter by vCenter. A vCenter that cannot be read leaves its machines not assessed, and the others as they are.</summary>
internal static class MachineSurvey
{
    /// <summary>The targets with what is seen of them, in their order.</summary>
    /// <param name="doors">Queries alone.</param>
    /// <param name="targets">Virtual machines.</param>
    /// <param name="parts">What to read of each.</param>
    /// <param name="samples">Of how many samples the load is the average; 0 where loads are not read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<SeenMachine>> ReadAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, LimitParts parts, int samples, CancellationToken cancellationToken)
    {
        var seen = await Task.WhenAll(targets.GroupBy(target => target.VCenter ?? "", StringComparer.OrdinalIgnoreCase)
            .Select(group => OneAsync(doors, group.Key, [.. group], parts, samples, cancellationToken))).ConfigureAwait(false);
        var byTarget = seen.SelectMany(machines => machines).ToDictionary(machine => machine.Target.LockKey, StringComparer.Ordinal);
        return [.. targets.Select(target => byTarget[target.LockKey])];
    }

    private static async Task<IReadOnlyList<SeenMachine>> OneAsync(
        IPlanningDoors doors, string vCenter, IReadOnlyList<Target> targets, LimitParts parts, int samples, CancellationToken cancellationToken)
    {
        try
        {
            var queries = await doors.QueriesAsync(vCenter, cancellationToken).ConfigureAwait(false);
            var machines = await LimitedMachineReader.ReadAsync(queries, [.. targets.Select(target => target.Reference).OfType<ManagedObjectReference>()], parts, cancellationToken).ConfigureAwait(false);
            if (samples > 0)
                machines = await WithLoadsAsync(queries, machines, samples, cancellationToken).ConfigureAwait(false);
            var byId = machines.ToDictionary(machine => machine.Machine.Reference.Value, StringComparer.Ordinal);
            return [.. targets.Select(target => target.Reference is { } reference && byId.TryGetValue(reference.Value, out var machine)
                ? new SeenMachine(target, machine, null)
                : Missing(target, "it exists no more", FailureKind.Failed))];
        }
        catch (OpsKitException failure)
        {
            return [.. targets.Select(target => Missing(target, failure.What, failure.Kind))];
        }
        catch (VimException failure)
        {
            return [.. targets.Select(target => Missing(target, failure.Message, FailureKind.Failed))];
        }
    }

    private static async Task<IReadOnlyList<LimitedMachine>> WithLoadsAsync(VSphereQueries queries, IReadOnlyList<LimitedMachine> machines, int samples, CancellationToken cancellationToken)
    {
        var reader = new DiskLoadReader(queries, await DiskCounters.FindAsync(queries, cancellationToken).ConfigureAwait(false));
        var running = machines.Where(machine => machine.Machine is { IsPoweredOn: true, Disks.Count: > 0 }).Select(machine => machine.Machine.Reference).ToList();
        var loads = await reader.ReadAsync(running, samples, after: null, cancellationToken).ConfigureAwait(false);
        return [.. machines.Select(machine => machine with { Loads = loads.GetValueOrDefault(machine.Machine.Reference.Value) })];
    }

    private static SeenMachine Missing(Target target, string reason, FailureKind kind) => new(target, null, new TargetPlan { Target = target, NotAssessed = reason, Failure = kind });
}
