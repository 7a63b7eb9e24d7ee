using OpsKit.Lab.Estate;
using OpsKit.Lab.VCenter.Inventory;
using OpsKit.Vim25.Types;

namespace OpsKit.Lab.Esxi.Programs.VimCmd;

/// <summary><c>hostsvc</c>, but for its networks.</summary>
internal static class HostCalls
{
    /// <summary>How long 6.0 and newer wait for maintenance mode before they say so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Dictionary<string, VimCall> All { get; } = new(StringComparer.Ordinal)
    {
        ["hostsvc/hostsummary"] = Tell(call => VmodlText.Of(call.Host, HostSummaries.Summary(call.Host, call.Estate.Machines.Where(machine => machine.Host == call.Host), call.System.Clock))),
        ["hostsvc/runtimeinfo"] = Tell(call => VmodlText.Of(call.Host, HostSummaries.Runtime(call.Host))),
        ["hostsvc/hosthardware"] = Tell(call => VmodlText.Of(call.Host, HostHardware.Info(call.Host))),
        ["hostsvc/hostconfig"] = Tell(call => VmodlText.Of(call.Host, HostConfig.Of(call.Host))),
        ["hostsvc/datastore/listsummary"] = Tell(call => VmodlText.Of(call.Host, "DatastoreSummary", [.. Datastores(call)])),
        ["hostsvc/datastore/info"] = DatastoreAsync,
        ["hostsvc/advopt/view"] = OptionAsync,
        ["hostsvc/maintenance_mode_enter"] = EnterAsync,
        ["hostsvc/maintenance_mode_exit"] = ExitAsync,
        ["hostsvc/enable_ssh"] = Service("TSM-SSH", null),
        ["hostsvc/disable_ssh"] = Service("TSM-SSH", null),
        ["hostsvc/start_ssh"] = Service("TSM-SSH", true),
        ["hostsvc/stop_ssh"] = Service("TSM-SSH", false),
        ["hostsvc/start_esx_shell"] = Service("TSM", true),
        ["hostsvc/stop_esx_shell"] = Service("TSM", false),
    };

    /// <summary>Something that only tells; the estate stands still meanwhile.</summary>
    public static VimCall Tell(Func<HostCall, string> text) => (call, _) =>
    {
        lock (call.Estate.Gate)
            call.Out.Write(text(call));
        return Task.FromResult(0);
    };

    private static IEnumerable<DatastoreSummary> Datastores(HostCall call) =>
        call.Estate.Datastores.Where(datastore => datastore.Hosts.Contains(call.Host)).Select(DatastoreView.Summary);

    private static Task<int> DatastoreAsync(HostCall call, IReadOnlyList<string> arguments)
    {
        lock (call.Estate.Gate)
        {
            var found = Datastores(call).FirstOrDefault(datastore => arguments is [var name, ..] && datastore.Name == name);
            if (found is null)
                return Task.FromResult(Fault(call, "vim.fault.NotFound", "The object or item referred to could not be found."));
            call.Out.Write(VmodlText.Of(call.Host, found));
        }

        return Task.FromResult(0);
    }

    private static Task<int> OptionAsync(HostCall call, IReadOnlyList<string> arguments)
    {
        lock (call.Estate.Gate)
        {
            var options = HostConfig.Options(call.Host).Where(option => arguments.Count == 0 || option.Key == arguments[0]).ToList();
            if (options.Count == 0)
                return Task.FromResult(Fault(call, "vim.fault.InvalidName", "The name is not valid."));
            call.Out.Write(VmodlText.Of(call.Host, "OptionValue", options));
        }

        return Task.FromResult(0);
    }

    /// <summary>5.x names its task and goes; newer ones wait, and say nothing where it went well.</summary>
    private static async Task<int> EnterAsync(HostCall call, IReadOnlyList<string> arguments)
    {
        var entering = Task.Run(() => MaintenanceMode.EnterAsync(call.Estate, call.Host, TimeSpan.Zero, call.System.Processes.HostEnds));
        if (HostSettings.Major(call.Host) < 6)
        {
            call.Out.WriteLine($"'vim.Task:haTask-ha-host-vim.HostSystem.enterMaintenanceMode-{call.Process.Pid}'");
            return 0;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        var waiting = Task.Delay(Patience, call.System.Clock, over.Token);
        if (await Task.WhenAny(entering, waiting).WaitAsync(call.CancellationToken).ConfigureAwait(false) == waiting)
        {
            call.CancellationToken.ThrowIfCancellationRequested();
            call.Out.WriteLine("Operation timed out.");
            return 1;
        }

        await over.CancelAsync().ConfigureAwait(false);
        return Ended(call, await entering.ConfigureAwait(false));
    }

    private static async Task<int> ExitAsync(HostCall call, IReadOnlyList<string> arguments)
    {
        if (HostSettings.Major(call.Host) < 6)
            call.Out.WriteLine($"'vim.Task:haTask-ha-host-vim.HostSystem.exitMaintenanceMode-{call.Process.Pid}'");
        return Ended(call, await MaintenanceMode.ExitAsync(call.Estate, call.Host, call.System.Processes.HostEnds).WaitAsync(call.CancellationToken).ConfigureAwait(false));
    }

    private static int Ended(HostCall call, ModeChange change) => change switch
    {
        ModeChange.Done => 0,
        ModeChange.TimedOut => Fault(call, "vim.fault.Timedout", "Operation timed out."),
        ModeChange.UnderWay => Fault(call, "vim.fault.TaskInProgress", "The operation is not allowed in the current state: another task is already in progress."),
        _ => Fault(call, "vim.fault.InvalidState", "The operation is not allowed in the current state."),
    };

    /// <summary>Switches a service; null where only its start with the host is meant.</summary>
    private static VimCall Service(string key, bool? running) => (call, _) =>
    {
        lock (call.Estate.Gate)
        {
            if (running is { } on)
                call.Host.Services[key] = on;
            call.Estate.Touch(call.Host);
        }

        return Task.FromResult(0);
    };

    public static int Fault(HostCall call, string type, string message)
    {
        call.Out.Write($"({type}) {{\n   faultCause = (vmodl.MethodFault) null,\n   msg = \"{message}\"\n}}\n");
        return 1;
    }
}
