using OpsKit.Connections;
using OpsKit.Connections.Enclosures;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.VirtualConnect.Enclosures;

/// <summary>
/// Observes an enclosure through its active Onboard Administrator. What must be known and cannot be read ends the reading; what is read besides (port maps, <c>xmldata</c>)
/// is left out then, and the state says so.
/// </summary>
public static class EnclosureReader
{
    /// <summary>Reads the whole of it, command by command: management processors answer slowly, and badly when asked for many things at a time.</summary>
    /// <param name="doors">Queries alone.</param>
    /// <param name="enclosure">Its name in the inventory.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">It is not in the inventory (Usage), no Onboard Administrator is active (Unreachable), or an answer cannot be understood (<see cref="OpsKitException.Unreadable"/>).</exception>
    public static async Task<EnclosureState> ReadAsync(IPlanningDoors doors, string enclosure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        var queries = doors.Enclosure(enclosure);
        try
        {
            return await WholeAsync(queries, cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException failure) when (failure is { Unreadable: true, Target: null })
        {
            throw new OpsKitException(failure.Kind, failure.What, queries.Name, failure.Next, failure) { Unreadable = true };
        }
    }

    private static async Task<EnclosureState> WholeAsync(OaQueries queries, CancellationToken cancellationToken)
    {
        Task<string> Ask(string command) => queries.AskAsync(command, cancellationToken);
        var administrators = await AdministratorsAsync(queries, cancellationToken).ConfigureAwait(false);
        var modules = InterconnectTexts.Modules(
            await Ask("SHOW INTERCONNECT STATUS ALL").ConfigureAwait(false), await Ask("SHOW INTERCONNECT INFO ALL").ConfigureAwait(false), "ALL");
        var addresses = InterconnectTexts.Addresses(await Ask("SHOW INTERCONNECT LIST").ConfigureAwait(false));
        var mode = VcModeText.Read(await Ask(VcModeText.Command).ConfigureAwait(false));
        var blades = ServerTexts.Blades(await Ask("SHOW SERVER INFO ALL").ConfigureAwait(false), await Ask("SHOW SERVER STATUS ALL").ConfigureAwait(false));
        var own = DeviceText.Lines(await Ask("SHOW ENCLOSURE INFO").ConfigureAwait(false)).ToList();
        string? Own(string key) => DeviceText.Said(own.Select(line => DeviceText.ValueOf(line, key)).FirstOrDefault(value => value is not null));
        var (ports, notes, xml) = await PortMaps.ReadAsync(queries, cancellationToken).ConfigureAwait(false);
        var known = modules.Values.OfType<ModuleState>().Select(module => Addressed(module, addresses.GetValueOrDefault(module.Bay), mode)).ToList();
        return new EnclosureState
        {
            Name = queries.Name,
            DeviceName = Own("Enclosure Name"),
            Serial = Own("Serial Number"),
            Administrators = administrators,
            Modules = known,
            VirtualConnect = mode,
            Blades = blades,
            Ports = ports.Links.Count > 0 ? ports.Links : null,
            Notes = notes,
            Contradictions = [.. ports.Contradictions, .. XmlCheck.Contradictions(administrators, known, xml)],
        };
    }

    private static async Task<IReadOnlyList<OaState>> AdministratorsAsync(OaQueries queries, CancellationToken cancellationToken)
    {
        const string statusCommand = "SHOW OA STATUS ALL", infoCommand = "SHOW OA INFO ALL";
        var states = OaTexts.Status(await queries.AskAsync(statusCommand, cancellationToken).ConfigureAwait(false), statusCommand);
        var versions = OaTexts.Firmware(await queries.AskAsync(infoCommand, cancellationToken).ConfigureAwait(false), infoCommand);
        return [.. states.Select(state => state with { Firmware = versions.GetValueOrDefault(state.Bay) })];
    }

    private static ModuleState Addressed(ModuleState module, string? listed, VirtualConnectMode mode)
    {
        var address = module.Address ?? listed;
        return module with { Address = address, IsPrimary = mode is { Enabled: true, Manager: { } manager } && address == manager };
    }
}
