using OpsKit.Connections;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Texts;

namespace OpsKit.Modules.VirtualConnect.Enclosures;

/// <summary>Looks at one module, in two short commands: for asking again and again while it restarts.</summary>
public static class ModuleReader
{
    /// <summary>
    /// Looks at it. That no Onboard Administrator answers or is active, as while roles change hands, is an answer: the look says why nothing was seen.
    /// </summary>
    /// <param name="doors">Queries alone.</param>
    /// <param name="enclosure">The enclosure's name in the inventory.</param>
    /// <param name="bay">The module's bay, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OpsKitException">The login or the host key is refused, the bay is empty (Failed), or an answer cannot be understood (<see cref="OpsKitException.Unreadable"/>).</exception>
    public static async Task<ModuleLook> LookAsync(IPlanningDoors doors, string enclosure, int bay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(doors);
        var queries = doors.Enclosure(enclosure);
        try
        {
            var status = await queries.AskAsync($"SHOW INTERCONNECT STATUS {bay}", cancellationToken).ConfigureAwait(false);
            var info = await queries.AskAsync($"SHOW INTERCONNECT INFO {bay}", cancellationToken).ConfigureAwait(false);
            var modules = InterconnectTexts.Modules(status, info, $"{bay}");
            if (!modules.TryGetValue(bay, out var module))
                throw DeviceText.Unreadable($"SHOW INTERCONNECT STATUS {bay}", $"it tells of bay {string.Join(", ", modules.Keys)}");
            return new ModuleLook(module ?? throw new OpsKitException(FailureKind.Failed, $"there is no module in bay {bay} any more", queries.Name), null);
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable)
        {
            return new ModuleLook(null, failure.What);
        }
        catch (OpsKitException failure) when (failure is { Unreadable: true, Target: null })
        {
            throw new OpsKitException(failure.Kind, failure.What, queries.Name, failure.Next, failure) { Unreadable = true };
        }
    }
}
