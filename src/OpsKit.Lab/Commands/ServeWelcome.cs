using System.Globalization;
using System.Text;
using OpsKit.Cli.Commands;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Hosting;

namespace OpsKit.Lab.Commands;

/// <summary>What a lab that serves prints first: what there is, where, and what to type next.</summary>
internal static class ServeWelcome
{
    public static string Of(LabServer server, JumpHost jumpHost)
    {
        var estate = server.Estate;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            A {server.Options.Size.ToString().ToLowerInvariant()} estate, seed {server.Options.Seed}: {Counted.Of(estate.VCenters.Count, "vCenter")}, {Counted.Of(estate.Hosts.Count, "host")}, {Counted.Of(estate.Machines.Count, "virtual machine")}, {Counted.Of(estate.Enclosures.Count, "enclosure")}.
            Its clock runs {server.Options.Speed:0.##} times as fast as yours. Ctrl-C ends it, and nothing of it is kept.


            """);
        foreach (var (name, where, what) in Places(server))
            text.Append($"  {name,-6}  {where}  {what}\n");
        if (server.SshPort is not null && !server.SshGivesTerminals)
            text.Append("\nShells are without a terminal: /dev/pts is mounted without gid=5 here, and only root may set its group.\n");
        text.Append("\nType next, in another window:\n");
        foreach (var command in Next(server, jumpHost))
            text.Append($"  {command}\n");
        return text.Append('\n').ToString();
    }

    private static IEnumerable<(string Name, string Where, string What)> Places(LabServer server)
    {
        foreach (var served in server.VCenters)
            yield return (served.VCenter.Name, $"https://127.0.0.1:{served.Port}/sdk", $"vCenter {served.VCenter.Version}");
        foreach (var enclosure in server.Estate.Enclosures)
            yield return (enclosure.Name, $"https://{enclosure.Oas[0].Address}:{server.Enclosures.XmlData.Port}/xmldata?item=all", "Onboard Administrator; the same port at its other one, and at iLOs");
        if (server.SshPort is { } ssh)
            yield return ("ssh", $"TCP port {ssh}", $"{Counted.Of(server.Doors.All.Count, "shell")}, each at its own address");
        yield return ("probes", $"TCP port {server.Network.ProbePort}", "open at VMkernel addresses and machines while the network leads there");
    }

    private static IEnumerable<string> Next(LabServer server, JumpHost jumpHost)
    {
        var inventory = Shown(server.InventoryFile, jumpHost);
        yield return $"opskit doctor --inventory {inventory}";
        yield return $"opskit license list --inventory {inventory}";
        yield return $"opskit-lab log --follow{FolderOption(server, jumpHost)}";
        if (server.SshPort is not null)
            yield return $"ssh -F {Shown(Path.Combine(server.Folder, "ssh_config"), jumpHost)} {server.Doors.All[0].Name}";
    }

    private static string FolderOption(LabServer server, JumpHost jumpHost) =>
        server.Folder == Path.Combine(jumpHost.StateDirectory, "lab") ? "" : $" --folder {Shown(server.Folder, jumpHost)}";

    private static string Shown(string path, JumpHost jumpHost)
    {
        var relative = Path.GetRelativePath(jumpHost.WorkingDirectory, path);
        return PosixShell.Quote(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
    }
}
