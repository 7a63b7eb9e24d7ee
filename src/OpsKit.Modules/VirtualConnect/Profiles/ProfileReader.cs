using System.Globalization;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.VirtualConnect.Profiles;

/// <summary>Reads the server profiles of an enclosure from Virtual Connect Manager's command line.</summary>
public static class ProfileReader
{
    private const string EnclosureCommand = "show enclosure";
    private const string ListCommand = "show profile";

    /// <summary>The profiles assigned to bays of the enclosure.</summary>
    /// <param name="doors">Queries alone.</param>
    /// <param name="enclosure">The enclosure as it was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">
    /// The inventory has no login for Virtual Connect Manager (Usage), it is managed elsewhere or refuses (Failed), or an answer cannot be understood (<see cref="OpsKitException.Unreadable"/>).
    /// </exception>
    public static async Task<IReadOnlyList<ServerProfile>> ReadAsync(IPlanningDoors doors, EnclosureState enclosure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        ArgumentNullException.ThrowIfNull(enclosure);
        if (enclosure.Primary?.Address is not { } address)
            throw new OpsKitException(FailureKind.Failed, "Virtual Connect Manager runs on none of its modules: its profiles are kept elsewhere", enclosure.Name, "look where the domain is managed");
        var queries = doors.VirtualConnect(enclosure.Name, address)
            ?? throw new OpsKitException(FailureKind.Usage, "the inventory has no login for Virtual Connect Manager, which keeps the profiles", enclosure.Name, "add to it: virtual-connect: { credential: NAME }");
        try
        {
            var id = EnclosureId(await AskAsync(queries, EnclosureCommand, cancellationToken).ConfigureAwait(false), enclosure);
            var profiles = new List<ServerProfile>();
            foreach (var (name, blade) in Assigned(await AskAsync(queries, ListCommand, cancellationToken).ConfigureAwait(false), id))
                profiles.Add(new ServerProfile(name, blade, Macs(await AskAsync(queries, $"{ListCommand} {name}", cancellationToken).ConfigureAwait(false), name)));
            return profiles;
        }
        catch (OpsKitException failure) when (failure.Target is null)
        {
            throw new OpsKitException(failure.Kind, failure.What, queries.Name, failure.Next, failure) { Unreadable = failure.Unreadable };
        }
    }

    /// <summary>The domain's own name of the enclosure, by its serial number or its name; where the domain has one enclosure, that one.</summary>
    internal static string EnclosureId(string answer, EnclosureState enclosure)
    {
        var rows = VcTexts.Table(answer, EnclosureCommand, "ID", "Name");
        var own = rows.Where(row => enclosure.Serial is { } serial && row.Values.Contains(serial, StringComparer.OrdinalIgnoreCase)).ToList();
        if (own.Count == 0)
            own = [.. rows.Where(row => row["Name"].Equals(enclosure.DeviceName ?? enclosure.Name, StringComparison.OrdinalIgnoreCase))];
        return own is [var one] ? one["ID"] : rows is [var only] ? only["ID"] : throw DeviceText.Unreadable(EnclosureCommand, "none of the domain's enclosures has the serial number or the name of this one");
    }

    /// <summary>Profiles and the bays they are assigned to, such as <c>enc0:3</c>.</summary>
    internal static IEnumerable<(string Name, int Blade)> Assigned(string answer, string enclosureId)
    {
        foreach (var row in VcTexts.Table(answer, ListCommand, "Name", "Server"))
        {
            var place = row["Server"].Split(':');
            if (row["Name"].Length > 0 && place.Length == 2 && place[0] == enclosureId && int.TryParse(place[1], NumberStyles.None, CultureInfo.InvariantCulture, out var blade))
                yield return (row["Name"], blade);
        }
    }

    /// <summary>The addresses a profile gives; entries without one, such as those that keep the factory's, are left out.</summary>
    internal static IReadOnlyList<(string Port, string Mac)> Macs(string answer, string name) =>
        [.. VcTexts.Table(answer, $"{ListCommand} {name}", "Port", "MAC Address").Select(row => (Port: row["Port"], Mac: DeviceText.MacOf(row["MAC Address"]))).Where(row => row.Mac is not null).Select(row => (row.Port, row.Mac!))];

    private static async Task<string> AskAsync(ShellQueries queries, string command, CancellationToken cancellationToken)
    {
        var result = await queries.RunAsync(ReadingCommand.Device(command), cancellationToken).ConfigureAwait(false);
        if (result.Truncated)
            throw DeviceText.Unreadable(command, "it is longer than what is kept of it");
        return VcTexts.Checked(result.Output, command);
    }
}
