using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>What VMware Tools tell of the guest.</summary>
internal static class MachineGuest
{
    public static GuestInfo Of(LabMachine machine)
    {
        var running = IsRunning(machine);
        return new GuestInfo
        {
            ToolsStatus = Status(machine),
            ToolsVersionStatus = "guestToolsUnmanaged",
            ToolsVersionStatus2 = "guestToolsUnmanaged",
            ToolsRunningStatus = running ? "guestToolsRunning" : "guestToolsNotRunning",
            ToolsVersion = "12389",
            GuestId = running ? machine.GuestId : null,
            GuestFamily = running ? Family(machine) : null,
            GuestFullName = running ? machine.GuestFullName : null,
            HostName = running ? HostName(machine) : null,
            IpAddress = running ? machine.Address?.ToString() : null,
            Net = running ? [.. machine.Nics.Select(nic => Nic(machine, nic))] : [],
            Disk = running ? [.. machine.Disks.Select((disk, index) => Disk(machine, disk, index))] : [],
            GuestState = running ? "running" : "notRunning",
            AppHeartbeatStatus = "appStatusGray",
            GuestKernelCrashed = false,
            AppState = "none",
            GuestOperationsReady = running,
            InteractiveGuestOperationsReady = false,
            GuestStateChangeSupported = running,
            HwVersion = machine.HardwareVersion,
        };
    }

    public static VirtualMachineGuestSummary Summary(LabMachine machine) => new()
    {
        GuestId = IsRunning(machine) ? machine.GuestId : null,
        GuestFullName = IsRunning(machine) ? machine.GuestFullName : null,
        ToolsStatus = Status(machine),
        ToolsVersionStatus = "guestToolsUnmanaged",
        ToolsVersionStatus2 = "guestToolsUnmanaged",
        ToolsRunningStatus = IsRunning(machine) ? "guestToolsRunning" : "guestToolsNotRunning",
        HostName = IsRunning(machine) ? HostName(machine) : null,
        IpAddress = IsRunning(machine) ? machine.Address?.ToString() : null,
        HwVersion = machine.HardwareVersion,
    };

    private static bool IsRunning(LabMachine machine) => machine is { PowerState: "poweredOn", ToolsRunning: true };

    private static VirtualMachineToolsStatus Status(LabMachine machine) => IsRunning(machine) ? VirtualMachineToolsStatus.ToolsOk : VirtualMachineToolsStatus.ToolsNotRunning;

    private static bool IsWindows(LabMachine machine) => machine.GuestId.StartsWith("win", StringComparison.Ordinal);

    private static string Family(LabMachine machine) => IsWindows(machine) ? "windowsGuest" : "linuxGuest";

    private static string HostName(LabMachine machine) => $"{machine.Name.Replace('/', '-')}.lab.example";

    private static GuestNicInfo Nic(LabMachine machine, LabVNic nic) => new()
    {
        Network = nic.PortGroup,
        IpAddress = machine.Address is { } address ? [address.ToString()] : [],
        MacAddress = nic.Mac,
        Connected = nic.Connected,
        DeviceConfigId = nic.Key,
    };

    private static GuestDiskInfo Disk(LabMachine machine, LabDisk disk, int index) => new()
    {
        DiskPath = IsWindows(machine) ? $"{(char)('C' + index)}:\\" : index == 0 ? "/" : $"/data{index}",
        Capacity = disk.CapacityKb * 1024,
        FreeSpace = disk.CapacityKb * 1024 - MachineFiles.Used(disk) / 2,
    };
}
