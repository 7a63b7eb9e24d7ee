namespace OpsKit.Lab.Estate;

/// <summary>Everything the lab simulates. All state is read and written under <see cref="Gate"/>; nothing blocks while holding it.</summary>
internal sealed class LabEstate(LabClock clock, int seed)
{
    public Lock Gate { get; } = new();

    public LabClock Clock { get; } = clock;

    public Random Random { get; } = new(seed);

    public List<LabVCenter> VCenters { get; } = [];

    public List<LabCluster> Clusters { get; } = [];

    public List<LabHost> Hosts { get; } = [];

    public List<LabMachine> Machines { get; } = [];

    public List<LabDatastore> Datastores { get; } = [];

    public List<LabEnclosure> Enclosures { get; } = [];

    /// <summary>Raised (under the gate) with the thing that changed: property filters and the network listen.</summary>
    public event Action<object>? Changed;

    public void Touch(object thing) => Changed?.Invoke(thing);

    private int _nextId = 100;

    /// <summary>A number for a new managed object, such as 107 for <c>vm-107</c>.</summary>
    public int NextId() => Interlocked.Increment(ref _nextId);
}

internal sealed class LabVCenter
{
    public required string Name { get; init; }
    public required string InstanceUuid { get; init; }
    public string Version { get; set; } = "8.0.3";
    public string Build { get; set; } = "24022515";
    public string ApiVersion { get; set; } = "8.0.3.0";
    public required string Datacenter { get; init; }
    public List<LabLicense> Licenses { get; } = [];
    public List<LabAccount> Accounts { get; } = [];
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromMinutes(30);
}

/// <summary>An account; <see cref="Privileges"/> null for all of them, else the ids it has (<c>System.View</c> …).</summary>
internal sealed record LabAccount(string User, string Password, IReadOnlySet<string>? Privileges = null);

internal sealed record LabLicense(string Key, string EditionKey, string Name, int Total, string CostUnit)
{
    public IReadOnlyList<(string Key, object Value)> Properties { get; init; } = [];
}

internal sealed class LabCluster
{
    public required string Id { get; init; }            // domain-c7
    public required string Name { get; init; }
    public required LabVCenter VCenter { get; init; }

    /// <summary>Its root resource pool, such as <c>resgroup-7</c> of <c>domain-c7</c>.</summary>
    public string ResourcePoolId => "resgroup-" + Id["domain-c".Length..];
    public bool DrsEnabled { get; set; } = true;
    public string DrsBehavior { get; set; } = "fullyAutomated";
    public bool HaEnabled { get; set; } = true;
}

internal sealed class LabDatastore
{
    public required string Id { get; init; }            // datastore-11
    public required string Name { get; init; }
    public required string Url { get; init; }           // ds:///vmfs/volumes/<uuid>/
    public string Type { get; set; } = "VMFS";
    public long CapacityBytes { get; set; } = 2L << 40;
    public long FreeBytes { get; set; } = 1L << 40;
    public List<LabHost> Hosts { get; } = [];
}
