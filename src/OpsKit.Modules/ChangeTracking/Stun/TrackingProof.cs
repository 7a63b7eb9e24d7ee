using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Vim25;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>Proves that disks are tracked, or are not any more: by <c>changeId</c> and the files of changed blocks, never by the flag.</summary>
internal sealed class TrackingProof(IApplyingDoors doors, Target target, ManagedObjectReference machine, Func<CancellationToken, Task> listAnew)
{
    /// <summary>How long a server may take to list what its host did.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>Waits until it is so.</summary>
    /// <param name="tracked">Whether disks are to be tracked, or not.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What is seen.</returns>
    /// <exception cref="OpsKitException">It does not become so.</exception>
    public async Task<string> ShowAsync(bool tracked, CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        var refreshed = false;
        while (true)
        {
            var queries = await doors.QueriesAsync(target.VCenter ?? "", cancellationToken).ConfigureAwait(false);
            var state = await ChangeTrackingReader.GlanceAsync(queries, machine, cancellationToken).ConfigureAwait(false) ?? throw new OpsKitException(FailureKind.Failed, "exists no more", target.Name);
            var left = ChangeTrackingStanding.Outstanding(state, tracked);
            if (left.Count == 0)
                return tracked ? DiskTracking.Count(DiskTracking.Of(state)) : "no disk tracked";
            if (clock.GetElapsedTime(began) >= Late)
                throw Unproven(state, left, tracked);
            doors.Progress(tracked ? "waits for its changeIds and files of changed blocks" : "waits for its changeIds to go");
            if (!refreshed && left.All(disk => disk.Disk.ChangeId is not null) && tracked)
            {
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
                refreshed = true;
            }

            await Task.Delay(Again, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lists of files are brought up to date now and then; asked for, at once.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await listAnew(cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException refused)
        {
            doors.Progress($"its files are listed as they were: {refused.Message}");
        }
    }

    private OpsKitException Unproven(ChangeTrackingState state, IReadOnlyList<DiskTracking> left, bool tracked)
    {
        var disks = string.Join("; ", left.Take(4).Select(disk => $"{disk.Disk.Name}: {Seen(disk, tracked)}"));
        return new OpsKitException(
            FailureKind.Failed,
            $"stunned, but {left.Count} of its disks {(left.Count == 1 ? "is" : "are")} {(tracked ? "not tracked" : "still tracked")} (flag {ChangeTrackingPlanner.FlagOf(state)}): {disks}",
            target.Name,
            $"opskit cbt status vm:{target.Name} shows how it stands");
    }

    private static string Seen(DiskTracking disk, bool tracked) => !tracked ? "its changeId is there"
        : disk.Disk.ChangeId is null ? $"no changeId{(disk.MapFile is null ? " and no -ctk.vmdk" : "")}"
        : "a changeId, but no -ctk.vmdk among its files";
}
