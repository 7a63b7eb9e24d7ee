namespace OpsKit.Modules.Vibs;

/// <summary>What came of comparing a digest.</summary>
public enum VibDigestStanding
{
    /// <summary>Calculated, and the same.</summary>
    Verified,

    /// <summary>Calculated, and another.</summary>
    Differs,

    /// <summary>Of a kind OpsKit cannot calculate, or its payload could not be read.</summary>
    NotVerified,
}

/// <summary>A digest that a descriptor gives of a payload.</summary>
/// <param name="Algorithm">As the descriptor names it: <c>sha-256</c>, <c>sha-1</c>.</param>
/// <param name="Process">What is done to the payload first: <c>gunzip</c>; empty for nothing, so that it is of the payload as it is stored.</param>
/// <param name="Expected">What the descriptor says, in hexadecimal digits.</param>
public sealed record VibDigest(string Algorithm, string Process, string Expected)
{
    /// <summary>What OpsKit calculated, in lower-case hexadecimal digits; null where it could not.</summary>
    public string? Calculated { get; init; }

    /// <summary>What came of comparing the two.</summary>
    public VibDigestStanding Standing { get; init; } = VibDigestStanding.NotVerified;

    /// <summary>Whether it is of the decompressed payload.</summary>
    public bool OfContent => Process == "gunzip";
}
