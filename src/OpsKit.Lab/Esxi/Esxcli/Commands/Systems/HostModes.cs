using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;
using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Systems;

/// <summary>Maintenance mode, restart and shutdown.</summary>
internal static class HostModes
{
    private const long ShortestDelay = 10;

    public static EsxcliValue Get(EsxcliCall call) => call.Host.InMaintenanceMode ? "Enabled" : "Disabled";

    public static async Task<EsxcliValue> SetAsync(EsxcliCall call)
    {
        var outcome = call.Options.Boolean("--enable") == true
            ? await MaintenanceMode.EnterAsync(call.Estate, call.Host, Limit(call), call.CancellationToken).ConfigureAwait(false)
            : await MaintenanceMode.ExitAsync(call.Estate, call.Host, call.CancellationToken).ConfigureAwait(false);
        return outcome switch
        {
            ModeChange.Done => EsxcliValue.Done,
            ModeChange.AlreadyEnabled => throw new EsxcliException("Maintenance mode is already enabled."),
            ModeChange.AlreadyDisabled => throw new EsxcliException("Maintenance mode is already disabled."),
            ModeChange.UnderWay => throw new EsxcliException("Another operation is in progress."),
            _ => throw new EsxcliException("Operation timed out."),
        };
    }

    public static Task<EsxcliValue> RebootAsync(EsxcliCall call) => Task.FromResult(GoDown(call, "reboot", HostLife.RestartAsync));

    public static Task<EsxcliValue> PowerOffAsync(EsxcliCall call) => Task.FromResult(GoDown(call, "power off", HostLife.ShutdownAsync));

    private static TimeSpan Limit(EsxcliCall call) => call.Options.Integer("--timeout") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;

    private static EsxcliValue GoDown(EsxcliCall call, string doing, Func<LabEstate, LabHost, CancellationToken, Task> go)
    {
        var delay = call.Options.Integer("--delay") ?? ShortestDelay;
        if (delay is < ShortestDelay or > uint.MaxValue)
            throw new EsxcliException($"Invalid delay {delay}: it must be between {ShortestDelay} and {uint.MaxValue} seconds.");
        if (!call.UnderGate(on => on.Host.InMaintenanceMode))
            throw new EsxcliException($"Unable to {doing}: the host is not in maintenance mode.");
        _ = GoLaterAsync(call, TimeSpan.FromSeconds(delay), go);
        return EsxcliValue.Done;
    }

    /// <summary>The command is over before the host goes, and it goes whoever is still there to see it.</summary>
    private static async Task GoLaterAsync(EsxcliCall call, TimeSpan delay, Func<LabEstate, LabHost, CancellationToken, Task> go)
    {
        await Task.Delay(delay, call.Estate.Clock, CancellationToken.None).ConfigureAwait(false);
        await go(call.Estate, call.Host, CancellationToken.None).ConfigureAwait(false);
    }
}
