using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;

namespace OpsKit.Benchmarks.Client;

/// <summary>One command on many hosts, and one upload.</summary>
internal static class Ssh
{
    /// <summary>Connects to 127.0.1.1 and the addresses behind it, runs a command on each, and counts those on which it succeeded.</summary>
    public static async Task<int> RunAsync(int hosts, int port, string user, string key, string knownHosts, string command)
    {
        using var connector = Connector(knownHosts);
        var results = await Task.WhenAll(Enumerable.Range(1, hosts).Select(async i =>
        {
            var endpoint = Endpoint($"127.0.1.{i}", port, user, key);
            await using var session = await connector.ConnectAsync(endpoint, CancellationToken.None);
            return await session.RunAsync(command, CancellationToken.None);
        }));
        var succeeded = results.Count(result => result.Succeeded);
        Console.WriteLine($"{succeeded} of {hosts} hosts");
        return succeeded == hosts ? 0 : 1;
    }

    /// <summary>Sends a file as OpsKit always does: to a temporary name, compared by digest, renamed.</summary>
    public static async Task<int> UploadAsync(int port, string user, string key, string knownHosts, string from, string to)
    {
        using var connector = Connector(knownHosts);
        await using var session = await connector.ConnectAsync(Endpoint("127.0.1.1", port, user, key), CancellationToken.None);
        var sent = await session.UploadAsync(new Upload(from, to), progress: null, CancellationToken.None);
        Console.WriteLine($"{sent.Bytes} bytes in {sent.Duration.TotalSeconds:f3} s, checked by {sent.VerifiedBy}");
        return 0;
    }

    private static SshConnector Connector(string knownHosts)
    {
        var host = JumpHost.Current;
        return new SshConnector(new KnownHosts(knownHosts), new SecretResolver(host, new ProcessRunner(host.Clock), prompt: null, new Redactor()), host);
    }

    private static HostEndpoint Endpoint(string address, int port, string user, string key) => new()
    {
        Name = address,
        Address = address,
        Credential = new Credential { Name = "benchmark", UserName = user, PrivateKeyFile = key },
        Ssh = new SshSettings { Port = port },
    };
}
