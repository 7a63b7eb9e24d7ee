using System.Collections.Concurrent;
using OpsKit.Connections;
using OpsKit.Connections.Enclosures;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>The doors of a run: one session for each vCenter and each shell, opened when first asked for, closed with the run.</summary>
public sealed class RunDoors : IPlanningDoors, IAsyncDisposable
{
    private readonly RunSessions<VCenterEndpoint, VSphereSession> _vCenters;
    private readonly RunSessions<Endpoint, SshSession> _shells;
    private readonly SshConnector? _ssh;
    private readonly SecretResolver? _secrets;
    private readonly XmlDataClient? _xmlData;
    private readonly ConcurrentDictionary<string, OnboardAdministrators> _enclosures = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens nothing yet.</summary>
    /// <param name="estate">The inventory.</param>
    /// <param name="jumpHost">The jump host.</param>
    /// <param name="open">Opens a vSphere session.</param>
    /// <param name="ssh">Opens SSH sessions; the caller disposes of it, after the doors. Null where no verb of the run speaks SSH.</param>
    /// <param name="secrets">Fetches secrets for programs that changes run; the caller disposes of it. Null where no verb of the run needs any.</param>
    /// <param name="xmlData">Fetches what Onboard Administrators tell over HTTPS; null for not at all.</param>
    /// <param name="ping">Asks addresses whether they answer; null for ICMP.</param>
    public RunDoors(
        Estate estate,
        JumpHost jumpHost,
        Func<VCenterEndpoint, CancellationToken, Task<VSphereSession>> open,
        SshConnector? ssh = null,
        SecretResolver? secrets = null,
        XmlDataClient? xmlData = null,
        IProbe? ping = null)
    {
        ArgumentNullException.ThrowIfNull(jumpHost);
        Estate = estate;
        JumpHost = jumpHost;
        Ports = PortProbes.From(jumpHost.Clock);
        _ssh = ssh;
        _secrets = secrets;
        _xmlData = xmlData;
        Ping = ping ?? new IcmpProbe(jumpHost.Clock);
        _vCenters = new(open, static _ => true);
        _shells = new((endpoint, token) => Ssh(endpoint).ConnectAsync(endpoint, SettingsOf(endpoint), token), static session => session.IsConnected);
    }

    /// <inheritdoc/>
    public Estate Estate { get; }

    /// <inheritdoc/>
    public JumpHost JumpHost { get; }

    /// <inheritdoc/>
    public IProbe Ping { get; }

    /// <inheritdoc/>
    public PortProbes Ports { get; init; }

    /// <inheritdoc/>
    public async Task<VSphereQueries> QueriesAsync(string vCenter, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(vCenter, cancellationToken).ConfigureAwait(false);
        return new VSphereQueries(session.Endpoint.Name, session.Queries, session.Content, session.Properties, session.About);
    }

    /// <inheritdoc/>
    public async Task<ShellQueries> ShellAsync(string endpoint, CancellationToken cancellationToken)
    {
        var found = ShellOf(endpoint);
        await _shells.GetAsync(found, cancellationToken).ConfigureAwait(false);
        return new ShellQueries(found.Name, token => _shells.GetAsync(found, token));
    }

    /// <inheritdoc/>
    public OaQueries Enclosure(string enclosure) => new(AdministratorsOf(enclosure), _xmlData);

    /// <inheritdoc/>
    public ShellQueries? VirtualConnect(string enclosure, string address) => EnclosureOf(enclosure).VirtualConnectAt(address) is { } manager
        ? new ShellQueries(manager.Name, token => _shells.GetAsync(manager, token))
        : null;

    /// <summary>Logs out everywhere.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var administrators in _enclosures.Values)
            await administrators.DisposeAsync().ConfigureAwait(false);
        await _shells.DisposeAsync().ConfigureAwait(false);
        await _vCenters.DisposeAsync().ConfigureAwait(false);
    }

    internal IApplyingDoors ForChange(ChangeHooks hooks) => new ChangeDoors(this, hooks);

    private Task<VSphereSession> SessionAsync(string vCenter, CancellationToken cancellationToken) =>
        Estate.Find(vCenter) is VCenterEndpoint endpoint
            ? _vCenters.GetAsync(endpoint, cancellationToken)
            : throw new OpsKitException(FailureKind.Usage, $"there is no vCenter called \"{vCenter}\" in {Estate.Source}", next: "opskit inventory show lists the names");

    private OnboardAdministrators AdministratorsOf(string name)
    {
        var endpoint = EnclosureOf(name);
        return _enclosures.GetOrAdd(endpoint.Name, _ => new OnboardAdministrators(endpoint, (administrator, token) => _shells.GetAsync(administrator, token)));
    }

    private EnclosureEndpoint EnclosureOf(string name) => Estate.Find(name) as EnclosureEndpoint
        ?? throw new OpsKitException(FailureKind.Usage, $"there is no enclosure called \"{name}\" in {Estate.Source}", next: "opskit inventory show lists the names");

    /// <summary>The endpoint of a name; a host may also be named by its address, as vCenter does.</summary>
    private Endpoint ShellOf(string name)
    {
        var found = Estate.Find(name) ?? Estate.Hosts.FirstOrDefault(host => string.Equals(host.Address, name, StringComparison.OrdinalIgnoreCase));
        return found is HostEndpoint or EnclosureEndpoint
            ? found
            : throw new OpsKitException(
                FailureKind.Usage,
                found is null ? $"there is no host or enclosure called \"{name}\" in {Estate.Source}" : $"\"{name}\" in {Estate.Source} is a vCenter, which has no shell here",
                next: "add it under hosts: or enclosures: with the address and credential of its SSH service");
    }

    private SshConnector Ssh(Endpoint endpoint) =>
        _ssh ?? throw new OpsKitException(FailureKind.Usage, "is to be spoken to over SSH, and this run was given nothing to do it with", endpoint.Name);

    private static SshSettings SettingsOf(Endpoint endpoint) => endpoint switch
    {
        HostEndpoint host => host.Ssh,
        EnclosureEndpoint enclosure => enclosure.Ssh,
        _ => throw new ArgumentException($"{endpoint.Name} has no SSH", nameof(endpoint)),
    };

    private sealed class ChangeDoors(RunDoors doors, ChangeHooks hooks) : IApplyingDoors
    {
        public Estate Estate => doors.Estate;

        public JumpHost JumpHost => doors.JumpHost;

        public PortProbes Ports => doors.Ports;

        public string? Note => hooks.Note;

        public string RunFolder => hooks.RunFolder;

        public IWatchdog Watchdog => hooks.Watchdog;

        public Task<VSphereQueries> QueriesAsync(string vCenter, CancellationToken cancellationToken) => doors.QueriesAsync(vCenter, cancellationToken);

        public Task<ShellQueries> ShellAsync(string endpoint, CancellationToken cancellationToken) => doors.ShellAsync(endpoint, cancellationToken);

        public IProbe Ping => doors.Ping;

        public OaQueries Enclosure(string enclosure) => doors.Enclosure(enclosure);

        public ShellQueries? VirtualConnect(string enclosure, string address) => doors.VirtualConnect(enclosure, address);

        public OnboardAdministrators OnboardAdministrators(string enclosure) => doors.AdministratorsOf(enclosure);

        public Task<VSphereSession> SessionAsync(string vCenter, CancellationToken cancellationToken) => doors.SessionAsync(vCenter, cancellationToken);

        public Task<SshSession> SshAsync(string endpoint, CancellationToken cancellationToken) => doors._shells.GetAsync(doors.ShellOf(endpoint), cancellationToken);

        public Task<DetachedRun> StartDetachedAsync(string endpoint, DetachedCommand command, CancellationToken cancellationToken)
        {
            var found = doors.ShellOf(endpoint);
            return doors.Ssh(found).StartDetachedAsync(found, SettingsOf(found), command, cancellationToken);
        }

        public DetachedRun Attach(string endpoint, DetachedCommand command)
        {
            var found = doors.ShellOf(endpoint);
            return doors.Ssh(found).Attach(found, SettingsOf(found), command);
        }

        public void Progress(string text, double? share = null) => hooks.Progress(text, share);

        public Task<bool> AskAsync(string instructions, CancellationToken cancellationToken) => hooks.Ask(instructions, cancellationToken);

        public void Remember(string fact) => hooks.Remember(fact);

        public OutageWatch? Measure(ProbeTarget target) => hooks.Measure(target);

        public void Mark(string text) => hooks.Mark(text);

        public string OutputFolder => hooks.OutputFolder();

        public void Keep(string file, string text) => hooks.Keep(file, text);

        public Task<Secret> SecretAsync(SecretReference reference, string owner, CancellationToken cancellationToken) =>
            (doors._secrets ?? throw new OpsKitException(FailureKind.Usage, "needs a secret, and this run was given nothing to fetch it with", owner))
            .ResolveAsync(reference, owner, cancellationToken);
    }
}
