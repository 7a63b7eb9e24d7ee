namespace OpsKit.Modules.NetworkAudit;

/// <summary>A port that a product listens on by its documentation.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="First">The port, or the first of a range: 1 to 65535.</param>
/// <param name="Last">The port, or the last of a range.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="From">Who connects; null where that is not documented.</param>
/// <param name="Source">Where it is documented.</param>
public sealed record DocumentedPort(string Protocol, int First, int Last, string Purpose, string? From, string Source)
{
    /// <summary>The first version it is documented for; null for all from the beginning.</summary>
    public Version? Since { get; init; }

    /// <summary>The last version it is documented for, with all that follow it behind a further point; null for all to come.</summary>
    public Version? Until { get; init; }

    /// <summary>Whether it is documented for a version.</summary>
    /// <param name="version">Such as 5.0.0.</param>
    public bool IsFor(Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return (Since is null || Cut(version, Since).CompareTo(Since) >= 0) && (Until is null || Cut(version, Until).CompareTo(Until) <= 0);
    }

    /// <summary>5.0.0 is 5.0 where a limit says 5.0.</summary>
    private static Version Cut(Version version, Version limit) =>
        limit.Build >= 0 ? new Version(version.Major, version.Minor, Math.Max(0, version.Build)) : new Version(version.Major, version.Minor);
}

/// <summary>The ports of a product by its documentation.</summary>
/// <param name="Product"><c>esxi</c> or <c>esx</c>.</param>
/// <param name="Source">Where the list was read from: a file, or <c>built in</c>.</param>
/// <param name="Ports">The ports.</param>
public sealed record DocumentedPorts(string Product, string Source, IReadOnlyList<DocumentedPort> Ports);
