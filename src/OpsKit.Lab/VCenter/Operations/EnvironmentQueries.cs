using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Soap;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>What environment browsers tell: which values a machine may have, and what it can use on its hosts.</summary>
internal sealed class EnvironmentQueries(OperationContext context)
{
    private static readonly int[] Processors = [.. Enumerable.Range(1, 128)];

    public static void Register(LabOperations operations, OperationContext context)
    {
        var family = new EnvironmentQueries(context);
        operations.Add<QueryConfigOptionRequest>("QueryConfigOption", (_, request) => family.Option(request));
        operations.Add<QueryConfigTargetRequest>("QueryConfigTarget", (_, request) => family.Target(request));
    }

    private VirtualMachineConfigOption Option(QueryConfigOptionRequest request)
    {
        var (hosts, machine) = Scope(request.Self, request.Host);
        var version = request.Key ?? machine?.HardwareVersion ?? "vmx-15";
        if (!version.StartsWith("vmx-", StringComparison.Ordinal) || !int.TryParse(version.AsSpan(4), out var generation) || generation is < 4 or > 21)
            throw OperationFaults.InvalidArgument("key");
        var most = (long)hosts.Max(host => host.MemoryBytes >> 20);
        return new VirtualMachineConfigOption
        {
            Version = version,
            Description = $"Hardware version {generation}",
            GuestOSDescriptor = [Guest(machine)],
            GuestOSDefaultIndex = 0,
            HardwareOptions = new VirtualHardwareOption
            {
                HwVersion = generation, VirtualDeviceOption = [Disk()], DeviceListReadonly = false, NumCPU = Processors, NumCoresPerSocket = Range(1, 64, 1), NumCpuReadonly = false,
                MemoryMB = new LongOption { Min = 4, Max = most, DefaultValue = 4096 }, NumPCIControllers = Range(1, 1, 1), NumIDEControllers = Range(2, 2, 2), NumUSBControllers = Range(0, 1, 0),
                NumUSBXHCIControllers = Range(0, 1, 0), NumSIOControllers = Range(1, 1, 1), NumPS2Controllers = Range(1, 1, 1),
                ResourceConfigOption = new ResourceConfigOption { CpuAllocationOption = Allocation(), MemoryAllocationOption = Allocation() },
            },
            Capabilities = MachineView.Capability(generation),
            Datastore = new DatastoreOption(),
            SupportedMonitorType = ["release", "stats", "debug"],
        };
    }

    private ConfigTarget Target(QueryConfigTargetRequest request)
    {
        var (hosts, _) = Scope(request.Self, request.Host);
        var places = context.Inventory.Places;
        return new ConfigTarget
        {
            NumCpus = hosts.Sum(host => HostHardware.Cores(host) * 2),
            NumCpuCores = hosts.Sum(HostHardware.Cores),
            NumNumaNodes = hosts.Sum(host => host.Sockets),
            MaxCpusPerHost = hosts.Max(host => HostHardware.Cores(host) * 2),
            SmcPresent = false,
            Datastore = [.. places.Datastores.Where(datastore => datastore.Hosts.Exists(hosts.Contains)).Select(Datastore)],
            Network = [.. places.Networks.Where(network => network.Switch is null && network.Hosts.Any(hosts.Contains)).Select(network => new VirtualMachineNetworkInfo { Name = network.Name, Network = NetworkView.Summary(network) })],
            DistributedVirtualPortgroup = [.. places.Networks.Where(network => network.Switch is not null && network.Hosts.Any(hosts.Contains)).Select(PortGroup)],
            MaxMemMBOptimalPerf = (int)hosts.Max(host => host.MemoryBytes >> 20),
            AutoVmotion = true,
        };
    }

    /// <summary>The hosts of the cluster, or the one host asked for, and the machine whose browser it is.</summary>
    private (List<LabHost> Hosts, LabMachine? Machine) Scope(ManagedObjectReference browser, ManagedObjectReference? only)
    {
        var number = Refs.Number(browser.Value);
        var machine = context.Inventory.Resolve("vm-" + number) as LabMachine;
        var cluster = machine?.Host.Cluster ?? context.Inventory.Resolve("domain-c" + number) as LabCluster ?? throw VimFaults.ObjectNotFound(browser);
        return (only is null ? [.. ClusterView.Hosts(context.Inventory, cluster)] : [context.Host(only)], machine);
    }

    private static IntOption Range(int least, int most, int usual) => new() { Min = least, Max = most, DefaultValue = usual };

    private static ResourceAllocationOption Allocation() => new() { SharesOption = new SharesOption { SharesOptionValue = Range(0, 1_000_000, 1000), DefaultLevel = SharesLevel.Normal } };

    private static VirtualDiskOption Disk() => new()
    {
        Type = "VirtualDisk",
        ControllerType = "VirtualSCSIController",
        AutoAssignController = new BoolOption { Supported = true, DefaultValue = true },
        Deprecated = false,
        PlugAndPlay = true,
        HotRemoveSupported = true,
        CapacityInKB = new LongOption { Min = 1, Max = 62L << 30, DefaultValue = 16 << 20 },
        IoAllocationOption = new StorageIOAllocationOption
        {
            LimitOption = new LongOption { Min = DiskEdits.LeastLimit, Max = int.MaxValue, DefaultValue = -1 },
            SharesOption = new SharesOption { SharesOptionValue = Range(200, 4000, 1000), DefaultLevel = SharesLevel.Normal },
        },
    };

    private static GuestOsDescriptor Guest(LabMachine? machine) => new()
    {
        Id = machine?.GuestId ?? "rhel8_64Guest", Family = "linuxGuest", FullName = machine?.GuestFullName ?? "Red Hat Enterprise Linux 8 (64-bit)", SupportedMaxCPUs = 128, NumSupportedPhysicalSockets = 128,
        NumSupportedCoresPerSocket = 64, SupportedMinMemMB = 4, SupportedMaxMemMB = 6_128_640, RecommendedMemMB = 2048, RecommendedColorDepth = 0,
        SupportedDiskControllerList = ["ParaVirtualSCSIController", "VirtualLsiLogicController", "VirtualLsiLogicSASController"], RecommendedDiskController = "ParaVirtualSCSIController", SupportedNumDisks = 60,
        RecommendedDiskSizeMB = 16384, RecommendedCdromController = "VirtualIDEController", SupportedEthernetCard = ["VirtualVmxnet3", "VirtualE1000"], SmcRequired = false, SupportsWakeOnLan = true,
        SupportsVMI = false, SupportsMemoryHotAdd = true, SupportsCpuHotAdd = true, SupportsCpuHotRemove = false, SupportedFirmware = ["bios", "efi"], RecommendedFirmware = "bios", Supports3D = false,
        Recommended3D = false, SmcRecommended = false, Ich7mRecommended = false, UsbRecommended = false, SupportLevel = "supported", SupportedForCreate = true, VRAMSizeInKB = Range(1024, 131_072, 4096),
        NumSupportedFloppyDevices = 2, SupportsPvscsiControllerForBoot = true, DiskUuidEnabled = false, SupportsHotPlugPCI = true,
    };

    private static VirtualMachineDatastoreInfo Datastore(LabDatastore datastore) => new()
    {
        Name = datastore.Name, Datastore = DatastoreView.Summary(datastore), Capability = DatastoreView.Capability(datastore), MaxFileSize = 62L << 40, Mode = "readWrite",
    };

    private static DistributedVirtualPortgroupInfo PortGroup(NetworkPlace network) => new()
    {
        SwitchName = network.Switch!.Name, SwitchUuid = network.Switch.Uuid, PortgroupName = network.Name, PortgroupKey = network.Id, PortgroupType = "earlyBinding", UplinkPortgroup = network.Uplink,
        Portgroup = network.Reference,
    };
}
