using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

/// <summary>One datacenter with a cluster, its hosts and a flat folder of machines: enough of an inventory for what the protocol does with one.</summary>
internal sealed class TinyInventory(LabEstate estate, LabVCenter vcenter) : ILabInventory
{
    internal static readonly ManagedObjectReference Datacenter = new("Datacenter", "datacenter-2");
    internal static readonly ManagedObjectReference VmFolder = new("Folder", "group-v3");
    internal static readonly ManagedObjectReference HostFolder = new("Folder", "group-h4");
    internal static readonly ManagedObjectReference DatastoreFolder = new("Folder", "group-s5");
    internal static readonly ManagedObjectReference NetworkFolder = new("Folder", "group-n6");

    public event Action<ManagedObjectReference, string?>? Changed;

    internal Dictionary<string, LabFaultException> Unreadable { get; } = new(StringComparer.Ordinal);

    private IEnumerable<LabMachine> Machines => estate.Machines.Where(machine => machine.VCenter == vcenter);

    private IEnumerable<LabHost> Hosts => estate.Hosts.Where(host => host.VCenter == vcenter);

    private IEnumerable<LabCluster> Clusters => estate.Clusters.Where(cluster => cluster.VCenter == vcenter);

    internal static ManagedObjectReference Of(LabMachine machine) => new("VirtualMachine", machine.Id);

    internal static ManagedObjectReference Of(LabHost host) => new("HostSystem", host.Id);

    internal static ManagedObjectReference Of(LabCluster cluster) => new("ClusterComputeResource", cluster.Id);

    internal void Raise(ManagedObjectReference changed, string? property)
    {
        lock (estate.Gate)
            Changed?.Invoke(changed, property);
    }

    public string? TypeOf(ManagedObjectReference reference) => IsThere(reference) ? reference.Type : null;

    public IEnumerable<ManagedObjectReference> Children(ManagedObjectReference container) => container switch
    {
        { Value: "group-d1" } => [Datacenter],
        { Type: "Datacenter" } => [VmFolder, HostFolder, DatastoreFolder, NetworkFolder],
        { Value: "group-v3" } => Machines.Select(Of),
        { Value: "group-h4" } => Clusters.Select(Of),
        { Type: "ClusterComputeResource" } => Hosts.Where(host => host.Cluster.Id == container.Value).Select(Of),
        { Type: "HostSystem" } => Machines.Where(machine => machine.Host.Id == container.Value).Select(Of),
        _ => [],
    };

    public object? Property(ManagedObjectReference reference, string name)
    {
        if (Unreadable.TryGetValue($"{reference.Value}.{name}", out var fault))
            throw fault;
        return reference.Type switch
        {
            "VirtualMachine" => Property(Machines.Single(machine => machine.Id == reference.Value), name),
            "HostSystem" => Property(Hosts.Single(host => host.Id == reference.Value), name),
            "ClusterComputeResource" => Property(Clusters.Single(cluster => cluster.Id == reference.Value), name),
            _ => Place(reference, name),
        };
    }

    private bool IsThere(ManagedObjectReference reference) => reference.Type switch
    {
        "VirtualMachine" => Machines.Any(machine => machine.Id == reference.Value),
        "HostSystem" => Hosts.Any(host => host.Id == reference.Value),
        "ClusterComputeResource" => Clusters.Any(cluster => cluster.Id == reference.Value),
        "Datacenter" => reference == Datacenter,
        "Folder" => reference == WellKnown.RootFolder || new[] { VmFolder, HostFolder, DatastoreFolder, NetworkFolder }.Contains(reference),
        _ => false,
    };

    private object? Place(ManagedObjectReference reference, string name) => (reference.Value, name) switch
    {
        ("group-d1", "name") => "Datacenters",
        ("datacenter-2", "name") => vcenter.Datacenter,
        ("group-v3", "name") => "vm",
        ("group-h4", "name") => "host",
        ("group-s5", "name") => "datastore",
        ("group-n6", "name") => "network",
        ("group-d1", "parent") => null,
        ("datacenter-2", "parent") => WellKnown.RootFolder,
        (_, "parent") => Datacenter,
        ("datacenter-2", "vmFolder") => VmFolder,
        ("datacenter-2", "hostFolder") => HostFolder,
        (_, "childEntity") => Children(reference).ToArray(),
        _ => throw VimFaults.InvalidProperty(name),
    };

    private object? Property(LabCluster cluster, string name) => name switch
    {
        "name" => cluster.Name,
        "parent" => HostFolder,
        "host" => Children(Of(cluster)).ToArray(),
        _ => throw VimFaults.InvalidProperty(name),
    };

    private object? Property(LabHost host, string name) => name switch
    {
        "name" => host.Name,
        "parent" => Of(host.Cluster),
        "vm" => Children(Of(host)).ToArray(),
        "runtime" => new HostRuntimeInfo
        {
            ConnectionState = new HostSystemConnectionState(host.ConnectionState),
            PowerState = HostSystemPowerState.PoweredOn,
            InMaintenanceMode = host.InMaintenanceMode,
        },
        _ => throw VimFaults.InvalidProperty(name),
    };

    private static object? Property(LabMachine machine, string name) => name switch
    {
        "name" => machine.Name,
        "parent" => VmFolder,
        "overallStatus" => ManagedEntityStatus.Green,
        "tag" => machine.Tags.Select(tag => new Tag { Key = tag }).ToArray(),
        "config" => Config(machine),
        "guest" => new GuestInfo { ToolsStatus = VirtualMachineToolsStatus.ToolsOk, GuestState = "running", HostName = machine.Name + ".guest.example", IpAddress = machine.Address?.ToString() },
        "runtime" => new VirtualMachineRuntimeInfo
        {
            Host = Of(machine.Host),
            ConnectionState = VirtualMachineConnectionState.Connected,
            PowerState = new VirtualMachinePowerState(machine.PowerState),
            ToolsInstallerMounted = false,
            NumMksConnections = 0,
            FaultToleranceState = VirtualMachineFaultToleranceState.NotConfigured,
            RecordReplayState = VirtualMachineRecordReplayState.Inactive,
            OnlineStandby = false,
            ConsolidationNeeded = machine.ConsolidationNeeded,
            BootTime = machine.BootTime,
        },
        "datastore" => machine.Disks.Select(disk => new ManagedObjectReference("Datastore", disk.Datastore.Id)).Distinct().ToArray(),
        _ => throw VimFaults.InvalidProperty(name),
    };

    private static VirtualMachineConfigInfo Config(LabMachine machine) => new()
    {
        ChangeVersion = $"{machine.ChangeVersion}",
        Modified = DateTimeOffset.UnixEpoch,
        Name = machine.Name,
        GuestFullName = machine.GuestFullName,
        Version = machine.HardwareVersion,
        Uuid = machine.Uuid,
        InstanceUuid = machine.InstanceUuid,
        Template = machine.IsTemplate,
        GuestId = machine.GuestId,
        AlternateGuestName = "",
        Files = new VirtualMachineFileInfo { VmPathName = $"[ds] {machine.Name}/{machine.Name}.vmx" },
        Flags = new VirtualMachineFlagInfo(),
        DefaultPowerOps = new VirtualMachineDefaultPowerOpInfo(),
        Hardware = new VirtualHardware
        {
            NumCPU = machine.Cpus,
            MemoryMB = machine.MemoryMb,
            Device = [.. machine.Disks.Select(disk => new VirtualDisk
            {
                Key = disk.Key,
                CapacityInKB = disk.CapacityKb,
                UnitNumber = disk.Unit,
                Backing = new VirtualDiskFlatVer2BackingInfo { FileName = disk.FileName, DiskMode = disk.DiskMode },
            })],
        },
        ChangeTrackingEnabled = machine.ChangeTrackingEnabled,
    };
}
