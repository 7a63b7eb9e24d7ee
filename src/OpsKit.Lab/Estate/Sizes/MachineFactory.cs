namespace OpsKit.Lab.Estate;

/// <summary>How a new machine is to be; the rest follows from its host.</summary>
internal sealed record MachineModel(string Name, string Folder, int Cpus, int MemoryMb, string Network, IReadOnlyList<(int Gb, LabDatastore On)> Disks)
{
    public string GuestId { get; init; } = "rhel8_64Guest";
    public string GuestFullName { get; init; } = "Red Hat Enterprise Linux 8 (64-bit)";
    public string HardwareVersion { get; init; } = "vmx-15";
    public string PowerState { get; init; } = "poweredOn";
    public bool Template { get; init; }
    public int DemandIops { get; init; } = 50;
    public int IoSizeKb { get; init; } = 8;
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Makes virtual machines.</summary>
internal static class MachineFactory
{
    public static LabMachine Machine(this LabEstate estate, LabHost host, MachineModel model)
    {
        var number = estate.Machines.Count;
        var running = model.PowerState == "poweredOn" && !model.Template;
        var machine = new LabMachine
        {
            Id = $"vm-{estate.NextId()}",
            Name = model.Name,
            VCenter = host.VCenter,
            Host = host,
            FolderPath = model.Folder,
            Uuid = "42" + estate.Uuid()[2..],
            InstanceUuid = "50" + estate.Uuid()[2..],
            HardwareVersion = model.HardwareVersion,
            GuestId = model.GuestId,
            GuestFullName = model.GuestFullName,
            IsTemplate = model.Template,
            PowerState = model.Template ? "poweredOff" : model.PowerState,
            Cpus = model.Cpus,
            MemoryMb = model.MemoryMb,
            ToolsRunning = running,
            Address = model.Template ? null : EstateParts.MachineAddress(number),
            Modified = host.BootTime + TimeSpan.FromMinutes(5),
            DemandIops = model.DemandIops,
            IoSizeKb = model.IoSizeKb,
            BootTime = running ? host.BootTime + TimeSpan.FromMinutes(10 + estate.Random.Next(600)) : null,
        };
        machine.Tags.AddRange(model.Tags);
        foreach (var (gb, datastore) in model.Disks)
            estate.AddDisk(machine, gb, datastore);
        machine.Nics.Add(new LabVNic { Key = 4000, Mac = $"00:50:56:9{number >> 16:x}:{(number >> 8) & 0xff:x2}:{number & 0xff:x2}", PortGroup = model.Network, Connected = running });
        estate.Machines.Add(machine);
        return machine;
    }

    public static LabDisk AddDisk(this LabEstate estate, LabMachine machine, int gb, LabDatastore datastore)
    {
        var index = machine.Disks.Count;

        // Unit 7 of a SCSI bus is the controller itself.
        var unit = index % 15 < 7 ? index % 15 : index % 15 + 1;
        var disk = machine.AddDisk(gb, datastore, 1000 + index / 15, unit);
        disk.ThinProvisioned = estate.Random.Next(3) == 0;
        datastore.FreeBytes = Math.Max(datastore.FreeBytes - disk.CapacityKb * 1024, datastore.CapacityBytes / 20);
        return disk;
    }

    /// <summary>A disk at a place of its own.</summary>
    public static LabDisk AddDisk(this LabMachine machine, int gb, LabDatastore datastore, int controller, int unit)
    {
        var folder = machine.Name.Replace('/', '_');
        var number = 1;
        while (machine.Disks.Exists(other => other.Label == $"Hard disk {number}"))
            number++;
        var disk = new LabDisk
        {
            Key = 2000 + (controller - 1000) * 16 + unit,
            Label = $"Hard disk {number}",
            ControllerKey = controller,
            Unit = unit,
            CapacityKb = (long)gb << 20,
            Datastore = datastore,
            FileName = $"[{datastore.Name}] {folder}/{folder}{(number == 1 ? "" : $"_{number - 1}")}.vmdk",
        };
        machine.Disks.Add(disk);
        return disk;
    }
}
