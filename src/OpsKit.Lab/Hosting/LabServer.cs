using OpsKit.Connections.Platform;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Control;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Doors.InProcess;
using OpsKit.Lab.Doors.Sshd;
using OpsKit.Lab.Enclosures;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Esxi.Hosts;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;
using OpsKit.Lab.Operations;
using OpsKit.Lab.VCenter.Soap;

namespace OpsKit.Lab.Hosting;

/// <summary>A lab that serves: an estate with its web services and shells, and the files in its folder that lead there.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    private readonly LabFolder _folder;
    private readonly Stack<IAsyncDisposable> _parts = new();

    private LabServer(LabOptions options, LabFolder folder)
    {
        Options = options;
        _folder = folder;
        var clock = new LabClock(options.Clock, options.Speed);
        Estate = EstateBuilder.Build(options.Size, options.Seed, clock, options.Mistakes);
        Log = new OperationLog(clock);
        Faults = new FaultList(clock);
        Messages = options.CheckMessages ? new MessageCheck() : null;
        Network = new LabNetwork(Estate, Faults);
        _parts.Push(Network);
        Doors = new ShellDoors(Estate, Faults, Log, Network.IsReachable);
    }

    public LabOptions Options { get; }

    public LabEstate Estate { get; }

    public OperationLog Log { get; }

    public FaultList Faults { get; }

    /// <summary>What was found of the vCenters' messages; null where they are not checked.</summary>
    public MessageCheck? Messages { get; }

    /// <summary>Which addresses answer, and which links are up.</summary>
    public LabNetwork Network { get; }

    /// <summary>The way into the shells.</summary>
    public ShellDoors Doors { get; }

    public IReadOnlyList<ServedVCenter> VCenters { get; private set; } = [];

    public IReadOnlyList<IShellEndpoint> Shells => [.. Doors.All.Select(shell => shell.Endpoint)];

    public string Folder => _folder.FullPath;

    public string InventoryFile => _folder.InventoryFile;

    /// <summary>The TCP port of the SSH servers, the same at every address; null where none run.</summary>
    public int? SshPort { get; private set; }

    /// <summary>What of the enclosures is served.</summary>
    public LabEnclosures Enclosures { get; private set; } = null!;

    /// <summary>Whether this machine lets the SSH servers give terminals to interactive shells.</summary>
    public bool SshGivesTerminals { get; private set; }

    /// <summary>Lies beneath the SSH sessions of a console in this process: no server is needed then.</summary>
    public ISshTransport SshTransport => new LabSshTransport(Doors);

    /// <summary>Starts a lab.</summary>
    /// <exception cref="Connections.OpsKitException">Its folder is taken or cannot be written, a port is taken, or there is no SSH server to start.</exception>
    public static async Task<LabServer> StartAsync(LabOptions options, CancellationToken cancellationToken)
    {
        var folder = await LabFolder.TakeAsync(options.Folder, options.Clock, cancellationToken).ConfigureAwait(false);
        var server = new LabServer(options, folder);
        try
        {
            await server.OpenAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync().ConfigureAwait(false);
        File.Delete(_folder.PathOf(ControlFile.Name));
        _folder.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await Network.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (var vCenter in Estate.VCenters)
        {
            var part = await VCenterPart.StartAsync(Estate, vCenter, Log, Faults, Messages, Options.Port == 0 ? 0 : Options.Port + VCenters.Count, cancellationToken).ConfigureAwait(false);
            _parts.Push(part);
            VCenters = [.. VCenters, part.Served];
        }

        _parts.Push(EsxiHosts.Open(Estate, _folder.FullPath, Faults, Log, Doors));
        Enclosures = await LabEnclosures.StartAsync(Estate, Network, Faults, Log, Doors, cancellationToken).ConfigureAwait(false);
        _parts.Push(Enclosures);
        if (Options.Sshd && Doors.All.Count > 0)
            await StartSshAsync(cancellationToken).ConfigureAwait(false);
        VcsuScript.Write(_folder);
        LabFiles.Write(_folder, Estate, Options, VCenters, Doors, SshPort, Enclosures.XmlData);
        var control = await ControlServer.StartAsync(Faults, new EstateNames(Estate, Doors), Log, Enclosures.Vcsu, Options.Clock, cancellationToken).ConfigureAwait(false);
        _parts.Push(control);
        _folder.Write(ControlFile.Name, control.File.ToJson());
    }

    private async Task StartSshAsync(CancellationToken cancellationToken)
    {
        var client = SshKey.Create();
        _folder.Write(InventoryText.SshKeyFile, client.PrivatePem);
        var perl = SshdInstallation.Search(JumpHost.Current, "perl");
        var sshd = await SshdServer.StartAsync(Estate, Doors, _folder.PathOf("sshd"), client, perl, cancellationToken).ConfigureAwait(false);
        _parts.Push(sshd);
        lock (Estate.Gate)
            GiveTheUserLogins();
        (SshPort, SshGivesTerminals) = (sshd.Port, sshd.GivesTerminals);
    }

    /// <summary>Whoever comes through sshd is the user it runs as; VCSU, told the same user, is let in too.</summary>
    private void GiveTheUserLogins()
    {
        foreach (var accounts in Estate.Enclosures.SelectMany(enclosure => new[] { enclosure.Accounts, enclosure.VcAccounts }).Where(accounts => accounts.Count > 0))
            accounts.Add(accounts[0] with { User = Environment.UserName });
    }
}
