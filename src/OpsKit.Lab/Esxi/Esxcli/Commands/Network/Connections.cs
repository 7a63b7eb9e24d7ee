using OpsKit.Lab.Esxi.Esxcli.Grammar;
using OpsKit.Lab.Esxi.Esxcli.Values;

namespace OpsKit.Lab.Esxi.Esxcli.Commands.Network;

/// <summary>Connections and listeners.</summary>
internal static class Connections
{
    public const string DefaultStack = "defaultTcpipStack";

    private static readonly string[] Stacks = [DefaultStack, "vmotion", "vSphereProvisioning"];

    public static EsxcliValue List(EsxcliCall call)
    {
        var stack = call.Options.Text("--netstack") ?? DefaultStack;
        if (!Stacks.Contains(stack))
            throw new EsxcliException($"Unable to find the network stack instance {stack}");
        var type = call.Options.Text("--type") ?? "all";
        var sockets = stack == DefaultStack ? HostSockets.Of(call.Host).Where(socket => type == "all" || socket.Protocol == type) : [];
        return EsxcliList.OfRecords(sockets.Select(socket => new EsxcliRecord("IpConnection", null, Fields(call, socket))));
    }

    private static List<EsxcliField> Fields(EsxcliCall call, HostSocket socket)
    {
        var old = !call.IsAtLeast(5);
        var fields = new List<EsxcliField>
        {
            ("Proto", socket.Protocol), (old ? "Recv-Q" : "Recv Q", 0), (old ? "Send-Q" : "Send Q", 0), ("Local Address", socket.Local), ("Foreign Address", socket.Foreign),
            ("State", socket.State), ("World ID", socket.Daemon.Length == 0 ? 0 : Worlds.Of(call.Host, socket.Daemon)),
        };
        if (call.IsAtLeast(6))
            fields.Add(("CC Algo", socket is { Protocol: "tcp", Daemon.Length: > 0 } ? "newreno" : ""));
        if (!old)
            fields.Add(("World Name", socket.Daemon));
        return fields;
    }
}
