namespace OpsKit.Modules.Vibs;

/// <summary>What an offline bundle says of itself. What is empty or null is taken from its packages.</summary>
public sealed record VibBundleOptions
{
    /// <summary>The bulletin's id; empty for that of the first package's vendor, name and version, such as <c>ACME-net-tulip-1.0.0-1</c>.</summary>
    public string Bulletin { get; init; } = "";

    /// <summary>Who makes it; empty for the first package's vendor.</summary>
    public string Vendor { get; init; } = "";

    /// <summary>One line about it; empty for the first package's.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The versions it offers itself to, such as <c>6.*</c>; empty for those that all of its packages can go on.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];
}

/// <summary>A bundle that was made.</summary>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of the whole file, in lower-case hexadecimal digits.</param>
public sealed record VibBundled(long Bytes, string Sha256);
