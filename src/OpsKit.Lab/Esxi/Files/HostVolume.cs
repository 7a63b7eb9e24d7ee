namespace OpsKit.Lab.Esxi.Files;

/// <summary>A file system of a host: its own memory disk at <c>/</c>, or a datastore.</summary>
/// <param name="Path">Where the host has it.</param>
/// <param name="Folder">Where it is on this machine.</param>
/// <param name="Room">What it takes.</param>
internal sealed record HostVolume(string Path, string Folder, HostRoom Room)
{
    /// <summary>A second name it is found by, such as <c>/vmfs/volumes/ds01</c>.</summary>
    public string? Alias { get; init; }

    /// <summary><c>visorfs</c>, <c>VMFS-5</c>, <c>NFS</c> …</summary>
    public string Type { get; init; } = "visorfs";

    /// <summary>What it says its size and free space are, where that is not how much it takes in fact.</summary>
    public Func<(long Bytes, long Free)>? Shown { get; init; }
}
