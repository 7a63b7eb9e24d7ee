namespace OpsKit.Cli.Commands.Trust;

/// <summary>A certificate or host key that is trusted, or could be.</summary>
/// <param name="Kind"><c>certificate</c> or <c>host key</c>.</param>
/// <param name="Address">Host and port it is for.</param>
/// <param name="Fingerprint">SHA-256: hex for a certificate, <c>SHA256:…</c> for a host key.</param>
/// <param name="Facts">What an operator should see before deciding, a label and a value each.</param>
internal sealed record TrustEntry(string Kind, string Address, string Fingerprint, IReadOnlyList<(string Label, string Value)> Facts)
{
    public const string Certificate = "certificate";
    public const string HostKey = "host key";

    /// <summary>The day it was added; null where that is not recorded.</summary>
    public DateOnly? Added { get; init; }

    /// <summary>The subject of a certificate, the algorithm of a key.</summary>
    public string? Comment { get; init; }
}
