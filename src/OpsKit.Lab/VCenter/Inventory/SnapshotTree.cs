using System.Globalization;
using OpsKit.Lab.Estate;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Inventory;

/// <summary>Snapshots of machines.</summary>
internal static class SnapshotTree
{
    /// <summary>All snapshots of a machine, parents before children.</summary>
    public static IEnumerable<LabSnapshot> All(LabMachine machine) => machine.Snapshots.SelectMany(Branch);

    public static IEnumerable<LabSnapshot> Branch(LabSnapshot root) => root.Children.SelectMany(Branch).Prepend(root);

    public static VirtualMachineSnapshotInfo? Info(LabMachine machine) => machine.Snapshots.Count == 0 ? null : new VirtualMachineSnapshotInfo
    {
        CurrentSnapshot = machine.CurrentSnapshot?.Reference(),
        RootSnapshotList = [.. machine.Snapshots.Select(snapshot => Tree(machine, snapshot))],
    };

    public static object? Property(SnapshotPlace place, string name) => name switch
    {
        "config" => MachineConfig.Of(place.Machine, place.Snapshot.Disks.Count > 0 ? place.Snapshot.Disks : place.Machine.Disks),
        "childSnapshot" => place.Snapshot.Children.Select(child => child.Reference()).List(),
        "vm" => place.Machine.Reference(),
        _ => null,
    };

    private static VirtualMachineSnapshotTree Tree(LabMachine machine, LabSnapshot snapshot) => new()
    {
        Snapshot = snapshot.Reference(),
        Vm = machine.Reference(),
        Name = snapshot.Name,
        Description = snapshot.Description,
        Id = int.Parse(Refs.Number(snapshot.Id), CultureInfo.InvariantCulture),
        CreateTime = snapshot.Created,
        State = new VirtualMachinePowerState(snapshot.PowerState),
        Quiesced = snapshot.Quiesced,
        ChildSnapshotList = [.. snapshot.Children.Select(child => Tree(machine, child))],
        ReplaySupported = false,
    };
}
