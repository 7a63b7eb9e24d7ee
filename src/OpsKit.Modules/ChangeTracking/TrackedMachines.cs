using OpsKit.Connections;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>The machines of a step, read vCenter by vCenter in a fixed number of calls; a vCenter that cannot be read costs its own machines only.</summary>
internal sealed class TrackedMachines
{
    private readonly Dictionary<(string VCenter, string Id), ChangeTrackingState> _states = [];
    private readonly Dictionary<string, (FailureKind Kind, string Reason)> _unread = new(StringComparer.OrdinalIgnoreCase);

    private TrackedMachines()
    {
    }

    /// <summary>The machines that were read.</summary>
    public IEnumerable<ChangeTrackingState> All => _states.Values;

    public static async Task<TrackedMachines> ReadAsync(IPlanningDoors doors, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var machines = new TrackedMachines();
        foreach (var vCenter in targets.Where(target => target is { VCenter: not null, Reference: not null }).GroupBy(target => target.VCenter!, StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                var queries = await doors.QueriesAsync(vCenter.Key, cancellationToken).ConfigureAwait(false);
                foreach (var state in await ChangeTrackingReader.ReadAsync(queries, [.. vCenter.Select(target => target.Reference!)], cancellationToken).ConfigureAwait(false))
                    machines._states[(vCenter.Key, state.Machine.Reference.Value)] = state;
            }
            catch (OpsKitException failure)
            {
                machines._unread[vCenter.Key] = (failure.Kind, failure.What);
            }
            catch (VimException failure)
            {
                machines._unread[vCenter.Key] = (FailureKind.Failed, failure.Message);
            }
        }

        return machines;
    }

    /// <summary>What was seen of a target; null where it was not read.</summary>
    public ChangeTrackingState? StateOf(Target target) => target is { VCenter: { } vCenter, Reference: { } machine } ? _states.GetValueOrDefault((vCenter, machine.Value)) : null;

    /// <summary>Why a target was not read.</summary>
    public TargetPlan Unread(Target target) => target.VCenter is { } vCenter && _unread.TryGetValue(vCenter, out var failure)
        ? new TargetPlan { Target = target, NotAssessed = failure.Reason, Failure = failure.Kind }
        : new TargetPlan { Target = target, NotAssessed = target.Reference is null ? "is in no vCenter" : "exists no more", Failure = FailureKind.Failed };
}
