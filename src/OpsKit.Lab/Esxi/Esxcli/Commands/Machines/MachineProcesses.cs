using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Machines;

/// <summary>Running machines as processes.</summary>
internal static class MachineProcesses
{
    public static EsxcliValue List(EsxcliCall call) => EsxcliList.OfRecords(Worlds.Running(call.Estate, call.Host).Select(machine => Record(call.Host, machine)));

    public static EsxcliValue Kill(EsxcliCall call)
    {
        var world = call.Options.Integer("--world-id");
        if (Worlds.Running(call.Estate, call.Host).FirstOrDefault(machine => Worlds.Of(call.Host, machine) == world) is not { } machine)
            throw new EsxcliException($"Unable to find a virtual machine with the world ID {world}");
        machine.PowerState = "poweredOff";
        machine.BootTime = null;
        call.Estate.Touch(machine);
        return EsxcliValue.Done;
    }

    private static EsxcliRecord Record(LabHost host, LabMachine machine)
    {
        var world = Worlds.Of(host, machine);
        return new EsxcliRecord(
            "VirtualMachine", machine.Name,
            [("World ID", world), ("Process ID", 0), ("VMX Cartel ID", world - 1), ("UUID", Pairs(machine.Uuid)), ("Display Name", machine.Name), ("Config File", ConfigFile(machine))]);
    }

    /// <summary><c>42 2d 7b 8f ac 61 51 cc-77 4c 7b ec 91 50 bb 7b</c>.</summary>
    private static string Pairs(string uuid)
    {
        var pairs = uuid.Replace("-", "", StringComparison.Ordinal).Chunk(2).Select(pair => new string(pair)).ToArray();
        return $"{string.Join(' ', pairs.Take(8))}-{string.Join(' ', pairs.Skip(8))}";
    }

    private static string ConfigFile(LabMachine machine)
    {
        var name = machine.Name.Replace('/', '_');
        var volume = machine.Disks.Count > 0 ? machine.Disks[0].Datastore.Url["ds://".Length..].TrimEnd('/') : "/vmfs/volumes/none";
        return $"{volume}/{name}/{name}.vmx";
    }
}
