using OpsKit.Lab.Esxi.Applets;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary><c>net-stats -l</c>, which shows all ports in one call, and the <c>netstat</c> that 4.1 had.</summary>
internal static class NetworkPrograms
{
    public static Task<int> PortsAsync(HostCall call)
    {
        if (call.Words is not ["-l"])
            return Task.FromResult(call.Fail("only -l is known here"));
        lock (call.Estate.Gate)
        {
            call.Out.WriteLine("PortNum          Type SubType SwitchName       MACAddress         ClientName");
            foreach (var port in SwitchPorts.Of(call.Estate, call.Host).OrderBy(port => port.Id))
            {
                var (type, subType) = port switch { { IsUplink: true } => (4, 0), { Machine: not null } => (5, 9), _ => (3, 0) };
                call.Out.WriteLine($"{port.Id,-16} {type,4} {subType,7} {ByteText.Of(port.Switch.Name),-16} {port.Mac,-18} {ByteText.Of(port.Client)}");
            }
        }

        return Task.FromResult(0);
    }

    public static Task<int> ConnectionsAsync(HostCall call)
    {
        var options = AppletOptions.Parse(call, "antulp");
        call.Out.WriteLine("Active Internet connections " + (options.Has('a') ? "(servers and established)" : options.Has('l') ? "(only servers)" : "(w/o servers)"));
        call.Out.WriteLine("Proto Recv-Q Send-Q Local Address           Foreign Address         State");
        lock (call.Estate.Gate)
        {
            foreach (var socket in HostSockets.Of(call.Host))
            {
                var listens = socket.State is "LISTEN" || (socket.Protocol == "udp" && socket.Foreign.EndsWith(":0", StringComparison.Ordinal));
                if ((listens && !options.Has('a') && !options.Has('l')) || (!listens && options.Has('l')) || (options.Has('t') != options.Has('u') && options.Has(socket.Protocol == "tcp" ? 'u' : 't')))
                    continue;
                call.Out.WriteLine($"{socket.Protocol,-5} {0,6} {0,6} {socket.Local,-23} {(socket.Foreign == "0.0.0.0:0" ? "0.0.0.0:*" : socket.Foreign),-23} {socket.State}".TrimEnd());
            }
        }

        return Task.FromResult(0);
    }
}
