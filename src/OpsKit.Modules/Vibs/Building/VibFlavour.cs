namespace OpsKit.Modules.Vibs;

/// <summary>
/// Which hosts a package is made for. They differ in the digests they want: older ones take the last SHA-256 of a payload for that of the payload as it is
/// stored, newer ones want one of its decompressed content as well. No package is right for both.
/// </summary>
public enum VibFlavour
{
    /// <summary>ESXi 5.0 to 7.x: SHA-256 of the payload as stored, SHA-1 of its content.</summary>
    ThroughEsxi7,

    /// <summary>ESXi 8.0 and later: SHA-256 of the content besides.</summary>
    FromEsxi8,
}
