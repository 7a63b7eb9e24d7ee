using System.Collections.Concurrent;
using OpsKit.Connections.Resilience;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace OpsKit.Connections.Ssh;

/// <summary>
/// Opens connections: host key judged, algorithms by endpoint, one deadline over name, TCP, key exchange and login, and no more handshakes
/// at once than hosts can bear.
/// </summary>
internal sealed class SshHandshake(KnownHosts knownHosts, SshOptions options, TimeProvider clock, Action<string>? warn) : IDisposable
{
    private readonly SemaphoreSlim _all = new(options.MaxHandshakes, options.MaxHandshakes);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Connects and logs in. Nothing is tried twice but a connection the server dropped before it asked who calls.</summary>
    /// <exception cref="OpsKitException">What went wrong, in the operator's terms.</exception>
    internal async Task<(T Client, SshHostKey HostKey)> ConnectAsync<T>(
        SshTarget target, SshLogin login, Func<ConnectionInfo, T> create, CancellationToken cancellationToken)
        where T : BaseClient
    {
        var turn = _byHost.GetOrAdd($"{target.Host}:{target.Port}", _ => new SemaphoreSlim(options.MaxHandshakesPerHost, options.MaxHandshakesPerHost));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _all.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var door = new Door();
                // sshd drops connections at random when many knock at once (MaxStartups); those may knock again.
                return await OpsKitPipelines.Connect(clock, _ => door.Dropped).ExecuteAsync(
                    async token => await OnceAsync(target, login, create, door, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _all.Release();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (var turn in _byHost.Values)
            turn.Dispose();
    }

    private async Task<(T Client, SshHostKey HostKey)> OnceAsync<T>(
        SshTarget target, SshLogin login, Func<ConnectionInfo, T> create, Door door, CancellationToken cancellationToken)
        where T : BaseClient
    {
        Session? session = null;
        var check = new HostKeyCheck(target, knownHosts);
        var info = new ConnectionInfo(target.Host, target.Port, target.Credential.UserName, login.Methods(seen => session = seen)) { Timeout = target.ConnectTimeout };
        SshAlgorithms.Offer(info, target.Settings.AllowLegacy, knownHosts.KeyTypes(target.Host, target.Port));
        var client = create(info);
        client.HostKeyReceived += (_, received) => check.OnReceived(received);

        var connecting = BlockingCalls.RunAsync(client.Connect);
        try
        {
            await connecting.WaitAsync(target.ConnectTimeout, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Abandon(connecting, client, session);
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
                throw;
            if (check.Refusal is { } refusal)
                throw refusal;
            door.Dropped = !check.Asked && SshFailures.IsDroppedAtTheDoor(e);
            throw SshFailures.OfConnect(target, e);
        }

        info.Timeout = options.SilenceTimeout;
        client.KeepAliveInterval = options.KeepAliveInterval;
        if (SshAlgorithms.IsLegacy(info) && _warned.TryAdd(target.Name, true))
            warn?.Invoke($"{target.Display}: SSH with legacy algorithms ({info.CurrentKeyExchangeAlgorithm}, {info.CurrentHostKeyAlgorithm}, {info.CurrentClientEncryption}), as its allow-legacy setting permits");
        return (client, check.Presented!);
    }

    /// <summary>Ends what still goes on, without waiting for it: a hung server would make us wait.</summary>
    private static void Abandon(Task connecting, BaseClient client, Session? session) => BlockingCalls.Forget(BlockingCalls.RunAsync(() =>
    {
        session?.Dispose();
        connecting.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        client.Dispose();
    }));

    /// <summary>How the last attempt ended: before the server heard who asks, or after.</summary>
    private sealed class Door
    {
        internal bool Dropped { get; set; }
    }
}
