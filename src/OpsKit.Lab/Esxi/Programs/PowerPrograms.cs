using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary><c>reboot</c>, <c>poweroff</c>, <c>halt</c>: the host goes down, whatever runs on it. The session ends with it.</summary>
internal static class PowerPrograms
{
    public static Task<int> RebootAsync(HostCall call)
    {
        _ = Task.Run(() => HostLife.RestartAsync(call.Estate, call.Host, CancellationToken.None));
        return Task.FromResult(0);
    }

    public static Task<int> PowerOffAsync(HostCall call)
    {
        _ = Task.Run(() => HostLife.ShutdownAsync(call.Estate, call.Host, CancellationToken.None));
        return Task.FromResult(0);
    }
}
