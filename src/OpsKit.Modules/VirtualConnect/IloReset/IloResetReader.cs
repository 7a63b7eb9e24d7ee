using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;
using OpsKit.Modules.VirtualConnect.Profiles;
using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.VirtualConnect.IloReset;

/// <summary>Observes a blade, its iLO and its profile.</summary>
internal static class IloResetReader
{
    public static async Task<IloResetState> ReadAsync(IPlanningDoors doors, string enclosure, int bay, CancellationToken cancellationToken)
    {
        var state = await EnclosureReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false);
        if (state.Blades.FirstOrDefault(blade => blade.Bay == bay) is not { } blade)
            return new IloResetState();
        try
        {
            var profiles = await ProfileReader.ReadAsync(doors, state, cancellationToken).ConfigureAwait(false);
            var hosts = await EnclosureHostReader.ReadAsync(doors, state, cancellationToken).ConfigureAwait(false);
            return new IloResetState { Blade = blade, Profile = ProfileCheck.Of(state, hosts, profiles).First(standing => standing.Blade == bay) };
        }
        catch (OpsKitException failure)
        {
            return new IloResetState { Blade = blade, WhyNoProfile = failure.What };
        }
    }

    /// <summary>The blade alone, in two commands; null where the bay is empty.</summary>
    public static async Task<BladeState?> GlanceAsync(IPlanningDoors doors, string enclosure, int bay, CancellationToken cancellationToken)
    {
        var queries = doors.Enclosure(enclosure);
        var info = await queries.AskAsync($"SHOW SERVER INFO {bay}", cancellationToken).ConfigureAwait(false);
        var status = await queries.AskAsync($"SHOW SERVER STATUS {bay}", cancellationToken).ConfigureAwait(false);
        return ServerTexts.Blades(info, status).FirstOrDefault(blade => blade.Bay == bay);
    }
}
