using Microsoft.Extensions.Time.Testing;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Tests.VCenter;

public sealed class InventoryTests
{
    private static readonly ManagedObjectReference Root = new("Folder", "group-d1");

    [Theory]
    [InlineData("Small")]
    [InlineData("Field")]
    public void Every_property_of_every_object_can_be_written(string size)
    {
        var (_, inventory) = Build(size);
        using var _ = inventory;
        var references = inventory.Children(Root).Append(Root).Concat(Managers(inventory)).ToList();
        references.Select(reference => reference.Type).Distinct().Count().ShouldBeGreaterThan(14);
        foreach (var reference in references)
        {
            inventory.TypeOf(reference).ShouldBe(reference.Type);
            foreach (var property in TypeShape.OfManagedObject(reference.Type)!.Fields)
                Write(reference, property.Name, inventory.Property(reference, property.Name));
        }
    }

    [Fact]
    public void Everything_is_below_the_root_folder_once()
    {
        var (estate, inventory) = Build("Field");
        using var _ = inventory;
        var all = inventory.Children(Root).ToList();
        all.ShouldBeUnique();
        all.Count(reference => reference.Type == "VirtualMachine").ShouldBe(estate.Machines.Count);
        all.Count(reference => reference.Type == "HostSystem").ShouldBe(12);
        all.Count(reference => reference.Type == "ClusterComputeResource").ShouldBe(2);
        all.ShouldContain(new ManagedObjectReference("Datacenter", "datacenter-2"));
    }

    [Fact]
    public void Parents_and_children_agree()
    {
        var (_, inventory) = Build("Field");
        using var _ = inventory;
        foreach (var folder in inventory.Children(Root).Append(Root).Where(reference => reference.Type == "Folder"))
        {
            foreach (var child in (IEnumerable<ManagedObjectReference>)inventory.Property(folder, "childEntity")!)
                inventory.Property(child, "parent").ShouldBe(folder);
        }
    }

    [Fact]
    public void Names_are_escaped_as_vcenter_does()
    {
        var (estate, inventory) = Build("Small");
        using var _ = inventory;
        var machine = estate.Machines.Single(machine => machine.Name == "build/agent");
        inventory.Property(machine.Reference(), "name").ShouldBe("build%2fagent");
    }

    [Fact]
    public void Unknown_property_is_invalid() =>
        Should.Throw<LabFaultException>(() => Build("Small").Inventory.Property(Root, "nonsense")).Fault.ShouldBeOfType<InvalidProperty>().Name.ShouldBe("nonsense");

    [Fact]
    public void Unknown_object_is_not_found()
    {
        var inventory = Build("Small").Inventory;
        inventory.TypeOf(new ManagedObjectReference("VirtualMachine", "vm-1")).ShouldBeNull();
        Should.Throw<LabFaultException>(() => inventory.Property(new ManagedObjectReference("VirtualMachine", "vm-1"), "name")).Fault.ShouldBeOfType<ManagedObjectNotFound>();
    }

    [Fact]
    public void A_machine_that_moved_is_on_its_new_host_only()
    {
        var (estate, inventory) = Build("Small");
        using var _ = inventory;
        var machine = estate.Machines[0];
        var (from, to) = (machine.Host, estate.Hosts.First(host => host != machine.Host));
        MachinesOn(inventory, from).ShouldContain(machine.Reference());
        machine.Host = to;
        estate.Touch(machine);
        MachinesOn(inventory, from).ShouldNotContain(machine.Reference());
        MachinesOn(inventory, to).ShouldContain(machine.Reference());
    }

    [Fact]
    public void Changes_are_told_by_object_and_property()
    {
        var (estate, inventory) = Build("Small");
        using var _ = inventory;
        var told = new List<(ManagedObjectReference Reference, string? Name)>();
        inventory.Changed += (reference, name) => told.Add((reference, name));
        estate.Touch(estate.Hosts[0]);
        told.ShouldContain((estate.Hosts[0].Reference(), "runtime"));
        told.ShouldContain((HostSystems.Reference(estate.Hosts[0], "networkSystem"), "networkInfo"));
        told.ShouldAllBe(change => change.Reference.Value.EndsWith(Refs.Number(estate.Hosts[0].Id), StringComparison.Ordinal));
    }

    [Fact]
    public void Disk_tells_its_limit_and_its_mark_of_changed_blocks()
    {
        var (estate, inventory) = Build("Small");
        using var _ = inventory;
        var machine = estate.Machines.Single(machine => machine.Name == "file01");
        machine.Disks[0].IopsLimit = 500;
        var config = (VirtualMachineConfigInfo)inventory.Property(machine.Reference(), "config")!;
        var disk = config.Hardware!.Device.OfType<VirtualDisk>().First();
        disk.StorageIOAllocation!.Limit.ShouldBe(500);
        disk.Backing.ShouldBeOfType<VirtualDiskFlatVer2BackingInfo>().ChangeId.ShouldBe(machine.Disks[0].ChangeId);
        var files = ((VirtualMachineFileLayoutEx)inventory.Property(machine.Reference(), "layoutEx")!).File;
        files.ShouldContain(file => file.Name!.EndsWith("-ctk.vmdk", StringComparison.Ordinal));
    }

    [Fact]
    public void Devices_hang_on_controllers_that_are_there()
    {
        var (estate, inventory) = Build("Field");
        using var _ = inventory;
        foreach (var machine in estate.Machines)
        {
            var devices = ((VirtualMachineConfigInfo)inventory.Property(machine.Reference(), "config")!).Hardware!.Device;
            devices.Select(device => device.Key).ShouldBeUnique();
            foreach (var device in devices.Where(device => device.ControllerKey is not null))
                devices.OfType<VirtualController>().Single(controller => controller.Key == device.ControllerKey).Device.ShouldContain(device.Key!.Value);
        }
    }

    [Fact]
    public void Licence_in_use_counts_processors_or_groups_of_32_cores()
    {
        var (estate, inventory) = Build("Small");
        using var _ = inventory;
        var licenses = (IEnumerable<LicenseManagerLicenseInfo>)inventory.Property(new ManagedObjectReference("LicenseManager", "LicenseManager"), "licenses")!;
        licenses.Single(license => license.LicenseKey == estate.Hosts[0].LicenseKey).Used.ShouldBe(8);
        LicenseView.Assignments(inventory, null).Count.ShouldBe(5);
        LicenseView.Assignments(inventory, estate.Hosts[1].Id).ShouldHaveSingleItem().EntityDisplayName.ShouldBe("esx02.lab.example");
    }

    private static IEnumerable<ManagedObjectReference> MachinesOn(LabInventory inventory, LabHost host) => (IEnumerable<ManagedObjectReference>)inventory.Property(host.Reference(), "vm")!;

    private static IEnumerable<ManagedObjectReference> Managers(LabInventory inventory) =>
        inventory.Places.Hosts.SelectMany(host => HostSystems.All.Select(system => new ManagedObjectReference(system.Type, $"{system.Prefix}-{Refs.Number(host.Id)}")))
            .Concat(inventory.Places.Clusters.Select(cluster => new ManagedObjectReference("EnvironmentBrowser", $"envbrowser-{Refs.Number(cluster.Id)}")))
            .Append(new ManagedObjectReference("TaskManager", "TaskManager"))
            .Append(new ManagedObjectReference("LicenseManager", "LicenseManager"))
            .Append(new ManagedObjectReference("LicenseAssignmentManager", "LicenseAssignmentManager"))
            .Append(new ManagedObjectReference("PerformanceManager", "PerfMgr"))
            .Append(new ManagedObjectReference("EventManager", "EventManager"))
            .Append(new ManagedObjectReference("OptionManager", "VpxSettings"));

    private static void Write(ManagedObjectReference reference, string name, object? value)
    {
        if (value is null)
            return;
        using var stream = new MemoryStream();
        using var writer = VimWriter.Create(stream);
        Should.NotThrow(() =>
        {
            writer.StartEnvelope();
            writer.WriteAny("val", value, required: true);
            writer.EndEnvelope();
        }, $"{reference} {name}");
    }

    private static (LabEstate Estate, LabInventory Inventory) Build(string size)
    {
        var estate = EstateBuilder.Build(Enum.Parse<LabSize>(size), 7, new LabClock(new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)), 1));
        return (estate, new LabInventory(estate, estate.VCenters[0]));
    }
}
