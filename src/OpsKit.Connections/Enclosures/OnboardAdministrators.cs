using OpsKit.Connections.Inventory;
using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Enclosures;

/// <summary>
/// The Onboard Administrators of an enclosure, of which one is active: it is found, whichever address the inventory names first, and followed when roles change hands.
/// </summary>
public sealed class OnboardAdministrators : IAsyncDisposable
{
    private const string StatusCommand = "SHOW OA STATUS";

    private readonly Func<EnclosureEndpoint, CancellationToken, Task<SshSession>> _session;
    private readonly Dictionary<string, OaConnection> _connections = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _looking = new(1, 1);
    private EnclosureEndpoint? _active;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="endpoint">The enclosure.</param>
    /// <param name="session">Gives a session with the Onboard Administrator at an endpoint's address that is connected; the giver keeps it.</param>
    public OnboardAdministrators(EnclosureEndpoint endpoint, Func<EnclosureEndpoint, CancellationToken, Task<SshSession>> session)
    {
        Endpoint = endpoint;
        _session = session;
    }

    /// <summary>The enclosure.</summary>
    public EnclosureEndpoint Endpoint { get; }

    /// <summary>Asks the active Onboard Administrator; once more where the connection broke or roles have changed hands meanwhile.</summary>
    /// <param name="command">A command of <see cref="ReadingCommand.Device"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer, without prompts and banners.</returns>
    /// <exception cref="OpsKitException">None can be reached or none is active (Unreachable); the answer is cut short, or none (Failed, <see cref="OpsKitException.Unreadable"/>).</exception>
    public async Task<string> AskAsync(ReadingCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        for (var again = false; ; again = true)
        {
            var active = await ActiveAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var reply = await active.AskAsync(command, cancellationToken).ConfigureAwait(false);
                if (reply.ExitStatus is { } status and not 0)
                    throw new OpsKitException(FailureKind.Failed, $"\"{command.Text}\" ended with status {status}", Endpoint.Name) { Unreadable = true };
                if (!OaRole.IsRefusal(reply.Text))
                    return reply.Text;
                Forget();
                if (again)
                    throw NoneActive([]);
            }
            catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable && !active.Session.IsConnected && !again)
            {
                Forget();
            }
            catch (OpsKitException failure) when (failure.OutcomeUnknown)
            {
                throw new OpsKitException(failure.Kind, $"\"{command.Text}\" was not answered: {failure.What.Replace(": the outcome is unknown", "", StringComparison.Ordinal)}", failure.Target, innerException: failure);
            }
        }
    }

    /// <summary>Sends a command that changes something to the active Onboard Administrator, once. A standby that refused it did nothing: then, and only then, it goes to the other.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Stops waiting; the command may be carried out all the same.</param>
    /// <exception cref="OpsKitException">As <see cref="AskAsync"/>; <see cref="OpsKitException.OutcomeUnknown"/> where the command may have been carried out.</exception>
    public async Task<OaReply> SendAsync(OaCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var reply = await (await LookedAtAsync(cancellationToken).ConfigureAwait(false)).SendAsync(command, cancellationToken).ConfigureAwait(false);
        if (!OaRole.IsRefusal(reply.Text))
            return reply;
        reply = await (await LookedAtAsync(cancellationToken).ConfigureAwait(false)).SendAsync(command, cancellationToken).ConfigureAwait(false);
        return OaRole.IsRefusal(reply.Text) ? throw NoneActive([]) : reply;
    }

    /// <summary>The address of the active one, found anew where it is not known.</summary>
    /// <exception cref="OpsKitException">As <see cref="AskAsync"/>.</exception>
    public async Task<EnclosureEndpoint> ActiveEndpointAsync(CancellationToken cancellationToken)
    {
        await ActiveAsync(cancellationToken).ConfigureAwait(false);
        return _active ?? Endpoint;
    }

    /// <summary>Closes interactive sessions; the SSH sessions are the giver's.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
            await connection.DisposeAsync().ConfigureAwait(false);
        _looking.Dispose();
    }

    private void Forget() => _active = null;

    /// <summary>The active one, asked for its role just now: a change must not meet a broken session or a role that has changed.</summary>
    private async Task<OaConnection> LookedAtAsync(CancellationToken cancellationToken)
    {
        Forget();
        return await ActiveAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<OaConnection> ActiveAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_active is { } known && _connections.TryGetValue(known.Address, out var connection) && connection.Session.IsConnected)
                return connection;
            var reasons = new List<string>();
            foreach (var candidate in Endpoint.OnboardAdministrators)
            {
                if (await IsActiveAsync(candidate, reasons, cancellationToken).ConfigureAwait(false) is not { } found)
                    continue;
                _active = candidate;
                return found;
            }

            throw NoneActive(reasons);
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task<OaConnection?> IsActiveAsync(EnclosureEndpoint candidate, List<string> reasons, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ConnectedAsync(candidate, cancellationToken).ConfigureAwait(false);
            var answer = (await connection.AskAsync(ReadingCommand.Device(StatusCommand), cancellationToken).ConfigureAwait(false)).Text;
            var role = OaRole.Of(answer) ?? throw new OpsKitException(
                FailureKind.Failed, $"does not say which role it has: \"{StatusCommand}\" says \"{Shortened(answer)}\"", $"{candidate.Name} ({candidate.Address})", "check its address in the inventory") { Unreadable = true };
            if (role.Equals(OaRole.Active, StringComparison.OrdinalIgnoreCase))
                return connection;
            reasons.Add($"{candidate.Address} is {role.ToLowerInvariant()}");
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable)
        {
            reasons.Add($"{candidate.Address}: {failure.What}");
        }

        return null;
    }

    private async Task<OaConnection> ConnectedAsync(EnclosureEndpoint candidate, CancellationToken cancellationToken)
    {
        var session = await _session(candidate, cancellationToken).ConfigureAwait(false);
        if (_connections.TryGetValue(candidate.Address, out var connection))
        {
            if (connection.Session == session)
                return connection;
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return _connections[candidate.Address] = new OaConnection(session, candidate.Address);
    }

    private OpsKitException NoneActive(List<string> reasons) => new(
        FailureKind.Unreachable,
        $"no active Onboard Administrator was found{(reasons.Count > 0 ? $": {string.Join("; ", reasons)}" : ": each refused as a standby does")}",
        Endpoint.Name,
        Endpoint.StandbyAddress is null ? "add the other one's address to it in the inventory: standby: ADDRESS" : "roles may be changing hands; that takes some minutes");

    private static string Shortened(string text)
    {
        var line = text.Trim().ReplaceLineEndings("; ");
        return line.Length > 120 ? line[..120] + "…" : line;
    }
}
