using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>Waits until every NIC on a module that is back hears the neighbour it heard before. Switches tell of themselves once a minute.</summary>
internal sealed class NeighbourCheck(IApplyingDoors doors, Target target)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    /// <exception cref="OpsKitException">A neighbour is another, or is not heard any more.</exception>
    public async Task WaitAsync(ResetCourse course, CancellationToken cancellationToken)
    {
        var clock = doors.JumpHost.Clock;
        var began = clock.GetTimestamp();
        while (true)
        {
            var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
            var hosts = await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
            var differences = Differences(course.Note.Links, hosts);
            if (differences.Count == 0)
                return;
            if (clock.GetElapsedTime(began) >= Patience)
            {
                throw new OpsKitException(
                    FailureKind.Failed,
                    $"bay {course.Bay} is back, but not every neighbour is as before: {string.Join("; ", differences.Take(4))}{(differences.Count > 4 ? $"; and {differences.Count - 4} more" : "")}",
                    target.Name,
                    "no other module was reset; look at the uplinks and the switch ports");
            }

            doors.Progress($"bay {course.Bay} is back; waiting for neighbours: {differences[0]}", 0.9);
            await Task.Delay(Again, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What differs; NICs that heard nothing before need not hear anything now. Pure.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<SeenLink> before, EnclosureHosts now)
    {
        var differences = new List<string>();
        foreach (var link in before.Where(link => link.Neighbour is not null))
        {
            var heard = now.Hosts.FirstOrDefault(host => host.Name == link.Host)?.Nic(link.Device)?.Neighbour;
            if (heard != link.Neighbour)
                differences.Add($"{link.Name} heard {link.Neighbour}, now {heard ?? "nothing"}");
        }

        return differences;
    }
}
