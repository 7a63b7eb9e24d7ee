using System.Globalization;
using OpsKit.Lab.Esxi.Esxcli.Commands.Network;
using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Hardware;

/// <summary>PCI devices. A FlexNIC port is four functions of one device, whether they have a network or not.</summary>
internal static class PciDevices
{
    public static EsxcliValue List(EsxcliCall call)
    {
        var devices = HostHardware.Info(call.Host).PciDevice.Where(device => IsWanted(device, call.Options.Text("--class")));
        return EsxcliList.OfRecords(devices.Select(device => Record(call, device, call.Host.PNics.First(nic => nic.Pci == device.Id))));
    }

    private static bool IsWanted(HostPciDevice device, string? text)
    {
        if (text is null)
            return true;
        var hexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ushort.TryParse(hexadecimal ? text[2..] : text, hexadecimal ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            ? (ushort)(device.ClassId ?? 0) == wanted
            : throw new EsxcliException($"Invalid PCI class: {text}");
    }

    private static EsxcliRecord Record(EsxcliCall call, HostPciDevice device, LabPNic nic)
    {
        var address = Nics.Address(call, nic.Pci);
        return new EsxcliRecord(
            "PciDevice", address,
            [
                ("Address", address), ("Segment", "0x0000"), ("Bus", Hex((byte)(device.Bus ?? 0), 2)), ("Slot", Hex((byte)(device.Slot ?? 0), 2)), ("Function", Hex((byte)(device.Function ?? 0), 2)),
                ("VMkernel Name", nic.PassthroughActive ? "" : nic.Device), ("Vendor Name", device.VendorName ?? ""), ("Device Name", device.DeviceName ?? ""),
                ("Configured Owner", nic.PassthroughEnabled ? "VM Passthru" : call.IsAtLeast(6) ? "VMkernel" : "Unknown"), ("Current Owner", nic.PassthroughActive ? "VM Passthru" : "VMkernel"),
                ("Vendor ID", Hex((ushort)(device.VendorId ?? 0), 4)), ("Device ID", Hex((ushort)(device.DeviceId ?? 0), 4)), ("SubVendor ID", Hex((ushort)(device.SubVendorId ?? 0), 4)),
                ("SubDevice ID", Hex((ushort)(device.SubDeviceId ?? 0), 4)), ("Device Class", Hex((ushort)(device.ClassId ?? 0), 4)), ("Device Class Name", device.DeviceClassName ?? ""),
                ("Programming Interface", "0x00"), ("Revision ID", "0x02"), ("Interrupt Line", "0x0b"), ("IRQ", 11), ("Interrupt Vector", "0x2b"), ("PCI Pin", "0x00"), ("Spawned Bus", "0x00"),
                ("Flags", "0x3201"), ("Module ID", nic.PassthroughActive ? -1 : 4125), ("Module Name", nic.PassthroughActive ? "None" : nic.Driver), ("Chassis", 0), ("Physical Slot", 0), ("Slot Description", ""),
                ("Passthru Capable", nic.PassthroughCapable), ("Parent Device", device.ParentBridge ?? ""), ("Dependent Device", nic.Pci), ("Reset Method", "Function reset"), ("FPT Sharable", true),
            ]);
    }

    private static string Hex(ushort value, int digits) => "0x" + value.ToString($"x{digits}");
}
