using OpsKit.Connections.Enclosures;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Network;

namespace OpsKit.Lab.Tests.VirtualConnect;

/// <summary>A served lab and the doors of a run to it; shells are reached in this process.</summary>
internal sealed class ServedLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly List<IDisposable> _disposables = [];
    private readonly List<RunDoors> _doors = [];

    private ServedLab(DirectoryInfo folder, LabServer server) => (_folder, Server) = (folder, server);

    public LabServer Server { get; }

    public LabEstate Estate => Server.Estate;

    public LabEnclosure Enclosure => Server.Estate.Enclosures[0];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opskit waits by the lab's clock, too.</summary>
    public JumpHost JumpHost => JumpHost.From(new Dictionary<string, string>(StringComparer.Ordinal), _folder.FullName, _folder.FullName, windows: false) with { Clock = Server.Estate.Clock };

    public static async Task<ServedLab> StartAsync(LabSize size = LabSize.Small, double speed = 300)
    {
        var folder = Directory.CreateTempSubdirectory("opskit-vc-");
        return new ServedLab(folder, await LabServer.StartAsync(new LabOptions { Folder = Path.Combine(folder.FullName, "lab"), Size = size, Speed = speed }, Token));
    }

    /// <summary>The doors of a run; connections go by the real clock, as those of a rehearsal do.</summary>
    public RunDoors Doors(Func<EnclosureEndpoint, EnclosureEndpoint>? change = null)
    {
        var connecting = JumpHost with { Clock = TimeProvider.System };
        var secrets = new SecretResolver(connecting, new ProcessRunner(TimeProvider.System), prompt: null, new Redactor());
        var trust = new TrustStore(connecting);
        var ssh = new SshConnector(KnownHosts.Of(connecting), secrets, connecting, new SshOptions { Transport = Server.SshTransport });
        _disposables.AddRange([ssh, secrets]);
        var estate = InventoryReader.Read(Server.InventoryFile, connecting);
        if (change is not null)
            estate = estate with { Endpoints = [.. estate.Endpoints.Select(endpoint => endpoint is EnclosureEndpoint enclosure ? change(enclosure) : endpoint)] };
        var doors = new RunDoors(estate, JumpHost, new VSphereConnector(trust, secrets, connecting, static _ => { }).ConnectAsync, ssh, secrets, new XmlDataClient(trust, connecting), new LabProbe(Server.Network, Server.Estate.Clock));
        _doors.Add(doors);
        return doors;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var doors in _doors)
            await doors.DisposeAsync();
        foreach (var disposable in _disposables)
            disposable.Dispose();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
