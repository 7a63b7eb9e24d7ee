namespace OpsKit.Modules.Vibs;

/// <summary>A package (a <c>.vib</c> file) as it was read: what it says of itself, and what was found in it.</summary>
/// <param name="Origin">The file's name, or its path in the bundle.</param>
/// <param name="Descriptor">What it says of itself.</param>
public sealed record VibPackage(string Origin, VibDescriptor Descriptor)
{
    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the whole file, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The payloads of the descriptor, with what was found of each.</summary>
    public IReadOnlyList<VibPayload> Payloads { get; init; } = [];

    /// <summary>Size of the signature in bytes: 0 for an unsigned package, null where not even the empty place for it is there. It is not verified.</summary>
    public long? SignatureBytes { get; init; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<VibProblem> Problems { get; init; } = [];

    /// <summary>Whether nothing is wrong that would have a host refuse it.</summary>
    public bool IsSound => Problems.All(problem => problem.Severity != VibProblemSeverity.Error);
}
