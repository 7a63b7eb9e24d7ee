namespace OpsKit.Modules.Licensing;

/// <summary>What one vCenter (or one ESXi host spoken to directly) said about licences, hosts and virtual machines at one moment.</summary>
public sealed record LicensingState
{
    /// <summary>The vCenter's name in the inventory.</summary>
    public required string VCenter { get; init; }

    /// <summary>The Linked Mode group it belongs to, or null. Keys and pools of a group are one.</summary>
    public string? LinkedGroup { get; init; }

    /// <summary>The vCenter's own identity (<c>about.instanceUuid</c>), or null where it tells none (before 4.0, ESXi).</summary>
    public string? InstanceUuid { get; init; }

    /// <summary>When it was observed.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The licences in its inventory, assigned or not.</summary>
    public IReadOnlyList<License> Licenses { get; init; } = [];

    /// <summary>Which licence is assigned to what.</summary>
    public IReadOnlyList<LicenseAssignment> Assignments { get; init; } = [];

    /// <summary>Its hosts.</summary>
    public IReadOnlyList<LicensedHost> Hosts { get; init; } = [];

    /// <summary>Its virtual machines, templates among them.</summary>
    public IReadOnlyList<SizedMachine> Machines { get; init; } = [];

    /// <summary>The pool's place: the Linked Mode group where there is one, else the vCenter.</summary>
    public string Site => LinkedGroup ?? VCenter;
}

/// <summary>A licence key and what it stands for (<c>LicenseManagerLicenseInfo</c>).</summary>
public sealed record License
{
    /// <summary>The key itself. A secret to most: see <see cref="LicenseKeyMask"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The server's edition key, such as <c>esxEnterprisePlus.vram</c>; empty where it sent none.</summary>
    public string EditionKey { get; init; } = "";

    /// <summary>Display name, such as <c>vSphere 5 Enterprise Plus</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many units the key holds; 0 means unlimited or evaluation, never none. Null where the server sent nothing.</summary>
    public int? Total { get; init; }

    /// <summary>How many units are in use, or null where the server does not say.</summary>
    public int? Used { get; init; }

    /// <summary>The unit counted, such as <c>cpuPackage</c> or <c>cpuPackage:32core</c>; may be empty.</summary>
    public string CostUnit { get; init; } = "";

    /// <summary>The product, such as <c>VMware ESX Server</c>, or null.</summary>
    public string? ProductName { get; init; }

    /// <summary>When it expires, or null where it does not.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Labels operators gave it, as <c>key=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>A licence in use by a host, a cluster or a vCenter (<c>LicenseAssignmentManagerLicenseAssignment</c>).</summary>
/// <param name="EntityId">The entity's reference value (<c>host-21</c>) or a vCenter's instance UUID.</param>
/// <param name="Scope">Instance UUID of the vCenter the entity belongs to; null or empty where the server does not say.</param>
/// <param name="EntityName">The entity's display name, or null.</param>
/// <param name="License">The licence.</param>
public sealed record LicenseAssignment(string EntityId, string? Scope, string? EntityName, License License);

/// <summary>A host as far as licences care.</summary>
public sealed record LicensedHost
{
    /// <summary>Reference value, such as <c>host-21</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its cluster's name, or null for a standalone host.</summary>
    public string? Cluster { get; init; }

    /// <summary>Version of ESX or ESXi, such as <c>4.1.0</c>; null where unknown.</summary>
    public string? Version { get; init; }

    /// <summary><c>connected</c>, <c>disconnected</c> or <c>notResponding</c>; null where unknown.</summary>
    public string? ConnectionState { get; init; }

    /// <summary>Processor packages, or null where the hardware is not known.</summary>
    public int? Sockets { get; init; }

    /// <summary>Physical cores of all packages, or null where the hardware is not known.</summary>
    public int? Cores { get; init; }

    /// <summary>Hardware vendor, or null.</summary>
    public string? Vendor { get; init; }

    /// <summary>Hardware model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>Advanced settings that were asked for, by name; others are absent.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The server answers for it now. An unknown state counts as connected: vCenter is the one that answers.</summary>
    public bool IsConnected => ConnectionState is null or "" or "connected";
}

/// <summary>A virtual machine as far as licences care.</summary>
public sealed record SizedMachine
{
    /// <summary>Reference value, such as <c>vm-42</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, as hostile as users make names.</summary>
    public required string Name { get; init; }

    /// <summary>Reference value of its host, or null where it has none.</summary>
    public string? HostId { get; init; }

    /// <summary>Configured memory in MB, or null where the server did not say.</summary>
    public long? MemoryMB { get; init; }

    /// <summary><c>poweredOn</c>, <c>poweredOff</c> or <c>suspended</c>; null where unknown.</summary>
    public string? PowerState { get; init; }

    /// <summary><c>connected</c>, or why its state is not known (<c>inaccessible</c>, <c>orphaned</c>, …); null where not said.</summary>
    public string? ConnectionState { get; init; }

    /// <summary>It is a template.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>It is the secondary of a Fault Tolerance pair.</summary>
    public bool IsFaultToleranceSecondary { get; init; }
}
