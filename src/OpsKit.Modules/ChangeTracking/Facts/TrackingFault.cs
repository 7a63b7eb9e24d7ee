using System.Globalization;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>A fault of hosts that makes changed block tracking say too little.</summary>
public sealed record TrackingFault
{
    /// <summary>What it is known by, such as <c>KB 2090639</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The versions that have it: their first two numbers, such as <c>5.1</c>.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>By version, the first build without it; a version that is not here has none that is known.</summary>
    public IReadOnlyDictionary<string, int> MendedIn { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Only disks larger than this have it, in GB; null for any.</summary>
    public int? AboveGb { get; init; }

    /// <summary>What it does.</summary>
    public required string What { get; init; }

    /// <summary>What helps.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether a disk has it.</summary>
    /// <param name="version">The host's version, such as <c>5.1.0</c>.</param>
    /// <param name="build">The host's build; null where it is not known.</param>
    /// <param name="capacityBytes">The disk's size; null where it is not known.</param>
    public bool Concerns(string? version, string? build, long? capacityBytes)
    {
        if (version?.Split('.') is not [var major, var minor, ..] || !Versions.Contains($"{major}.{minor}", StringComparer.Ordinal))
            return false;
        if (MendedIn.TryGetValue($"{major}.{minor}", out var mended) && int.TryParse(build, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= mended)
            return false;
        return AboveGb is not { } gigabytes || capacityBytes is not { } bytes || bytes > (long)gigabytes << 30;
    }
}
