using System.Collections.Concurrent;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>The doors of a run: one session a vCenter, opened when first asked for, closed with the run.</summary>
public sealed class RunDoors : IPlanningDoors, IAsyncDisposable
{
    private readonly Func<VCenterEndpoint, CancellationToken, Task<VSphereSession>> _open;
    private readonly ConcurrentDictionary<string, Lazy<Task<VSphereSession>>> _sessions = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Opens nothing yet.</summary>
    /// <param name="estate">The inventory.</param>
    /// <param name="jumpHost">The jump host.</param>
    /// <param name="open">Opens a session.</param>
    public RunDoors(Estate estate, JumpHost jumpHost, Func<VCenterEndpoint, CancellationToken, Task<VSphereSession>> open)
    {
        Estate = estate;
        JumpHost = jumpHost;
        _open = open;
    }

    /// <inheritdoc/>
    public Estate Estate { get; }

    /// <inheritdoc/>
    public JumpHost JumpHost { get; }

    /// <inheritdoc/>
    public async Task<VSphereQueries> QueriesAsync(string vCenter, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(vCenter, cancellationToken).ConfigureAwait(false);
        return new VSphereQueries(session.Endpoint.Name, session.Queries, session.Content, session.Properties, session.About);
    }

    /// <summary>Logs out everywhere.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (var session in _sessions.Values.Where(session => session.IsValueCreated))
        {
            var opened = session.Value;
            await ((Task)opened).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opened.IsCompletedSuccessfully)
                await (await opened.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }

        _closing.Dispose();
    }

    internal IApplyingDoors ForChange(string? note, Action<string, double?> progress, Action<string> remember, Func<string, CancellationToken, Task<bool>> ask) =>
        new ChangeDoors(this, note, progress, remember, ask);

    private async Task<VSphereSession> SessionAsync(string vCenter, CancellationToken cancellationToken)
    {
        if (Estate.Find(vCenter) is not VCenterEndpoint endpoint)
            throw new OpsKitException(FailureKind.Usage, $"there is no vCenter called \"{vCenter}\" in {Estate.Source}", next: "opskit inventory show lists the names");
        var opening = _sessions.GetOrAdd(endpoint.Name, _ => new Lazy<Task<VSphereSession>>(() => _open(endpoint, _closing.Token)));
        try
        {
            return await opening.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OpsKitException failure) when (failure.Kind == FailureKind.Unreachable)
        {
            // A vCenter that was away may be back for the next target; a refused login is not tried again.
            _sessions.TryRemove(new KeyValuePair<string, Lazy<Task<VSphereSession>>>(endpoint.Name, opening));
            throw;
        }
    }

    private sealed class ChangeDoors(
        RunDoors doors, string? note, Action<string, double?> progress, Action<string> remember, Func<string, CancellationToken, Task<bool>> ask) : IApplyingDoors
    {
        public Estate Estate => doors.Estate;

        public JumpHost JumpHost => doors.JumpHost;

        public string? Note => note;

        public Task<VSphereQueries> QueriesAsync(string vCenter, CancellationToken cancellationToken) => doors.QueriesAsync(vCenter, cancellationToken);

        public Task<VSphereSession> SessionAsync(string vCenter, CancellationToken cancellationToken) => doors.SessionAsync(vCenter, cancellationToken);

        public void Progress(string text, double? share = null) => progress(text, share);

        public Task<bool> AskAsync(string instructions, CancellationToken cancellationToken) => ask(instructions, cancellationToken);

        public void Remember(string fact) => remember(fact);
    }
}
