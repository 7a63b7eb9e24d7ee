namespace OpsKit.Connections.Ssh;

/// <summary>What known_hosts says about a key a host presents.</summary>
public enum HostKeyStanding
{
    /// <summary>The key is on record for the host.</summary>
    Known,

    /// <summary>Nothing is on record for the host.</summary>
    Unknown,

    /// <summary>Keys are on record for the host, and this is none of them.</summary>
    Changed,

    /// <summary>The key is marked <c>@revoked</c>.</summary>
    Revoked,
}

/// <summary>The judgement of a host key and what it rests on.</summary>
/// <param name="Standing">What known_hosts says.</param>
/// <param name="Presented">The key the host presents.</param>
/// <param name="OnRecord">The entries that speak of the host; one of the presented type first.</param>
/// <param name="HasCertificateAuthority">True where an <c>@cert-authority</c> line matches, which OpsKit does not follow.</param>
public sealed record HostKeyJudgement(
    HostKeyStanding Standing,
    SshHostKey Presented,
    IReadOnlyList<KnownHostsEntry> OnRecord,
    bool HasCertificateAuthority);

/// <summary>A line of a known_hosts file and where it stands.</summary>
/// <param name="File">The file's path.</param>
/// <param name="LineNumber">The line's number, from 1.</param>
/// <param name="Line">The line.</param>
public sealed record KnownHostsEntry(string File, int LineNumber, KnownHostsLine Line)
{
    /// <summary>The place as <c>file:line</c>.</summary>
    public string At => $"{File}:{LineNumber}";
}
