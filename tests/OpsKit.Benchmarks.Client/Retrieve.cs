using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.Vim25;

namespace OpsKit.Benchmarks.Client;

/// <summary>Connects, reads properties of all virtual machines as a stream, counts them, logs out.</summary>
internal static class Retrieve
{
    public static async Task<int> RunAsync(Uri address, string thumbprint, string user, string properties)
    {
        var host = JumpHost.Current;
        using var secrets = new SecretResolver(host, new ProcessRunner(host.Clock), prompt: null, new Redactor());
        var endpoint = new VCenterEndpoint
        {
            Name = "benchmark",
            Address = address.Host,
            Port = address.Port,
            Path = address.AbsolutePath,
            Tls = new TlsSettings { Thumbprint = thumbprint },
            Credential = new Credential { Name = "benchmark", UserName = user, Password = SecretReference.Parse("env:BENCHMARK_PASSWORD", "benchmark") },
        };

        // As the console does where every certificate is pinned.
        SystemAuthorities.LeaveOut();
        await using var session = await new VSphereConnector(new TrustStore(host), secrets, host).ConnectAsync(endpoint, CancellationToken.None);
        var query = PropertyCollectorQuery.All("VirtualMachine", Paths(properties));
        var (machines, values) = (0, 0);
        await foreach (var machine in session.Properties.RetrieveAsync(query))
        {
            machines++;
            values += query.Paths.Count(machine.Has);
        }

        Console.WriteLine($"{machines} virtual machines, {values} values");
        return machines > 0 ? 0 : 1;
    }

    private static PropertyPath[] Paths(string properties) => properties switch
    {
        "four" =>
        [
            VirtualMachineProperties.Name,
            VirtualMachineProperties.RuntimePowerState,
            VirtualMachineProperties.RuntimeHost,
            VirtualMachineProperties.ConfigHardwareMemoryMB,
        ],
        "six" =>
        [
            VirtualMachineProperties.Name,
            VirtualMachineProperties.ConfigHardwareDevice,
            VirtualMachineProperties.Summary,
            VirtualMachineProperties.Runtime,
            VirtualMachineProperties.Storage,
            VirtualMachineProperties.LayoutEx,
        ],
        _ => throw new ArgumentException($"{properties} is neither four nor six", nameof(properties)),
    };
}
