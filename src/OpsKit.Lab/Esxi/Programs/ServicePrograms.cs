using OpsKit.Lab.Estate;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary>Services: the scripts in <c>/etc/init.d</c>, and <c>chkconfig</c>.</summary>
internal static class ServicePrograms
{
    private const string Folder = "/etc/init.d/";
    private static readonly TimeSpan Restarting = TimeSpan.FromSeconds(4);

    /// <summary>Services by the names of their scripts.</summary>
    public static IEnumerable<(string Script, string Key)> Of(LabHost host)
    {
        yield return ("hostd", "hostd");
        foreach (var key in host.Services.Keys.Order(StringComparer.Ordinal))
            yield return (ScriptOf(host, key), key);
    }

    public static IEnumerable<IHostProgram> Scripts(LabHost host) => Of(host).Select(service => new HostProgram(Folder + service.Script, call => RunAsync(call, service.Script, service.Key)));

    public static Task<int> CheckConfigAsync(HostCall call)
    {
        var services = Of(call.Host).ToList();
        lock (call.Estate.Gate)
        {
            switch (call.Words is ["--list" or "-l", ..] ? [.. call.Words.Skip(1)] : call.Words)
            {
                case []:
                    foreach (var (script, key) in services.OrderBy(service => service.Script, StringComparer.Ordinal))
                        call.Out.WriteLine($"{script,-23} {State(call.Host, key)}");
                    return Task.FromResult(0);
                case [var name] when services.Find(service => service.Script == name) is { Key: { } key }:
                    call.Out.WriteLine($"{name,-23} {State(call.Host, key)}");
                    return Task.FromResult(call.Host.Services.GetValueOrDefault(key, true) ? 0 : 1);
                case [var name, "on" or "off"] when services.Exists(service => service.Script == name):
                    return Task.FromResult(0);
                default:
                    return Task.FromResult(call.Fail("Invalid arguments; usage: chkconfig [--list] [name [on|off]]"));
            }
        }
    }

    private static async Task<int> RunAsync(HostCall call, string script, string key)
    {
        switch (call.Words)
        {
            case ["status"]:
                var running = IsRunning(call, key);
                call.Out.WriteLine(script == "SSH" ? $"SSH login {(running ? "enabled" : "disabled")}" : script == "ESXShell" ? $"ESXi shell login {(running ? "enabled" : "disabled")}" : $"{script} is {(running ? "" : "not ")}running");
                return running ? 0 : 3;
            case ["start"]:
                return await SwitchAsync(call, script, key, on: true).ConfigureAwait(false);
            case ["stop"]:
                return await SwitchAsync(call, script, key, on: false).ConfigureAwait(false);
            case ["restart"]:
                await SwitchAsync(call, script, key, on: false).ConfigureAwait(false);
                return await SwitchAsync(call, script, key, on: true).ConfigureAwait(false);
            default:
                call.Out.WriteLine($"usage: {script} {{start|stop|restart|status}}");
                return 1;
        }
    }

    private static async Task<int> SwitchAsync(HostCall call, string script, string key, bool on)
    {
        if (script is not ("SSH" or "ESXShell"))
            await Task.Delay(Restarting, call.System.Clock, call.System.Processes.HostEnds).WaitAsync(call.CancellationToken).ConfigureAwait(false);
        lock (call.Estate.Gate)
        {
            if (key != "hostd")
                call.Host.Services[key] = on;
            call.Estate.Touch(call.Host);
        }

        call.Out.WriteLine(script == "SSH" ? $"SSH login {(on ? "enabled" : "disabled")}" : script == "ESXShell" ? $"ESXi shell login {(on ? "enabled" : "disabled")}" : $"{script} {(on ? "started" : "stopped")}.");
        return 0;
    }

    private static bool IsRunning(HostCall call, string key)
    {
        lock (call.Estate.Gate)
            return call.Host.Services.GetValueOrDefault(key, true);
    }

    private static string State(LabHost host, string key) => host.Services.GetValueOrDefault(key, true) ? "on" : "off";

    /// <summary>4.1 named the scripts as the services.</summary>
    private static string ScriptOf(LabHost host, string key) => HostSettings.Major(host) == 4 ? key : key switch { "TSM-SSH" => "SSH", "TSM" => "ESXShell", _ => key };
}
