using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Engine.Verbs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Network;
using OpsKit.Modules;

namespace OpsKit.Lab.Tests.VirtualDisks;

/// <summary>A served lab with whose virtual machines opskit's verbs are run, in this process, with the real engine, journal and client.</summary>
internal sealed class MachineLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private MachineLab(DirectoryInfo folder, LabServer lab) => (_folder, Server) = (folder, lab);

    public LabServer Server { get; }

    /// <summary>Opskit waits by the lab's clock, too.</summary>
    public JumpHost JumpHost => JumpHost.From(new Dictionary<string, string>(StringComparer.Ordinal), _folder.FullName, _folder.FullName, windows: false) with { Clock = Server.Estate.Clock };

    /// <summary>What changed the estate so far.</summary>
    public IEnumerable<string> Changes => Server.Log.Changes.Select(operation => operation.Operation);

    /// <summary>The last run.</summary>
    public RunRecord Record
    {
        get
        {
            using var journal = new RunJournal(JumpHost, new Redactor());
            return journal.Find("last");
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MachineLab> StartAsync(LabSize size = LabSize.Small, double speed = 300)
    {
        var folder = Directory.CreateTempSubdirectory("opskit-machines-");
        return new MachineLab(folder, await LabServer.StartAsync(new LabOptions { Folder = Path.Combine(folder.FullName, "lab"), Size = size, Speed = speed }, Token));
    }

    public LabMachine Machine(string name) => Server.Estate.Machines.Single(machine => machine.Name == name);

    /// <summary>Changes the estate behind opskit's back.</summary>
    public void Alter(Action change)
    {
        lock (Server.Estate.Gate)
            change();
    }

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Plans and applies a playbook of one step.</summary>
    public Task<RunOutcome> ApplyAsync(string verb, string targets, string with, string more = "") => ApplyAsync(Playbook(verb, targets, with, more));

    public async Task<RunOutcome> ApplyAsync(string playbook)
    {
        await using var doors = Doors();
        var run = Run(doors, playbook);
        using var journal = new RunJournal(JumpHost, new Redactor());
        return await run.ApplyAsync(await run.PlanAsync(Token), journal, new TextRunConsole(TextWriter.Null), begun: null, Token);
    }

    public async Task<RunOutcome> ResumeAsync()
    {
        await using var doors = Doors();
        using var journal = new RunJournal(JumpHost, new Redactor());
        return await Run(doors, journal.Find("last").Start.PlaybookText).ResumeAsync("last", journal, new TextRunConsole(TextWriter.Null), begun: null, Token);
    }

    public Task<Plan> PlanAsync(string verb, string targets, string with) => PlanAsync(Playbook(verb, targets, with, ""));

    public async Task<Plan> PlanAsync(string playbook)
    {
        await using var doors = Doors();
        return await Run(doors, playbook).PlanAsync(Token);
    }

    /// <summary>Asks the first vCenter something with the queries that planners have.</summary>
    public async Task<T> AskAsync<T>(Func<VSphereQueries, Task<T>> ask)
    {
        await using var doors = Doors();
        return await ask(await doors.QueriesAsync("vc1", Token));
    }

    /// <summary>Does something at the first vCenter as another client would.</summary>
    public async Task ElsewhereAsync(Func<VSphereSession, Task> act)
    {
        await using var session = await Connector().ConnectAsync((VCenterEndpoint)InventoryReader.Read(Server.InventoryFile, JumpHost).Find("vc1")!, Token);
        await act(session);
    }

    /// <summary>How long a server may be silent is told by the real clock: at 300 times the speed a busy machine would seem dead.</summary>
    public RunDoors Doors() => new(InventoryReader.Read(Server.InventoryFile, JumpHost), JumpHost, Connector().ConnectAsync);

    private VSphereConnector Connector()
    {
        var steady = JumpHost with { Clock = TimeProvider.System };
        return new VSphereConnector(new TrustStore(steady), new SecretResolver(steady, new ProcessRunner(steady.Clock), prompt: null, new Redactor()), steady, static _ => { });
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Playbook(string verb, string targets, string with, string more) =>
        $"name: machines\nsteps:\n  - uses: {verb}\n    targets: {targets}\n    batch: all\n    with: {with}\n{more}";

    /// <summary>Pings go through the lab's network, as in a rehearsal.</summary>
    private PlaybookRun Run(RunDoors doors, string text) => new(
        PlaybookReader.Parse(text, "machines.yaml", null, ModuleVerbs.All), text, doors, GuardDoors.From(doors.JumpHost) with { Icmp = new LabProbe(Server.Network, Server.Estate.Clock) });
}
