using OpsKit.Lab.Esxi.Esxcli.Grammar;
using static OpsKit.Lab.Esxi.Esxcli.Grammar.EsxcliOption;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Storage;

/// <summary>The namespace <c>storage</c>.</summary>
internal static class StorageCommands
{
    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        new("storage core adapter", "list", "List all the SCSI host bus adapters on the system.") { IsTable = true, Reads = Devices.Adapters },
        new("storage core device", "list", "List the devices registered with the storage subsystem.") { Options = [Text("-d", "--device", "Limit the output to one device")], Reads = Devices.List },
        new("storage filesystem", "list", "List the volumes available to the host.") { IsTable = true, Reads = Volumes.List },
        new("storage vmfs extent", "list", "List the VMFS extents available on the host.") { IsTable = true, Reads = Volumes.Extents },
        new("storage nfs", "list", "List the NFS volumes currently known to the host.") { IsTable = true, Reads = Volumes.Nfs },
    ];
}
