using OpsKit.Vim25.Types;

namespace OpsKit.Lab.VCenter.Events;

/// <summary>How a vCenter describes its events: a category and a text for each kind.</summary>
internal static class EventWords
{
    private static readonly (string Key, string Description, string Category, string Text)[] Kinds =
    [
        ("VmPoweredOnEvent", "VM powered on", "info", "{vm.name} on {host.name} in {datacenter.name} is powered on"),
        ("VmPoweredOffEvent", "VM powered off", "info", "{vm.name} on {host.name} in {datacenter.name} is powered off"),
        ("VmSuspendedEvent", "VM suspended", "info", "{vm.name} on {host.name} in {datacenter.name} is suspended"),
        ("VmResettingEvent", "VM resetting", "info", "{vm.name} on {host.name} in {datacenter.name} is reset"),
        ("VmReconfiguredEvent", "VM reconfigured", "info", "Reconfigured {vm.name} on {host.name} in {datacenter.name}"),
        ("VmMigratedEvent", "VM migrated", "info", "Migration of virtual machine {vm.name} from {sourceHost.name} to {host.name} completed"),
        ("DrsVmMigratedEvent", "DRS VM migrated", "info", "DRS migrated {vm.name} from {sourceHost.name} to {host.name} in cluster {computeResource.name}"),
        ("EnteringMaintenanceModeEvent", "Entering maintenance mode", "info", "Host {host.name} in {datacenter.name} has started to enter maintenance mode"),
        ("EnteredMaintenanceModeEvent", "Entered maintenance mode", "info", "Host {host.name} in {datacenter.name} has entered maintenance mode"),
        ("ExitMaintenanceModeEvent", "Exit maintenance mode", "info", "Host {host.name} in {datacenter.name} has exited maintenance mode"),
        ("HostShutdownEvent", "Host shut down", "info", "Shut down of {host.name} in {datacenter.name}"),
        ("HostConnectedEvent", "Host connected", "info", "Connected to {host.name} in {datacenter.name}"),
        ("HostDisconnectedEvent", "Host disconnected", "info", "Disconnected from {host.name} in {datacenter.name}. Reason: {reason}"),
    ];

    public static EventDescription Description { get; } = new()
    {
        Category =
        [
            new ElementDescription { Key = "info", Label = "Information", Summary = "Information" },
            new ElementDescription { Key = "warning", Label = "Warning", Summary = "Warning" },
            new ElementDescription { Key = "error", Label = "Error", Summary = "Error" },
        ],
        EventInfo = [.. Kinds.Select(kind => new EventDescriptionEventDetail
        {
            Key = kind.Key, Description = kind.Description, Category = kind.Category, FormatOnDatacenter = kind.Text, FormatOnComputeResource = kind.Text, FormatOnHost = kind.Text, FormatOnVm = kind.Text, FullFormat = kind.Text,
        })],
    };
}
