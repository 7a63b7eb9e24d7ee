using OpsKit.Connections.Inventory;

namespace OpsKit.Modules.ChangeTracking;

/// <summary>What changes with versions and products: <c>change-tracking.yaml</c>.</summary>
public sealed record ChangeTrackingFacts
{
    /// <summary>Where it was read from.</summary>
    public required string Source { get; init; }

    /// <summary>Known faults of hosts.</summary>
    public IReadOnlyList<TrackingFault> Faults { get; init; } = [];

    /// <summary>How backups call their snapshots; <c>*</c> and <c>?</c> stand for any text.</summary>
    public IReadOnlyList<string> BackupSnapshots { get; init; } = [];

    /// <summary>Extensions whose machines are not to be changed by others; <c>*</c> and <c>?</c> stand for any text.</summary>
    public IReadOnlyList<string> LeftAlone { get; init; } = [];

    /// <summary>Whether machines that an extension keeps are not to be changed.</summary>
    public bool LeavesAlone(string extension) => LeftAlone.Any(pattern => GlobPattern.Matches(pattern, extension));

    /// <summary>Whether a snapshot is a backup's, by its name.</summary>
    public bool IsBackup(string snapshot) => BackupSnapshots.Any(pattern => GlobPattern.Matches(pattern, snapshot));
}
