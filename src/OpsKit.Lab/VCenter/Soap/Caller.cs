using OpsKit.Lab.VCenter.Sessions;
using OpsKit.Vim25;

namespace OpsKit.Lab.VCenter.Soap;

/// <summary>Who sends a request, as the connection tells.</summary>
/// <param name="address">Its address.</param>
/// <param name="userAgent">What its client calls itself.</param>
/// <param name="sessionKey">What its cookie says; may be that of a session that ended.</param>
/// <param name="schema">The API version it speaks.</param>
internal sealed class Caller(string address, string userAgent, string? sessionKey, SchemaVersion schema)
{
    internal string Address => address;

    internal string UserAgent => userAgent;

    internal string? SessionKey => sessionKey;

    internal SchemaVersion Schema => schema;

    /// <summary>Set by a login: the answer carries it as a cookie.</summary>
    internal LabSession? NewSession { get; set; }
}
