using OpsKit.Lab.VCenter.Sessions;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>Who sends a request, as the connection tells.</summary>
internal sealed class Caller(string address, string userAgent, string? sessionKey)
{
    internal string Address => address;

    internal string UserAgent => userAgent;

    /// <summary>What its cookie says; may be that of a session that ended.</summary>
    internal string? SessionKey => sessionKey;

    /// <summary>Set by a login: the answer carries it as a cookie.</summary>
    internal LabSession? NewSession { get; set; }
}
