using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>
/// <c>ReconfigVM_Task</c>: names and notes, processors and memory, allocations, the flag of changed block tracking, execution modes, extra configuration and
/// devices. Everything is checked before anything is changed.
/// </summary>
internal sealed class MachineReconfiguration(OperationContext context)
{
    private const int MostProcessors = 128;

    public static void Register(LabOperations operations, OperationContext context) =>
        operations.Add<ReconfigVMTaskRequest>("ReconfigVM_Task", new MachineReconfiguration(context).Reconfigure);

    private ManagedObjectReference Reconfigure(LabCall call, ReconfigVMTaskRequest request)
    {
        var machine = context.Machine(request.Self);
        var spec = request.Spec ?? throw OperationFaults.InvalidArgument("spec");
        foreach (var privilege in Privileges(machine, spec).Distinct(StringComparer.Ordinal))
            OperationContext.Demand(call, request.Self, privilege);
        return context.OnMachine(call, request, "VirtualMachine.reconfigure", machine, async run =>
        {
            lock (context.Estate.Gate)
                Check(machine, spec);
            await run.PassAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            context.Change(machine, () =>
            {
                // What was checked a second ago may have changed since.
                Apply(machine, spec, Check(machine, spec));
                context.Modified(machine);
                context.Inventory.Events.Add(new VmReconfiguredEvent { ConfigSpec = spec }, machine, call.Account.User, $"Reconfigured {machine.Name} on {machine.Host.Name} in {context.Inventory.VCenter.Datacenter}");
            });
            return null;
        });
    }

    private static IEnumerable<string> Privileges(LabMachine machine, VirtualMachineConfigSpec spec)
    {
        if (spec.Name is not null)
            yield return "VirtualMachine.Config.Rename";
        if (spec.Annotation is not null)
            yield return "VirtualMachine.Config.Annotation";
        if (spec.NumCPUs is not null)
            yield return "VirtualMachine.Config.CPUCount";
        if (spec.MemoryMB is not null)
            yield return "VirtualMachine.Config.Memory";
        if (spec.CpuAllocation is not null || spec.MemoryAllocation is not null)
            yield return "VirtualMachine.Config.Resource";
        if (spec.ChangeTrackingEnabled is not null)
            yield return "VirtualMachine.Config.ChangeTracking";
        if (spec.Flags is not null)
            yield return "VirtualMachine.Config.Settings";
        if (spec.ExtraConfig.Count > 0)
            yield return "VirtualMachine.Config.AdvancedConfig";
        foreach (var privilege in spec.DeviceChange.SelectMany(change => DeviceEdits.Privileges(machine, change)))
            yield return privilege;
    }

    private DeviceEdits Check(LabMachine machine, VirtualMachineConfigSpec spec)
    {
        OperationContext.DemandConnected(machine.Host);
        if (spec.ChangeVersion is { } version && version != MachineConfig.ChangeVersion(machine))
            throw new LabFaultException(new ConcurrentAccess(), "Another process has modified the configuration of the virtual machine.");
        if (machine.IsTemplate && (spec.ChangeTrackingEnabled is not null || spec.DeviceChange.Count > 0 || spec.NumCPUs is not null || spec.MemoryMB is not null))
            throw OperationFaults.NotSupported($"{machine.Name} is a template");
        if (NotSimulated(spec) is { } field)
            throw OperationFaults.NotSupported(field);
        if (spec.Name is { } name && (name.Length is 0 or > 80))
            throw new LabFaultException(new InvalidName { Name = name, Entity = machine.Reference() }, $"The name '{name}' is invalid.");
        if (spec.Name is { } taken && taken != machine.Name && context.Estate.Machines.Exists(other => other.Name == taken && other.VCenter == machine.VCenter && other.FolderPath == machine.FolderPath))
            throw new LabFaultException(new DuplicateName { Name = taken, Object = context.Estate.Machines.Find(other => other.Name == taken)!.Reference() }, $"The name '{taken}' already exists.");
        CheckSize(machine, spec);
        CheckAllocation(spec.CpuAllocation, "configSpec.cpuAllocation");
        CheckAllocation(spec.MemoryAllocation, "configSpec.memoryAllocation");
        CheckFlags(machine, spec.Flags);
        if (spec.ChangeTrackingEnabled == true && !ChangeTracking.IsSupported(machine))
            throw OperationFaults.NotSupported($"changed block tracking needs hardware version 7, {machine.Name} has {machine.HardwareVersion}");
        return DeviceEdits.Check(context, machine, spec.DeviceChange);
    }

    private static string? NotSimulated(VirtualMachineConfigSpec spec) => spec switch
    {
        { Version: not null } => "configSpec.version",
        { Uuid: not null } or { InstanceUuid: not null } => "configSpec.uuid",
        { VAppConfig: not null } => "configSpec.vAppConfig",
        { FtInfo: not null } => "configSpec.ftInfo",
        { RepConfig: not null } => "configSpec.repConfig",
        { Crypto: not null } => "configSpec.crypto",
        { Firmware: not null } => "configSpec.firmware",
        { BootOptions: not null } => "configSpec.bootOptions",
        { NumCoresPerSocket: > 1 } => "configSpec.numCoresPerSocket",
        { GuestId: not null } => "configSpec.guestId",
        { Files: not null } => "configSpec.files",
        _ => null,
    };

    private static void CheckSize(LabMachine machine, VirtualMachineConfigSpec spec)
    {
        if (spec.NumCPUs is < 1 or > MostProcessors || spec.NumCPUs > machine.Host.Sockets * machine.Host.CoresPerSocket * 2)
            throw OperationFaults.InvalidArgument("configSpec.numCPUs");
        if (spec.MemoryMB is < 4 || (spec.MemoryMB ?? 4) % 4 != 0 || spec.MemoryMB > machine.Host.MemoryBytes >> 20)
            throw OperationFaults.InvalidArgument("configSpec.memoryMB");
        if (machine.PowerState == "poweredOff" || ((spec.NumCPUs ?? machine.Cpus) == machine.Cpus && (spec.MemoryMB ?? machine.MemoryMb) == machine.MemoryMb))
            return;
        if (machine.PowerState == "suspended")
            throw OperationFaults.InvalidPowerState(machine, "poweredOff");
        if (spec.NumCPUs is { } processors && processors != machine.Cpus)
            throw new LabFaultException(new CpuHotPlugNotSupported(), "CPU hot plug is not supported for this virtual machine.");
        if (spec.MemoryMB is { } memory && memory != machine.MemoryMb)
            throw new LabFaultException(new MemoryHotPlugNotSupported(), "Memory hot add is not supported for this virtual machine.");
    }

    private static void CheckAllocation(ResourceAllocationInfo? allocation, string path)
    {
        if (allocation?.Limit is < -1)
            throw OperationFaults.InvalidArgument($"{path}.limit");
        if (allocation?.Reservation is < 0 || (allocation?.Limit is >= 0 && allocation.Reservation > allocation.Limit))
            throw OperationFaults.InvalidArgument($"{path}.reservation");
    }

    private static void CheckFlags(LabMachine machine, VirtualMachineFlagInfo? flags)
    {
        if (flags?.VirtualExecUsage is not (null or "hvAuto" or "hvOn" or "hvOff"))
            throw OperationFaults.InvalidArgument("configSpec.flags.virtualExecUsage");
        if (flags?.VirtualMmuUsage is not (null or "automatic" or "on" or "off"))
            throw OperationFaults.InvalidArgument("configSpec.flags.virtualMmuUsage");
        var changes = (flags?.VirtualExecUsage ?? machine.VirtualExecUsage) != machine.VirtualExecUsage || (flags?.VirtualMmuUsage ?? machine.VirtualMmuUsage) != machine.VirtualMmuUsage;
        if (changes && machine.PowerState != "poweredOff")
            throw OperationFaults.InvalidPowerState(machine, "poweredOff");
    }

    private void Apply(LabMachine machine, VirtualMachineConfigSpec spec, DeviceEdits devices)
    {
        machine.Name = spec.Name is { } name ? Unescaped(name) : machine.Name;
        machine.Annotation = spec.Annotation ?? machine.Annotation;
        machine.Cpus = spec.NumCPUs ?? machine.Cpus;
        machine.MemoryMb = (int?)spec.MemoryMB ?? machine.MemoryMb;
        machine.CpuLimit = spec.CpuAllocation?.Limit ?? machine.CpuLimit;
        machine.CpuReservation = spec.CpuAllocation?.Reservation ?? machine.CpuReservation;
        machine.MemoryLimit = spec.MemoryAllocation?.Limit ?? machine.MemoryLimit;
        machine.MemoryReservation = spec.MemoryAllocation?.Reservation ?? machine.MemoryReservation;
        machine.ChangeTrackingEnabled = spec.ChangeTrackingEnabled ?? machine.ChangeTrackingEnabled;
        machine.VirtualExecUsage = spec.Flags?.VirtualExecUsage ?? machine.VirtualExecUsage;
        machine.VirtualMmuUsage = spec.Flags?.VirtualMmuUsage ?? machine.VirtualMmuUsage;
        foreach (var option in spec.ExtraConfig)
            SetExtra(machine, option);
        devices.Apply(context, machine);
    }

    /// <summary>Keys that the API has properties for are ignored without a word, as the API's description says; an empty value takes a key away.</summary>
    private static void SetExtra(LabMachine machine, OptionValue option)
    {
        if (option.Key is not { Length: > 0 } key || IsConfigurableElsewhere(key))
            return;
        if (option.Value is null or "")
            machine.ExtraConfig.Remove(key);
        else
            machine.ExtraConfig[key] = Convert.ToString(option.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>A disk's bandwidth cap is the one of its scheduler's keys that the API has no field for.</summary>
    private static bool IsConfigurableElsewhere(string key) =>
        (key.StartsWith("sched.", StringComparison.OrdinalIgnoreCase) && !key.EndsWith(".bandwidthCap", StringComparison.OrdinalIgnoreCase))
        || key.EndsWith("ctkEnabled", StringComparison.OrdinalIgnoreCase)
        || key.Equals("numvcpus", StringComparison.OrdinalIgnoreCase)
        || key.Equals("memSize", StringComparison.OrdinalIgnoreCase)
        || key.Equals("displayName", StringComparison.OrdinalIgnoreCase);

    private static string Unescaped(string name) => name.Replace("%2f", "/", StringComparison.OrdinalIgnoreCase).Replace("%5c", "\\", StringComparison.OrdinalIgnoreCase).Replace("%25", "%", StringComparison.Ordinal);
}
