using OpsKit.Connections;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.Vibs;

/// <summary>Looks what a host has now, as often as it takes.</summary>
internal static class HostImages
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    public static async Task<HostSoftware> LookAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken) =>
        await HostSoftwareReader.ImagesAsync(await HostShells.OpenAsync(doors, target, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Looks until the host answers: for a while after a restart its shell is there before its management service is.</summary>
    /// <exception cref="OpsKitException">It did not, in that time.</exception>
    public static async Task<HostSoftware> AwaitAsync(IApplyingDoors doors, Target target, TimeSpan patience, CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await LookAsync(doors, target, cancellationToken).ConfigureAwait(false);
            }
            catch (OpsKitException notYet) when (notYet.Kind is FailureKind.Unreachable or FailureKind.Failed && clock.GetElapsedTime(began) < patience)
            {
                doors.Progress($"waits for the host: {notYet.What.Split('\n')[0]}");
            }

            await Task.Delay(Again, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether what is wanted is there, as far as it can be: after a restart that is still to come, in the image it brings.</summary>
    public static bool IsMet(VibOrder order, HostSoftware host) =>
        order.IsMetBy(host.Vibs) ? host.Pending is null || order.IsMetBy(host.Pending) : order.NeedsRestart && host.Pending is { } pending && order.IsMetBy(pending);

    public static string Words(VibOrder order, HostSoftware host) => IsMet(order, host)
        ? order.IsMetBy(host.Vibs) ? "it is in place" : "it is staged, and the next restart brings it"
        : host.Pending is null ? "the host is as it was" : "another image waits for the next restart";
}
