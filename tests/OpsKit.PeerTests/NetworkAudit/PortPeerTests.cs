using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using OpsKit.PeerTests.Console;
using OpsKit.PeerTests.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.NetworkAudit;

/// <summary>
/// A host at the end of a cable, with real sockets and a real firewall (nftables): what is reported of its ports is what <c>ss</c> says there, and what a plain
/// connection from here comes to. Needs root.
/// </summary>
public sealed class PortPeerTests(SshPeer peer) : IClassFixture<SshPeer>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly OpskitProgram _opskit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public async Task Report_agrees_with_ss_with_the_firewall_and_with_plain_connections()
    {
        await using var cable = await VirtualCable.PlugAsync();
        await using var server = await SshServer.StartAtAsync(cable, peer.User, "PermitRootLogin prohibit-password", $"SetEnv PATH={await ProgramsAsync()}:/usr/sbin:/usr/bin:/sbin:/bin");
        await InsideAsync(cable, "ip", "link", "set", "lo", "up");
        using var listeners = await ListenAsync(
            cable, "tcp:0.0.0.0:902", "tcp:0.0.0.0:8000", "tcp:127.0.0.1:8089", "tcp::::9080", "tcp:0.0.0.0:5989", "udp:0.0.0.0:427", "udp:127.0.0.1:8302", "to:127.0.0.1:8089");
        await Shell.RunWithInputAsync(
            $$"""
            table inet esx {
              chain input {
                type filter hook input priority 0; policy drop;
                iif "lo" accept
                ct state established,related accept
                tcp dport {{server.Port}} accept
                tcp dport 902 accept
                tcp dport 8000 ip saddr {{cable.NearAddress}} accept
                tcp dport 5989 ip saddr 192.0.2.0/24 accept
                tcp dport 9080 accept
                tcp dport 5480-5490 accept
                tcp dport 8100 accept
                udp dport 427 accept
              }
            }
            """,
            "ip", "netns", "exec", cable.Namespace, "nft", "-f", "-");
        _opskit.Write(
            "opskit.yaml",
            $$"""
            credentials:
              root: { user: root, key: {{peer.User.PrivateKey}} }
            hosts:
              esx01: { address: {{cable.FarAddress}}, credential: root, ssh: { port: {{server.Port}}, host-keys: accept-new } }
            """);

        var run = await _opskit.RunAsync("", "audit", "ports", "--udp", "--reach-timeout", "700ms", "--output", "json");

        run.ExitCode.ShouldBe(0, run.Error);
        var rows = Rows(run.Out);
        var listening = await ListeningAsync(cable);
        rows.Where(row => row["Listening"] != "no").Select(row => $"{row["Protocol"]} {row["Port"]}").Order(StringComparer.Ordinal)
            .ShouldBe(listening.Keys.Select(key => $"{key.Protocol} {key.Port}").Order(StringComparer.Ordinal));
        rows.Count(row => row["Protocol"] == "tcp" && row["Reachable"].Length > 0).ShouldBeGreaterThan(8);
        foreach (var row in rows.Where(row => row["Protocol"] == "tcp" && row["Reachable"].Length > 0))
            row["Reachable"].ShouldBe(await ConnectedAsync(cable, int.Parse(row["Port"], CultureInfo.InvariantCulture)), $"port {row["Port"]}");
        Of(rows, "tcp", "902").ShouldBe(("as documented; open to all", "all", "open"));
        Of(rows, "tcp", "903").ShouldBe(("documented, nothing listens", "nobody", "no answer"));
        Of(rows, "tcp", "8000").ShouldBe(("as documented", cable.NearAddress, "open"));
        Of(rows, "tcp", "5989").ShouldBe(("as documented", "192.0.2.0/24", "no answer"));
        Of(rows, "tcp", "9080").ShouldBe(("as documented; open to all", "all", "open"));
        Of(rows, "tcp", "8100").Verdict.ShouldEndWith("allowed, nothing behind it");
        Of(rows, "tcp", "8100").Reachable.ShouldBe("refused");
        Of(rows, "tcp", "8089").Verdict.ShouldContain("local");
        Of(rows, "udp", "427").Reachable.ShouldBe("no answer: open or filtered");
        rows.Single(row => row["Port"] == "8089")["InUse"].ShouldBe("1");
        rows.Single(row => row["Port"] == "902")["Process"].ShouldBe("python3");
    }

    private async Task<string> ProgramsAsync()
    {
        var programs = Directory.CreateDirectory(Path.Combine(peer.Folder, Guid.NewGuid().ToString("N"))).FullName;
        await File.WriteAllTextAsync(Path.Combine(programs, "vmware"), "#!/bin/sh\necho 'VMware ESXi 6.0.0 build-2494585'\n", Token);
        File.Copy(Repository.PathOf("tests/OpsKit.PeerTests/NetworkAudit/esxcli"), Path.Combine(programs, "esxcli"));
        await Shell.RunAsync("chmod", "-R", "a+rX,a+x", peer.Folder);
        return programs;
    }

    private static async Task<Process> ListenAsync(VirtualCable cable, params string[] sockets)
    {
        var start = new ProcessStartInfo("ip") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["netns", "exec", cable.Namespace, "python3", Repository.PathOf("tests/OpsKit.PeerTests/NetworkAudit/listeners.py"), .. sockets])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        (await process.StandardOutput.ReadLineAsync(Token)).ShouldBe("listening");
        return process;
    }

    private static Task<string> InsideAsync(VirtualCable cable, params string[] command) => Shell.RunAsync("ip", ["netns", "exec", cable.Namespace, .. command]);

    /// <summary>What <c>ss</c> says listens there.</summary>
    private static async Task<IReadOnlyDictionary<(string Protocol, string Port), string>> ListeningAsync(VirtualCable cable) =>
        (await InsideAsync(cable, "ss", "-tulnH")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(words => (words[0], words[4][(words[4].LastIndexOf(':') + 1)..]), words => words[4])
            .ToDictionary(group => group.Key, group => group.First());

    /// <summary>What a connection by the framework's own client comes to, in the report's words.</summary>
    private static async Task<string> ConnectedAsync(VirtualCable cable, int port)
    {
        using var client = new TcpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        try
        {
            await client.ConnectAsync(cable.FarAddress, port, patience.Token);
            return "open";
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return "refused";
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            return "no answer";
        }
    }

    private static List<Dictionary<string, string>> Rows(string text) =>
        [.. JsonDocument.Parse(text).RootElement.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateObject().ToDictionary(cell => cell.Name, cell => cell.Value.ToString()))];

    private static (string Verdict, string Allowed, string Reachable) Of(List<Dictionary<string, string>> rows, string protocol, string port)
    {
        var row = rows.Single(row => row["Protocol"] == protocol && row["Port"] == port);
        return (row["Verdict"], row["AllowedIP"], row["Reachable"]);
    }
}
