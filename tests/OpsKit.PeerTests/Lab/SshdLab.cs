using OpsKit.Lab.Doors;
using OpsKit.Lab.Doors.Sshd;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Operations;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Lab;

/// <summary>
/// Plain shells served by this machine's sshd: <c>esx01</c> with a folder of its own behind SFTP, <c>bare</c> without SFTP, and <c>whole</c> whose SFTP sees the
/// same files as its commands.
/// </summary>
public sealed class SshdLab : IAsyncLifetime
{
    private const string Perl = "/usr/bin/perl";

    private LabFolder _folder = null!;
    private SshdServer _server = null!;
    private volatile bool _silent;

    /// <summary>Whether the bridge is the script; else the lab's own program.</summary>
    internal bool WithPerl { get; init; } = true;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("opskit lab-").FullName;

    /// <summary>What stands for the file system of <c>esx01</c>.</summary>
    internal string Files => Path.Combine(Folder, "files");

    internal LabEstate Estate { get; } = EstateBuilder.Build(LabSize.Small, seed: 1, new LabClock(TimeProvider.System, speed: 60));

    internal FaultList Faults { get; private set; } = null!;

    internal OperationLog Log { get; private set; } = null!;

    internal PlainShell Esx01 { get; private set; } = null!;

    internal IReadOnlyList<LabShell> Shells { get; private set; } = [];

    internal int Port => _server.Port;

    internal string KeyFile => Path.Combine(Folder, InventoryText.SshKeyFile);

    /// <summary>Whether the network leads nowhere.</summary>
    internal bool Silent
    {
        set => _silent = value;
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Files);
        Faults = new FaultList(Estate.Clock);
        Log = new OperationLog(Estate.Clock);
        Esx01 = new PlainShell("esx01", Files);
        var doors = new ShellDoors(Estate, Faults, Log, _ => !_silent);
        foreach (var (shell, host) in new[] { Esx01, new PlainShell("bare", null), new PlainShell("whole", "/") }.Zip(Estate.Hosts))
            doors.Add(new LabShell(shell, host.Address, SshKey.Create()));
        Shells = doors.All;
        _folder = await LabFolder.TakeAsync(Folder, TimeProvider.System, CancellationToken.None);
        var client = SshKey.Create();
        _folder.Write(InventoryText.SshKeyFile, client.PrivatePem);
        _server = await SshdServer.StartAsync(Estate, doors, _folder.PathOf("sshd"), client, WithPerl ? Perl : null, CancellationToken.None);
        LabFiles.Write(_folder, Estate, new LabOptions { Folder = Folder, Sshd = true }, [], doors, _server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Runs <c>ssh</c> with the lab's ssh_config.</summary>
    internal Task<(int Status, string Output, string Error)> SshAsync(params string[] arguments) => Shell.TryAsync("ssh", [.. Config, .. arguments]);

    /// <summary>Starts <c>ssh</c> with the lab's ssh_config, to talk with.</summary>
    internal SshDialogue Start(params string[] arguments) => new([.. Config, .. arguments]);

    /// <summary>Runs <c>sftp</c> with a script on its input; its first failure ends it.</summary>
    internal Task<(int Status, string Output, string Error)> SftpAsync(string host, string script) => ShAsync($"sftp -b - {Words} {host} <<'END'\n{script}\nEND");

    /// <summary>Runs a line of shell in which <c>$F</c> stands for the option that names the lab's ssh_config.</summary>
    internal Task<(int Status, string Output, string Error)> ShAsync(string line) => Shell.TryAsync("/bin/bash", "-c", line.Replace("$F", Words, StringComparison.Ordinal));

    private string[] Config => ["-F", Path.Combine(Folder, "ssh_config")];

    private string Words => $"-F '{Path.Combine(Folder, "ssh_config")}'";
}
