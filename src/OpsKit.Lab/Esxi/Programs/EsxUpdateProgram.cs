using System.Globalization;
using OpsKit.Lab.Esxi.Applets;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary><c>esxupdate</c> of 4.x: it lists bulletins; what it is given to install it finds fault with, in its own words and numbers.</summary>
internal static class EsxUpdateProgram
{
    private const int LockedOut = 18;
    private const int NoMetadata = 4;
    private const int BadMetadata = 5;

    public static Task<int> RunAsync(HostCall call)
    {
        var options = call.Words.Where(word => word.StartsWith('-')).ToList();
        var command = call.Words.FirstOrDefault(word => !word.StartsWith('-'));
        switch (command)
        {
            case "query":
                call.Out.Write("----Bulletin ID---- -----Installed----- --------------Summary---------------\n");
                call.Out.Write(string.Create(CultureInfo.InvariantCulture, $"ESXi410-Update02    {call.Host.BootTime:yyyy-MM-ddTHH:mm:ss} VMware ESXi 4.1 Complete Update 2   \n"));
                return Task.FromResult(0);
            case "update" or "scan" or "info" or "stage":
                return Task.FromResult(Refuse(call, command, options.Find(option => option.StartsWith("--bundle=", StringComparison.Ordinal))?["--bundle=".Length..]));
            default:
                call.Out.Write("Usage: esxupdate [options] <update|scan|info|stage|query>\n\nOptions:\n  --bundle=ZIP   Specify an update bundle\n  --maintenancemode   Maintenance mode is not required\n");
                return Task.FromResult(command is null ? 0 : 1);
        }
    }

    private static int Refuse(HostCall call, string command, string? bundle)
    {
        if (bundle is null)
            return Error(call, "MetadataDownloadError", NoMetadata, "Failed to download metadata.", "Message     - No depot or bundle was given");
        if (TreeWalk.Find(call, bundle) is null)
            return Error(call, "MetadataDownloadError", NoMetadata, "Failed to download metadata.", $"Filename    - {bundle}\n  Message     - [Errno 2] No such file or directory: '{bundle}'");
        if (command == "update" && !IsInMaintenance(call))
            return Error(call, "MaintenanceModeError", LockedOut, "System is not in maintenance mode.", "Message     - Maintenance mode is required to update the host");
        return Error(call, "MetadataFormatError", BadMetadata, "The format of the metadata is invalid.", $"Filename    - {bundle}\n  Message     - There is no item named 'vmware.xml' in the archive");
    }

    private static bool IsInMaintenance(HostCall call)
    {
        lock (call.Estate.Gate)
            return call.Host.InMaintenanceMode;
    }

    private static int Error(HostCall call, string name, int number, string description, string data)
    {
        call.Out.Write($"Encountered error {name}:\nThe error data is:\n  {data}\n  Errno       - {number}\n  Description - {description}\n");
        return number;
    }
}
