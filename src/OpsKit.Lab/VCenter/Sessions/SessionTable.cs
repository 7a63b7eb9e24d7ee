using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.VCenter.Sessions;

/// <summary>The sessions of one vCenter, under the estate's gate. Idle ones end by lab time.</summary>
internal sealed class SessionTable(LabEstate estate, LabVCenter vcenter)
{
    private readonly Dictionary<string, LabSession> _sessions = new(StringComparer.Ordinal);

    private DateTimeOffset Now => estate.Clock.GetUtcNow();

    /// <summary>Those that live.</summary>
    internal IReadOnlyList<LabSession> All
    {
        get
        {
            foreach (var expired in _sessions.Values.Where(IsExpired).ToArray())
                End(expired);
            return [.. _sessions.Values];
        }
    }

    /// <summary>The session of a cookie; null where there is none or it was idle for too long.</summary>
    internal LabSession? Find(string? key)
    {
        if (key is null || !_sessions.TryGetValue(key, out var session))
            return null;
        if (!IsExpired(session))
            return session;
        End(session);
        return null;
    }

    /// <summary>Null where the password is not the account's.</summary>
    internal LabSession? Begin(string user, string password, string? locale, string address, string userAgent)
    {
        var account = vcenter.Accounts.Find(account => string.Equals(account.User, user, StringComparison.OrdinalIgnoreCase));
        if (account is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(account.Password), Encoding.UTF8.GetBytes(password)))
            return null;
        var session = new LabSession(NewKey(), account, Now, address, userAgent) { Locale = locale is { Length: > 0 } ? locale : "en" };
        _sessions.Add(session.Key, session);
        return session;
    }

    internal void End(LabSession session)
    {
        if (_sessions.Remove(session.Key))
            session.End();
    }

    /// <summary>A key as vCenters make them: five groups of hexadecimal digits that begin with 52.</summary>
    internal static string NewKey()
    {
        var hex = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(15));
        return string.Create(CultureInfo.InvariantCulture, $"52{hex[..6]}-{hex[6..10]}-{hex[10..14]}-{hex[14..18]}-{hex[18..]}");
    }

    private bool IsExpired(LabSession session) => session.PendingCalls == 0 && Now - session.LastActive > vcenter.SessionIdleTimeout;
}
