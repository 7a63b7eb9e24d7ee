namespace OpsKit.Modules.Vibs;

/// <summary>The software of an ESXi host, as it was read.</summary>
public sealed record HostSoftware
{
    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>Its version, such as 5.0.0.</summary>
    public required Version Version { get; init; }

    /// <summary>Its build, such as <c>623860</c>.</summary>
    public required string Build { get; init; }

    /// <summary>Its acceptance level; null where it named one this version does not know.</summary>
    public VibAcceptanceLevel? Acceptance { get; init; }

    /// <summary>Whether it starts by UEFI Secure Boot, so that it takes signed VIBs alone; null where it did not say, as before 6.5.</summary>
    public bool? SecureBoot { get; init; }

    /// <summary>The image profile's name; it begins with <c>(Updated) </c> once a VIB was changed.</summary>
    public string Profile { get; init; } = "";

    /// <summary>The VIBs that run, by name.</summary>
    public IReadOnlyList<InstalledVib> Vibs { get; init; } = [];

    /// <summary>The VIBs that the next restart brings; null where none is pending.</summary>
    public IReadOnlyList<InstalledVib>? Pending { get; init; }

    /// <summary>Its file systems that are mounted.</summary>
    public IReadOnlyList<HostVolume> Volumes { get; init; } = [];

    /// <summary>Whether it is in maintenance mode.</summary>
    public bool InMaintenanceMode { get; init; }

    /// <summary>How long it has run; null where it did not say.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>The virtual machines that run on it.</summary>
    public IReadOnlyList<string> Running { get; init; } = [];

    /// <summary>Whether it has <c>esxcli system maintenanceMode</c> and <c>system shutdown</c>: since 5.1.</summary>
    public bool HasModes => Version >= new Version(5, 1);

    /// <summary>The installed VIB of a name; null where there is none.</summary>
    public InstalledVib? Find(string name) => Vibs.FirstOrDefault(vib => vib.Name == name);
}

/// <summary>A file system of a host.</summary>
/// <param name="Path">Where it is, such as <c>/vmfs/volumes/4f0…</c>.</param>
/// <param name="Name">The datastore's name; empty for boot banks.</param>
/// <param name="Type">Such as <c>VMFS-5</c>, <c>NFS</c> or <c>vfat</c>.</param>
/// <param name="FreeBytes">What is free; null where the host did not say.</param>
public sealed record HostVolume(string Path, string Name, string Type, long? FreeBytes);
