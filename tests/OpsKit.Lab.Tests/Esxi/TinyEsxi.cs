using System.Text;
using OpsKit.Lab.Doors;
using OpsKit.Lab.Esxi;
using OpsKit.Lab.Esxi.Hosts;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Operations;

namespace OpsKit.Lab.Tests.Esxi;

/// <summary>What a command line did.</summary>
internal sealed record Ran(int Status, string Output, string Error);

/// <summary>The hosts of an estate with their shells, in a folder of their own.</summary>
internal sealed class TinyEsxi : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-esxi-");
    private readonly EsxiHosts _hosts;

    public TinyEsxi(LabSize size = LabSize.Small, double speed = 1000, TimeProvider? clock = null)
    {
        Clock = new LabClock(clock ?? TimeProvider.System, speed);
        Estate = EstateBuilder.Build(size, seed: 1, Clock);
        Faults = new FaultList(Clock);
        Log = new OperationLog(Clock);
        Doors = new ShellDoors(Estate, Faults, Log, _ => true);
        _hosts = EsxiHosts.Open(Estate, _folder.FullName, Faults, Log, Doors);
    }

    /// <summary>Hosts of the field estate at a moment that never passes: what they print is always the same.</summary>
    public static TinyEsxi Frozen(LabSize size) => new(size, speed: 1, new Moment());

    public LabClock Clock { get; }

    public LabEstate Estate { get; }

    public FaultList Faults { get; }

    public OperationLog Log { get; }

    public ShellDoors Doors { get; }

    /// <summary>The first host of a version.</summary>
    public LabHost HostOf(string version) => Estate.Hosts.First(host => host.Version.StartsWith(version, StringComparison.Ordinal));

    public EsxiHost EsxiOf(LabHost host) => _hosts.Of(host);

    public Task<Ran> RunAsync(string command, string input = "", CancellationToken? token = null) => RunAsync(Estate.Hosts[0], command, input, token);

    public async Task<Ran> RunAsync(LabHost host, string command, string input = "", CancellationToken? token = null)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var given = new MemoryStream(Encoding.Latin1.GetBytes(input));
        var outcome = await Doors.ExecuteAsync(Doors.At(host.Address)!, "root", command, given, output, error, token ?? TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        return new Ran(outcome.ExitStatus, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    public async ValueTask DisposeAsync()
    {
        await _hosts.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>It is always the same time, and every wait is over at once.</summary>
    private sealed class Moment : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override DateTimeOffset GetUtcNow() => new(2012, 3, 1, 22, 0, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero)
                ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
            return System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
