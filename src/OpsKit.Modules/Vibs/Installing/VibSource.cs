namespace OpsKit.Modules.Vibs;

/// <summary>The file that VIBs are installed from, and what is in it.</summary>
public sealed record VibSource
{
    /// <summary>As the operator wrote it.</summary>
    public required string Shown { get; init; }

    /// <summary>Its path on this machine; null where it lies on the hosts.</summary>
    public string? LocalPath { get; init; }

    /// <summary>The path of the real bundle or package in a vendor's ZIP; null where the file itself is one.</summary>
    public string? Inner { get; init; }

    /// <summary>Its path on the hosts; null where it is sent there.</summary>
    public string? HostPath { get; init; }

    /// <summary>Whether it is an offline bundle; else a single package.</summary>
    public bool IsBundle { get; init; }

    /// <summary>How many bytes are sent.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of what is sent, in lower-case hexadecimal digits; empty where nothing is.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>What the packages in it say of themselves.</summary>
    public IReadOnlyList<VibDescriptor> Vibs { get; init; } = [];

    /// <summary>What is wrong with it, so that it is not installed.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What the operator should know of it.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
