using System.Net;
using Microsoft.Extensions.Time.Testing;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Doors.InProcess;
using OpsKit.Lab.Enclosures;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Network;
using OpsKit.Lab.Operations;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Enclosures;

/// <summary>The enclosures of an estate behind the product's own SSH sessions, and a clock in the hand.</summary>
internal sealed class EnclosureLab : IAsyncDisposable
{
    private const string PasswordVariable = "OA_PASSWORD";

    private readonly List<EnclosurePart> _parts = [];
    private readonly List<IDisposable> _disposables = [];

    public EnclosureLab(LabSize size = LabSize.Field, double speed = 1)
    {
        Clock = new LabClock(Real, speed);
        Estate = EstateBuilder.Build(size, 1, Clock);
        Faults = new FaultList(Clock);
        Network = new LabNetwork(Estate, Faults);
        Log = new OperationLog(Clock);
        Doors = new ShellDoors(Estate, Faults, Log, Network.IsReachable);
        foreach (var enclosure in Estate.Enclosures)
        {
            var part = new EnclosurePart(new EnclosureSite(Estate, enclosure, Network, Log));
            part.Open(Doors);
            _parts.Add(part);
        }
    }

    public FakeTimeProvider Real { get; } = new(new DateTimeOffset(2012, 3, 1, 22, 0, 0, TimeSpan.Zero));

    public LabClock Clock { get; }

    public LabEstate Estate { get; }

    public FaultList Faults { get; }

    public LabNetwork Network { get; }

    public OperationLog Log { get; }

    public ShellDoors Doors { get; }

    public LabEnclosure Enclosure => Estate.Enclosures[0];

    public EnclosureSite Site => _parts[0].Site;

    public LabInterconnect Module(int bay) => Enclosure.Interconnects[bay - 1];

    public LabHost Host(int number) => Estate.Hosts[number - 1];

    public LabAccount Administrator => Enclosure.Accounts[0];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Logs in at an address; the caller's session.</summary>
    public Task<SshSession> ConnectAsync(IPAddress address, LabAccount? account = null)
    {
        account ??= Administrator;
        var jumpHost = JumpHost.From(new Dictionary<string, string> { [PasswordVariable] = account.Password }, Path.GetTempPath(), Path.GetTempPath(), windows: false);
        var secrets = new SecretResolver(jumpHost, new ProcessRunner(TimeProvider.System), null, new Redactor());
        var connector = new SshConnector(
            new KnownHosts(Path.Combine(Path.GetTempPath(), "opskit-no-known-hosts")), secrets, jumpHost, new SshOptions { Transport = new LabSshTransport(Doors) });
        _disposables.AddRange([connector, secrets]);
        return connector.ConnectAsync(
            new EnclosureEndpoint
            {
                Name = "enc1",
                Address = address.ToString(),
                Credential = new Credential { Name = "enc1", UserName = account.User, Password = SecretReference.Parse("env:" + PasswordVariable, "test") },
            },
            Token);
    }

    /// <summary>Runs a command on an exec channel of the first Onboard Administrator, or of the shell at another address.</summary>
    public async Task<string> ExecAsync(string command, IPAddress? address = null, LabAccount? account = null)
    {
        await using var session = await ConnectAsync(address ?? Enclosure.Oas[0].Address, account);
        var result = await session.RunAsync(command, Token);
        result.ExitStatus.ShouldNotBeNull();
        return result.Output;
    }

    /// <summary>The answer of an exec channel alone: behind the echo of the command, before the next prompt.</summary>
    public async Task<string> AnswerAsync(string command, LabAccount? account = null)
    {
        var output = await ExecAsync(command, account: account);
        var echo = output.IndexOf($"]> {command}\n", StringComparison.Ordinal);
        var from = output.IndexOf('\n', echo) + 1;
        var to = output.IndexOf($"\n{Enclosure.Oas[0].Name} [SCRIPT MODE]> \n", from, StringComparison.Ordinal);
        return to < 0 ? output[from..] : output[from..to];
    }

    /// <summary>Moves the clock on, five seconds at a time, until something is so.</summary>
    public Task AdvanceUntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            if (condition())
                return true;
            Real.Advance(TimeSpan.FromSeconds(5));
            return false;
        },
        "it is so in lab time");

    public async ValueTask DisposeAsync()
    {
        foreach (var disposable in _disposables)
            disposable.Dispose();
        foreach (var part in _parts)
            await part.DisposeAsync();
        await Network.DisposeAsync();
    }
}
