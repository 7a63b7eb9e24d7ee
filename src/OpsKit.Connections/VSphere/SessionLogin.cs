using OpsKit.Connections.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;
using Polly;

namespace OpsKit.Connections.VSphere;

/// <summary>
/// The one place that logs in. A refused login is final: no second attempt is ever made with it. Concurrent callers whose session expired
/// share one new login.
/// </summary>
internal sealed class SessionLogin(
    ISoapInvoker soap,
    ServiceContent content,
    VCenterEndpoint endpoint,
    Func<CancellationToken, Task<string>> revealPassword,
    VSphereErrors errors,
    ResiliencePipeline once,
    TimeProvider clock) : IDisposable
{
    /// <summary>A login that was sent is waited for this long after its caller gave up, so that its session can be ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly VimSessions _sessions = new(soap);
    private readonly VimQueries _queries = new(soap);
    private readonly ManagedObjectReference _manager = content.SessionManager ?? throw new VimProtocolException("the server names no session manager");
    private readonly SemaphoreSlim _one = new(1, 1);
    private OpsKitException? _refused;
    private bool _loggedIn;

    /// <summary>Counts logins: a caller remembers it to say which session its call went with.</summary>
    internal int Generation { get; private set; }

    /// <summary>Whether any call was answered since the last login; before that, "not authenticated" cannot mean "expired".</summary>
    internal bool IsProven { get; set; }

    /// <summary>Key of the session, empty before the login.</summary>
    internal string Key { get; private set; } = "";

    internal string User => endpoint.Credential!.UserName;

    /// <summary>The session's first login; calls come after it.</summary>
    internal async Task LogInAsync(CancellationToken cancellationToken)
    {
        if (_refused is not null)
            throw _refused;
        var password = await revealPassword(cancellationToken).ConfigureAwait(false);
        var session = await SendAsync(password, cancellationToken).ConfigureAwait(false);
        Key = session?.Key ?? "";
        IsProven = false;
        Generation++;
    }

    /// <summary>
    /// Logs in anew where the session that a refused call went with has ended, unless somebody did already. Looking and logging in are one step:
    /// in between, the login of another caller would make the old session look alive.
    /// </summary>
    /// <returns>False where that session lives on: the call was refused for another reason.</returns>
    internal async Task<bool> RenewIfEndedAsync(int seenGeneration, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Generation != seenGeneration)
                return true;
            if (!IsProven || await IsAliveAsync(cancellationToken).ConfigureAwait(false))
                return false;
            await LogInAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends the session, within a bounded time; a session that cannot be ended expires on the server.</summary>
    internal async Task LogoutAsync()
    {
        if (!_loggedIn)
            return;
        _loggedIn = false;
        using var patience = new CancellationTokenSource(Patience, clock);
        await _sessions.LogoutAsync(_manager, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Whether the server still knows the session. One that it forgot has no current session, or is not even told that.</summary>
    private async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        if (content.PropertyCollector is not { } collector)
            return false;
        var current = new PropertyFilterSpec
        {
            PropSet = [new PropertySpec { Type = _manager.Type, PathSet = [SessionManagerProperties.CurrentSession.Path] }],
            ObjectSet = [new ObjectSpec { Obj = _manager }],
        };
        try
        {
            var answer = await _queries.RetrievePropertiesExAsync(collector, [current], new RetrieveOptions(), cancellationToken).ConfigureAwait(false);
            return answer?.Objects.SelectMany(found => found.PropSet).Any(property => property.Val is UserSession) == true;
        }
        catch (VimException)
        {
            return false;
        }
    }

    private async Task<UserSession?> SendAsync(string password, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var login = once.ExecuteAsync(async token => await _sessions.LoginAsync(_manager, User, password, locale: null, token).ConfigureAwait(false), stop.Token).AsTask();
        try
        {
            // Cancelling the request itself would leave open whether a session exists now.
            var session = await login.WaitAsync(cancellationToken).ConfigureAwait(false);
            _loggedIn = true;
            return session;
        }
        catch (VimFaultException e)
        {
            _refused = errors.LoginRefused(User, e);
            throw _refused;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stop.CancelAfter(Patience);
            await ((Task)login).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _loggedIn = login.IsCompletedSuccessfully;
            throw;
        }
    }
}
