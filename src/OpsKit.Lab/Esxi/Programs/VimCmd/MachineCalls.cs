using System.Globalization;
using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;

namespace OpsKit.Lab.Esxi.Programs.VimCmd;

/// <summary><c>vmsvc</c>.</summary>
internal static class MachineCalls
{
    public static Dictionary<string, VimCall> All { get; } = new(StringComparer.Ordinal)
    {
        ["vmsvc/getallvms"] = HostCalls.Tell(List),
        ["vmsvc/power.getstate"] = Of((call, machine) => $"Retrieved runtime info\n{machine.PowerState switch { "poweredOn" => "Powered on", "poweredOff" => "Powered off", _ => "Suspended" }}\n"),
        ["vmsvc/get.summary"] = Of((call, machine) => "Listsummary:\n\n" + VmodlText.Of(call.Host, MachineSummaries.Summary(machine, call.System.Clock))),
        ["vmsvc/get.config"] = Of((call, machine) => "Configuration:\n\n" + VmodlText.Of(call.Host, MachineConfig.Of(machine, machine.Disks))),
        ["vmsvc/get.guest"] = Of((call, machine) => "Guest information:\n\n" + VmodlText.Of(call.Host, MachineGuest.Of(machine))),
        ["vmsvc/get.runtime"] = Of((call, machine) => "Runtime information\n\n" + VmodlText.Of(call.Host, MachineSummaries.Runtime(machine))),
        ["vmsvc/get.datastores"] = Of(Datastores),
        ["vmsvc/get.networks"] = Of((_, machine) => "Networks:\n\n" + string.Concat(machine.Nics.Select(nic => $"(vim.Network.Summary) {{\n   name = \"{ByteText.Of(nic.PortGroup)}\",\n   accessible = true\n}}\n"))),
        ["vmsvc/snapshot.get"] = Of((_, machine) => "Get Snapshot:\n" + string.Concat(machine.Snapshots.Select(snapshot => Snapshot(snapshot, 1)))),
        ["vmsvc/power.on"] = Power("Powering on VM:", "poweredOn", ["poweredOff", "suspended"]),
        ["vmsvc/power.off"] = Power("Powering off VM:", "poweredOff", ["poweredOn", "suspended"]),
        ["vmsvc/power.shutdown"] = Power("", "poweredOff", ["poweredOn"]),
        ["vmsvc/power.suspend"] = Power("Suspending VM:", "suspended", ["poweredOn"]),
    };

    private static string List(HostCall call)
    {
        var rows = call.Estate.Machines.Where(machine => machine.Host == call.Host).OrderBy(VmodlNames.IdOf)
            .Select(machine => new[] { VmodlNames.IdOf(machine).ToString(CultureInfo.InvariantCulture), machine.Name, MachineFiles.VmPathName(machine), machine.GuestId, machine.HardwareVersion, machine.Annotation.ReplaceLineEndings(" ") }.Select(ByteText.Of).ToArray())
            .Prepend(["Vmid", "Name", "File", "Guest OS", "Version", "Annotation"]).ToList();
        return string.Concat(rows.Select(row => string.Concat(row.Select((cell, column) => cell.PadRight(rows.Max(other => other[column].Length) + 3))).TrimEnd(' ') + "\n"));
    }

    private static string Datastores(HostCall call, LabMachine machine) => string.Concat(machine.Disks.Select(disk => disk.Datastore).Distinct().Select(datastore => string.Create(
        CultureInfo.InvariantCulture,
        $"name                 {datastore.Name}\nurl                  {datastore.Url["ds://".Length..].TrimEnd('/')}\ncapacity             {datastore.CapacityBytes}\nfreeSpace            {datastore.FreeBytes}\naccessible           1\ntype                 {datastore.Type}\nmultipleHostAccess   {(datastore.Hosts.Count > 1 ? "1" : "0")}\n\n")));

    private static string Snapshot(LabSnapshot snapshot, int depth)
    {
        var lead = new string('-', depth * 2);
        return (depth == 1 ? "|-ROOT\n" : "")
            + $"{lead}Snapshot Name        : {ByteText.Of(snapshot.Name)}\n{lead}Snapshot Id        : {snapshot.Id[(snapshot.Id.IndexOf('-', StringComparison.Ordinal) + 1)..]}\n"
            + string.Concat(snapshot.Children.Select(child => Snapshot(child, depth + 1)));
    }

    /// <summary>A call about one machine, which its first argument names.</summary>
    private static VimCall Of(Func<HostCall, LabMachine, string> text) => (call, arguments) =>
    {
        lock (call.Estate.Gate)
        {
            if (Find(call, arguments) is not { } machine)
                return Task.FromResult(Unknown(call, arguments));
            call.Out.Write(text(call, machine));
            return Task.FromResult(0);
        }
    };

    private static VimCall Power(string doing, string becomes, string[] from) => async (call, arguments) =>
    {
        LabMachine? machine;
        lock (call.Estate.Gate)
            machine = Find(call, arguments);
        if (machine is null)
            return Unknown(call, arguments);
        if (doing.Length > 0)
            call.Out.WriteLine(doing);
        await Task.Delay(TimeSpan.FromSeconds(2), call.System.Clock, call.System.Processes.HostEnds).WaitAsync(call.CancellationToken).ConfigureAwait(false);
        lock (call.Estate.Gate)
        {
            if (!from.Contains(machine.PowerState) || machine.IsTemplate || (becomes == "poweredOn" && call.Host.InMaintenanceMode))
                return HostCalls.Fault(call, "vim.fault.InvalidPowerState", "The attempted operation cannot be performed in the current state.");
            machine.PowerState = becomes;
            machine.BootTime = becomes == "poweredOn" ? call.System.Clock.GetUtcNow() : null;
            machine.SuspendTime = becomes == "suspended" ? call.System.Clock.GetUtcNow() : machine.SuspendTime;
            if (becomes == "poweredOn")
                ChangeTracking.Stun(call.Estate, machine);
            call.Estate.Touch(machine);
        }

        return 0;
    };

    private static LabMachine? Find(HostCall call, IReadOnlyList<string> arguments) =>
        arguments is [var text, ..] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? call.Estate.Machines.Find(machine => machine.Host == call.Host && VmodlNames.IdOf(machine) == id)
            : null;

    private static int Unknown(HostCall call, IReadOnlyList<string> arguments)
    {
        call.Out.Write(arguments.Count == 0 ? "Insufficient arguments.\n" : $"Unable to find a VM corresponding to \"{ByteText.Of(arguments[0])}\"\n");
        return 1;
    }
}
