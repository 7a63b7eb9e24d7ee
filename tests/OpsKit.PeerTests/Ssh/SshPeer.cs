using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Ssh;

/// <summary>A user of this machine and a jump host of its own; shared by the SSH tests of a class.</summary>
public sealed class SshPeer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opskit-ssh-").FullName;

    /// <summary>The user's shell; dash starts fast.</summary>
    internal string LoginShell { get; init; } = "/bin/dash";

    internal SshUser User { get; private set; } = null!;

    /// <summary>A folder of this machine for test files.</summary>
    internal string Folder => _folder;

    public async ValueTask InitializeAsync() => User = await SshUser.CreateAsync(LoginShell);

    public async ValueTask DisposeAsync()
    {
        await User.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A jump host whose state folder nobody else has.</summary>
    internal JumpHost JumpHost(string? password = null)
    {
        var home = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        var environment = new Dictionary<string, string> { ["SSH_PASSWORD"] = password ?? User.Password, ["SSH_PASSPHRASE"] = User.Passphrase };
        return Connections.Platform.JumpHost.From(environment, home, home, windows: false);
    }

    internal HostEndpoint Endpoint(int port, Func<SshSettings, SshSettings>? with = null, Credential? credential = null)
    {
        var settings = new SshSettings { Port = port, HostKeyPolicy = HostKeyPolicy.AcceptNew };
        return new HostEndpoint
        {
            Name = "esx01",
            Address = "127.0.0.1",
            Credential = credential ?? Key(),
            Ssh = with?.Invoke(settings) ?? settings,
            ConnectTimeout = TimeSpan.FromSeconds(20),
        };
    }

    internal Credential Key() => new() { Name = "key", UserName = User.Name, PrivateKeyFile = User.PrivateKey };

    internal Credential Password() => new() { Name = "password", UserName = User.Name, Password = new SecretReference(SecretSource.Environment, "SSH_PASSWORD") };

    internal static SshConnector Connector(JumpHost host, SshOptions? options = null, Action<string>? warn = null) =>
        new(KnownHosts.Of(host), new SecretResolver(host, new ProcessRunner(host.Clock), prompt: null, new Redactor()), host, options, warn);

    internal async Task<SshSession> OpenAsync(int port, Credential? credential = null) =>
        await Connector(JumpHost()).ConnectAsync(Endpoint(port, credential: credential), TestContext.Current.CancellationToken);
}
