using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Sessions;

/// <summary>The session manager's operations, under the estate's gate.</summary>
internal sealed class SessionOperations(SessionTable sessions)
{
    /// <exception cref="LabFaultException">InvalidLogin: wrong, or there is a session already. InvalidLocale: not one that is spoken here.</exception>
    internal UserSession Login(LoginRequest request, LabSession? current, Caller caller)
    {
        if (request.Locale is { Length: > 0 } locale && !locale.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            throw new LabFaultException(new InvalidLocale(), $"The locale {locale} is not supported.");
        var session = current is null ? sessions.Begin(request.UserName!, request.Password!, request.Locale, caller.Address, caller.UserAgent) : null;
        caller.NewSession = session ?? throw VimFaults.InvalidLogin();
        return session.Describe();
    }

    internal bool IsActive(SessionIsActiveRequest request) =>
        sessions.Find(request.SessionID) is { } session && string.Equals(session.Account.User, request.UserName, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="LabFaultException">NotFound: no such session. InvalidArgument: one's own is ended by logging out.</exception>
    internal void Terminate(TerminateSessionRequest request, LabSession own)
    {
        var others = request.SessionId.Select(key => sessions.Find(key) ?? throw new LabFaultException(new NotFound(), "The object or item referred to could not be found.")).ToArray();
        if (others.Contains(own))
            throw VimFaults.InvalidArgument("sessionId");
        foreach (var other in others)
            sessions.End(other);
    }
}
