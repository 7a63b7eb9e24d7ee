using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Verbs;

namespace OpsKit.Modules.NetworkAudit;

/// <summary>Asks the enclosures of hosts where their blades' ports lead: one command an enclosure. One that cannot be asked leaves bays unknown.</summary>
internal static class BladePortReader
{
    /// <summary>The ports, by enclosure.</summary>
    public static async Task<Dictionary<string, BladePorts>> ReadAsync(IPlanningDoors doors, IEnumerable<Target> targets, CancellationToken cancellationToken)
    {
        var enclosures = targets.Select(target => target.Enclosure).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(name => doors.Estate.Find(name) is EnclosureEndpoint).ToList();
        var read = await Task.WhenAll(enclosures.Select(name => OneAsync(doors, name, cancellationToken))).ConfigureAwait(false);
        return enclosures.Zip(read).Where(pair => pair.Second is { Count: > 0 }).ToDictionary(pair => pair.First, pair => pair.Second!, StringComparer.Ordinal);
    }

    private static async Task<BladePorts?> OneAsync(IPlanningDoors doors, string enclosure, CancellationToken cancellationToken)
    {
        try
        {
            var shell = await doors.ShellAsync(enclosure, cancellationToken).ConfigureAwait(false);
            var answer = await shell.RunAsync(ReadingCommand.Device("SHOW SERVER PORT MAP ALL"), cancellationToken).ConfigureAwait(false);
            return BladePorts.Read(answer.Output);
        }
        catch (OpsKitException)
        {
            // Whoever reports says that bays are unknown; the hosts are assessed all the same.
            return null;
        }
    }
}
