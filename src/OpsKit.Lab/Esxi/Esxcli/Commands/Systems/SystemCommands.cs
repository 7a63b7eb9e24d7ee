using OpsKit.Lab.Esxi.Esxcli.Grammar;
using static OpsKit.Lab.Esxi.Esxcli.Grammar.EsxcliOption;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Systems;

/// <summary>The namespace <c>system</c>, and <c>esxcli</c> that tells of itself.</summary>
internal static class SystemCommands
{
    private static readonly Version V51 = new(5, 1);

    public static IReadOnlyList<EsxcliCommand> List { get; } =
    [
        new("esxcli command", "list", "List all of the esxcli commands that are available.") { Since = V51, IsTable = true, Reads = SystemFacts.Commands },
        new("system version", "get", "Display the product name, version and build information.") { Reads = SystemFacts.Version },
        new("system hostname", "get", "Get the host, domain and fully qualified name of the host.") { Reads = SystemFacts.HostName },
        new("system uuid", "get", "Get the UUID of the installation.") { Reads = SystemFacts.Uuid },
        new("system time", "get", "Display the current system time.") { Reads = SystemFacts.Time },
        new("hardware clock", "get", "Display the current hardware clock time.") { Reads = SystemFacts.Time },
        new("system stats uptime", "get", "Display the number of microseconds the system has been running.") { Reads = SystemFacts.Uptime },
        new("system boot device", "get", "Get the device the host was booted from.") { Reads = SystemFacts.BootDevice },
        new("system module", "list", "List the VMkernel modules that the system knows about.")
        {
            IsTable = true,
            Options = [Boolean("-e", "--enabled", "List only those that are enabled, or are not"), Boolean("-l", "--loaded", "List only those that are loaded, or are not")],
            Reads = Modules.List,
        },
        new("system module", "get", "Show information for a given VMkernel module.")
        {
            Options = [Text("-m", "--module", "The name of the module") with { Required = true }], Reads = Modules.Get,
        },
        new("system settings advanced", "list", "List the advanced options available from the VMkernel.")
        {
            Options =
            [
                Flag("-d", "--delta", "Only display options whose values differ from their default"), Text("-o", "--option", "Only get the information for a single option"),
                Text("-t", "--tree", "Limit the list to a sub tree"),
            ],
            Reads = AdvancedSettings.List,
        },
        new("system settings advanced", "set", "Set the value of an advanced option.")
        {
            Options =
            [
                Flag("-d", "--default", "Reset the option to its default value"), Integer("-i", "--int-value", "The value, of an option that is an integer"),
                Text("-o", "--option", "The name of the option, such as /Net/TcpipHeapSize") with { Required = true }, Text("-s", "--string-value", "The value, of an option that is a string"),
            ],
            Writes = AdvancedSettings.Set,
        },
        new("system maintenanceMode", "get", "Get the maintenance mode state of the system.") { Since = V51, Reads = HostModes.Get },
        new("system maintenanceMode", "set", "Enable or disable maintenance mode.")
        {
            Since = V51, Changes = true, Runs = HostModes.SetAsync,
            Options =
            [
                Boolean("-e", "--enable", "enable maintenance mode") with { Required = true }, Integer("-t", "--timeout", "Time in seconds to wait, 0 for no limit"),
                Text("-m", "--vsanmode", "What to do with data of vSAN") with { Choices = ["ensureObjectAccessibility", "evacuateAllData", "noAction"] },
            ],
        },
        Shutdown("reboot", "Reboot the system. The host must be in maintenance mode.", HostModes.RebootAsync),
        Shutdown("poweroff", "Power off the system. The host must be in maintenance mode.", HostModes.PowerOffAsync),
    ];

    private static EsxcliCommand Shutdown(string verb, string help, Func<EsxcliCall, Task<Values.EsxcliValue>> run) => new("system shutdown", verb, help)
    {
        Since = V51, Changes = true, Runs = run,
        Options = [Integer("-d", "--delay", "Delay interval in seconds"), Text("-r", "--reason", "Reason for performing the operation") with { Required = true }],
    };
}
