using Microsoft.Extensions.Time.Testing;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Journal;

/// <summary>A state folder, and plans to journal.</summary>
internal sealed class JournalBench : IDisposable
{
    public JournalBench() => Home = Directory.CreateTempSubdirectory("opskit-journal").FullName;

    public string Home { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 31, 22, 0, 0, TimeSpan.Zero));

    public Redactor Redactor { get; } = new();

    public JumpHost JumpHost => JumpHost.From(new Dictionary<string, string>(StringComparer.Ordinal), Home, Home, windows: false) with { Clock = Clock };

    public string State => JumpHost.StateDirectory;

    public RunJournal Open() => new(JumpHost, Redactor);

    public static Target Host(string name) => new() { Kind = TargetKind.Host, Name = name, VCenter = "vc1" };

    public static PlannedChange Change(string id = "enter") =>
        new() { Id = id, Summary = $"{id} maintenance mode", Before = "normal", After = "in maintenance mode", Impact = Impact.MaintenanceMode };

    public static Plan Plan(params string[] hosts) => new()
    {
        Playbook = "night",
        File = "night.yaml",
        PlaybookSha256 = "1",
        Inventory = "opskit.yaml",
        InventorySha256 = "2",
        Made = new DateTimeOffset(2026, 1, 31, 22, 0, 0, TimeSpan.Zero),
        Steps =
        [
            new StepPlan
            {
                Number = 1,
                Name = "enter",
                Verb = "host.enter-maintenance",
                Targets = [.. hosts.Select(host => new TargetPlan { Target = Host(host), Changes = [Change()] })],
                Batches = [[.. Enumerable.Range(0, hosts.Length)]],
                Timeout = TimeSpan.FromMinutes(5),
            },
        ],
    };

    public static RunStart Start(params string[] hosts) => new()
    {
        Playbook = "night",
        PlaybookText = "name: night",
        PlanJson = PlanJson.Write(Plan(hosts)),
        StartedBy = "operator",
        LockKeys = [.. hosts.Select(host => Host(host).LockKey)],
    };

    public static ChangeKey Key(string host, string change = "enter") => new(1, Host(host).LockKey, change);

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
