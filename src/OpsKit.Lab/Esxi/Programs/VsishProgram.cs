using System.Globalization;

namespace OpsKit.Lab.Esxi.Programs;

/// <summary><c>vsish -e ls|get|cat NODE</c>: of the VMkernel's tree, the ports of switches.</summary>
internal static class VsishProgram
{
    private const string Sets = "/net/portsets";

    public static Task<int> RunAsync(HostCall call)
    {
        var words = call.Words.SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (words is not ["-e", "ls" or "get" or "cat", var node])
            return Task.FromResult(call.Fail("usage: vsish -e ls|get|cat NODE"));
        lock (call.Estate.Gate)
        {
            var ports = SwitchPorts.Of(call.Estate, call.Host).OrderBy(port => port.Id).ToList();
            var text = words[1] == "ls" ? List(node.TrimEnd('/'), ports) : Get(node.TrimEnd('/'), ports);
            if (text is null)
            {
                call.Out.WriteLine($"VSISHCmd{(words[1] == "ls" ? "List" : "Get")}Int():Get failed: No such file or directory: {node}");
                return Task.FromResult(1);
            }

            call.Out.Write(ByteText.Of(text));
        }

        return Task.FromResult(0);
    }

    private static string? List(string node, List<SwitchPort> ports)
    {
        var parts = node.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var here = ports.Where(port => parts.Length < 3 || port.Switch.Name == parts[2]).ToList();
        if (!node.StartsWith(Sets, StringComparison.Ordinal) || here.Count == 0)
            return null;
        return parts.Length switch
        {
            2 => string.Concat(ports.Select(port => port.Switch.Name).Distinct().Select(name => name + "/\n")),
            3 => "ports/\nproperties\n",
            4 => string.Concat(here.Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.Id}/\n"))),
            5 => Find(parts, ports) is null ? null : "status\nteamUplink\n",
            _ => null,
        };
    }

    private static string? Get(string node, List<SwitchPort> ports)
    {
        var parts = node.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!node.StartsWith(Sets, StringComparison.Ordinal) || parts.Length != 6 || Find(parts, ports) is not { } port)
            return null;
        return parts[5] switch
        {
            "teamUplink" => port.TeamUplink + "\n",
            "status" => $"port {{\n   portCfg:{port.PortGroup?.Name}\n   dvPortId:{port.DvPort}\n   clientName:{port.Client}\n   macAddr:{port.Mac}\n}}\n",
            _ => null,
        };
    }

    private static SwitchPort? Find(string[] parts, List<SwitchPort> ports) => ports.Find(port => port.Switch.Name == parts[2] && port.Id.ToString(CultureInfo.InvariantCulture) == parts[4]);
}
