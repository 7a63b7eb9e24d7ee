using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Lab.VCenter.Tasks;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Operations;

/// <summary>Faults of operations and tasks, worded as a vCenter words them.</summary>
internal static class OperationFaults
{
    public static LabFaultException TaskInProgress(LabTask other) =>
        new(new TaskInProgress { Task = other.Reference }, "Another task is already in progress.");

    public static LabFaultException RequestCanceled() => new(new RequestCanceled(), "The task was canceled by a user.");

    public static LabFaultException SystemError(string reason) => new(new SystemError { Reason = reason }, $"A general system error occurred: {reason}");

    public static LabFaultException InvalidState(string message = "The operation is not allowed in the current state.") => new(new InvalidState(), message);

    public static LabFaultException InvalidPowerState(LabMachine machine, string? requested = null) => new(
        new InvalidPowerState { RequestedState = requested is null ? null : new VirtualMachinePowerState(requested), ExistingState = new VirtualMachinePowerState(machine.PowerState) },
        $"The attempted operation cannot be performed in the current state ({Words(machine.PowerState)}).");

    public static LabFaultException InvalidArgument(string property) =>
        new(new InvalidArgument { InvalidProperty = property }, $"A specified parameter was not correct: {property}");

    public static LabFaultException NotFound(string what) => new(new NotFound(), $"The object or item referred to could not be found: {what}");

    public static LabFaultException NotSupported(string what) => new(new NotSupported(), $"The operation is not supported on the object: {what}");

    public static LabFaultException HostNotConnected(LabHost host) =>
        new(new HostNotConnected(), $"Unable to communicate with the remote host, since it is disconnected: {host.Name} is {host.ConnectionState}.");

    public static LabFaultException Timedout() => new(new Timedout(), "Operation timed out.");

    public static LabFaultException InvalidDevice(int index, string why) => new(new InvalidDeviceSpec { DeviceIndex = index, Property = $"virtualDeviceSpec.device[{index}]" }, $"Invalid configuration for device '{index}': {why}");

    public static LabFaultException VmConfig(string reason) => new(new GenericVmConfigFault { Reason = reason }, reason);

    public static LabFaultException FileFault(string file, string why) => new(new FileFault { File = file }, $"Error caused by file {file}: {why}");

    public static LabFaultException NoSpace(LabDatastore datastore, string file) =>
        new(new NoDiskSpace { Datastore = datastore.Name, File = file }, $"There is not enough space on the file system for the selected operation: {datastore.Name}.");

    public static LabFaultException NoPermission(ManagedObjectReference self, string privilege) => new(
        new NoPermission { Object = self, PrivilegeId = privilege, MissingPrivileges = [new NoPermissionEntityPrivileges { Entity = self, PrivilegeIds = [privilege] }] },
        "Permission to perform this operation was denied.");

    public static LabFaultException CannotRunThere(LabMachine machine, string why) =>
        new(new CannotAccessVmDevice { Device = machine.Name, Backing = machine.Disks.Count > 0 ? machine.Disks[0].FileName : "", Connected = true }, why);

    public static LabFaultException NoCompatibleHost(LabMachine machine) => new(new NoCompatibleHost { Host = [machine.Host.Reference()] }, "No host is compatible with the virtual machine.");

    private static string Words(string state) => state switch { "poweredOn" => "Powered on", "poweredOff" => "Powered off", _ => "Suspended" };
}
