using OpsKit.Modules.Licensing;

namespace OpsKit.Modules.Tests.Licensing;

/// <summary>Builds what a vCenter would have said, in a few words.</summary>
internal sealed class EstateBuilder(string vCenter = "vc1", string? linkedGroup = null, string? instanceUuid = null)
{
    public static readonly DateTimeOffset Now = new(2011, 8, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly List<License> _licenses = [];
    private readonly List<LicenseAssignment> _assignments = [];
    private readonly List<LicensedHost> _hosts = [];
    private readonly List<SizedMachine> _machines = [];

    public static License EnterprisePlus(string key, int total) =>
        new() { Key = key, EditionKey = "esxEnterprisePlus.vram", Name = "vSphere 5 Enterprise Plus", Total = total, CostUnit = "cpuPackage" };

    public static License Standard(string key, int total) =>
        new() { Key = key, EditionKey = "esxFull.vram", Name = "vSphere 5 Standard", Total = total, CostUnit = "cpuPackage" };

    public static License Evaluation() =>
        new() { Key = LicenseKeyMask.Evaluation, EditionKey = "eval", Name = "Product Evaluation", Total = 0 };

    public EstateBuilder Key(License license)
    {
        _licenses.Add(license);
        return this;
    }

    public EstateBuilder Assign(string entityId, License license, string? scope = null, string? name = null)
    {
        _assignments.Add(new LicenseAssignment(entityId, scope, name, license));
        return this;
    }

    public EstateBuilder Host(
        string name, License? license = null, string? cluster = "blades", string version = "5.0.0", int? sockets = 2, int? cores = 12, string state = "connected",
        string model = "ProLiant BL620c G7", string vendor = "HP", IReadOnlyDictionary<string, string>? settings = null)
    {
        var host = new LicensedHost
        {
            Id = $"host-{name}", Name = name, Cluster = cluster, Version = version, Sockets = sockets, Cores = cores, ConnectionState = state,
            Model = model, Vendor = vendor, Settings = settings ?? new Dictionary<string, string>(),
        };
        _hosts.Add(host);
        if (license is not null)
            _assignments.Add(new LicenseAssignment(host.Id, instanceUuid, name, license));
        return this;
    }

    public EstateBuilder Machine(
        string name, long? gigabytes, string? host = "esx1", string? power = "poweredOn", bool template = false, bool secondary = false, string connection = "connected") =>
        MachineMB(name, gigabytes * 1024, host, power, template, secondary, connection);

    public EstateBuilder MachineMB(
        string name, long? megabytes, string? host = "esx1", string? power = "poweredOn", bool template = false, bool secondary = false, string connection = "connected")
    {
        _machines.Add(new SizedMachine
        {
            Id = $"vm-{_machines.Count + 1}", Name = name, HostId = host is null ? null : $"host-{host}", MemoryMB = megabytes, PowerState = power,
            ConnectionState = connection, IsTemplate = template, IsFaultToleranceSecondary = secondary,
        });
        return this;
    }

    public LicensingState State() => new()
    {
        VCenter = vCenter, LinkedGroup = linkedGroup, InstanceUuid = instanceUuid, ObservedAt = Now,
        Licenses = _licenses, Assignments = _assignments, Hosts = _hosts, Machines = _machines,
    };

    public LicensingEstate Estate() => new([State()]);

    public VramAccount Vram(string? asOf = null, bool includeFt = false) => Vram(Estate(), asOf, includeFt);

    public static VramAccount Vram(LicensingEstate estate, string? asOf = null, bool includeFt = false) =>
        VramCalculator.Calculate(estate, LicensingTablesReader.BuiltIn, new VramOptions { AsOf = asOf, IncludeFaultToleranceSecondaries = includeFt });
}
