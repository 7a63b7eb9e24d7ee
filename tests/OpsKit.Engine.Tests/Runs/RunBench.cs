using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Tests.Runs;

/// <summary>Runs playbooks of scripted verbs on hosts that no vCenter has, with a journal of its own.</summary>
internal sealed class RunBench : IDisposable
{
    private const string Memory = "/dev/shm";

    /// <summary>In memory where there is such a folder: every write waits for the disk, and there are thousands.</summary>
    private readonly string _home = Directory.Exists(Memory)
        ? Directory.CreateDirectory(Path.Combine(Memory, $"opskit-runs-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("opskit-runs").FullName;

    public RunBench(params string[] hosts) => Hosts = hosts.Length > 0 ? hosts : ["esx01", "esx02", "esx03"];

    public IReadOnlyList<string> Hosts { get; }

    public EagerClock Clock { get; } = new(new DateTimeOffset(2026, 1, 31, 22, 0, 0, TimeSpan.Zero));

    public ScriptedGuards Guards { get; } = new();

    public RecordingConsole Console { get; private set; } = new();

    public JumpHost JumpHost => JumpHost.From(new Dictionary<string, string>(StringComparer.Ordinal), _home, _home, windows: false) with { Clock = Clock };

    public Estate Estate => new("lab.yaml", [.. Hosts.Select(host => new HostEndpoint { Name = host, Address = $"{host}.example.com" })], new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The run in the journal.</summary>
    public RunRecord Record
    {
        get
        {
            using var journal = Open();
            return journal.Find("last");
        }
    }

    public IReadOnlyList<RunEvent> Events
    {
        get
        {
            using var journal = Open();
            return journal.Events("last");
        }
    }

    public RunJournal Open() => new(JumpHost, new Redactor());

    public RunDoors Doors() => new(Estate, JumpHost, (_, _) => throw new NotSupportedException("no vCenter here"));

    public static Step Step(IVerb verb, int number = 1, string targets = "*", string batch = "", int stopAfter = 1, Confirmation confirm = Confirmation.ByImpact) => new()
    {
        Number = number,
        Name = $"step {number}",
        At = $"night.yaml:{number}:1",
        Verb = verb,
        Bound = (IBoundVerb)verb,
        Targets = verb.TargetKind == TargetKind.None ? [] : [TargetSelector.Parse(targets, "night.yaml:1:1")],
        Batches = [.. batch.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(size => BatchSize.TryParse(size, out var read) ? read : throw new FormatException(size))],
        StopAfterFailures = stopAfter,
        Confirm = confirm,
    };

    public static Playbook Playbook(params Step[] steps) => new() { File = "night.yaml", Name = "night", Steps = steps, Sha256 = "0" };

    public async Task<RunOutcome> ApplyAsync(Playbook playbook, CancellationTokenSource? interrupt = null)
    {
        await using var doors = Doors();
        using var journal = Open();
        var (plan, writer) = await BeginAsync(playbook, journal, doors);
        await using (writer)
            return await RunAsync(playbook, plan, doors, writer, interrupt);
    }

    public async Task<RunOutcome> ResumeAsync(Playbook playbook, CancellationTokenSource? interrupt = null)
    {
        await using var doors = Doors();
        using var journal = Open();
        var (plan, writer) = await TakeUpAsync(playbook, journal, doors);
        await using (writer)
            return await RunAsync(playbook, plan, doors, writer, interrupt);
    }

    public async Task<(Plan Plan, IRunWriter Writer)> BeginAsync(Playbook playbook, RunJournal journal, RunDoors doors)
    {
        var plan = await new Planner(doors).PlanAsync(playbook, TargetLimit.None, "1", TestContext.Current.CancellationToken);
        return (plan, journal.Begin(StartOf(plan), plan));
    }

    public Task<(Plan Plan, IRunWriter Writer)> TakeUpAsync(Playbook playbook, RunJournal journal, RunDoors doors)
    {
        var plan = PlanJson.Read(journal.Find("last").Start.PlanJson);
        plan.Steps.Count.ShouldBe(playbook.Steps.Count);
        return Task.FromResult((plan, journal.Resume("last")));
    }

    public Task<RunOutcome> RunAsync(Playbook playbook, Plan plan, RunDoors doors, IRunWriter writer, CancellationTokenSource? interrupt)
    {
        Console = new RecordingConsole { Answer = Console.Answer };
        return new Runner(doors, writer, Guards, Console).RunAsync(playbook, plan, interrupt?.Token ?? TestContext.Current.CancellationToken);
    }

    public static RunStart StartOf(Plan plan) => new()
    {
        Playbook = plan.Playbook,
        PlaybookText = "name: night",
        PlanJson = PlanJson.Write(plan),
        StartedBy = "operator",
        LockKeys = [.. plan.Steps.SelectMany(step => step.Targets).Select(target => target.Target.LockKey)],
    };

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
