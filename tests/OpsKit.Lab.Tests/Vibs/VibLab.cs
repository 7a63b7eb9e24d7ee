using System.Text;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Connections.Ssh;
using OpsKit.Connections.Trust;
using OpsKit.Connections.VSphere;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Esxi.Vibs;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Faults;
using OpsKit.Lab.Hosting;
using OpsKit.Lab.Tests.Esxi.Esxcli;
using OpsKit.Modules;

namespace OpsKit.Lab.Tests.Vibs;

/// <summary>A served lab, and playbooks of one step run against it as the console runs them; the shells answer in this process.</summary>
internal sealed class VibLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opskit-vibs-");
    private string? _inventory;

    private VibLab()
    {
    }

    public LabServer Lab { get; private set; } = null!;

    public FaultList Faults => Lab.Faults;

    public LabHost Host => Lab.Estate.Hosts[0];

    public string Folder => _folder.FullName;

    /// <summary>What was sent to hosts and vCenters that changes something, less what was sent in files.</summary>
    public IReadOnlyList<string> Changes => [.. Lab.Log.Changes.Select(operation => operation.Operation)];

    public StringWriter Told { get; } = new();

    /// <summary>Whether patience is short: time passes fast for those who look at it, while deadlines stay as they are.</summary>
    public bool IsHasty { get; set; }

    public RunRecord Record
    {
        get
        {
            using var journal = new RunJournal(JumpHost, new Redactor());
            return journal.Find("last");
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opskit waits by the lab's clock, too.</summary>
    public JumpHost JumpHost => JumpHost.From(new Dictionary<string, string>(StringComparer.Ordinal), Folder, Folder, windows: false) with { Clock = Lab.Estate.Clock };

    public static async Task<VibLab> StartAsync(LabSize size = LabSize.Small, double speed = 600, string? version = null)
    {
        var lab = new VibLab();
        lab.Lab = await LabServer.StartAsync(new LabOptions { Folder = Path.Combine(lab.Folder, "lab"), Size = size, Speed = speed }, Token);
        if (version is not null)
            lab.Become(lab.Host, version);
        return lab;
    }

    /// <summary>Makes a host one of another version.</summary>
    public void Become(LabHost host, string version)
    {
        lock (Lab.Estate.Gate)
        {
            (host.Version, host.Build) = EsxcliLab.Versions.Single(each => each.Version == version);
            host.Services.Clear();
            host.Rulesets.Clear();
            host.Options.Clear();
            HostSettings.Fill(host);
            HostSoftware.Fill(host, Lab.Estate.Clock.GetUtcNow());
            host.Services["TSM-SSH"] = true;
        }
    }

    /// <summary>Has a host run a package.</summary>
    public void Give(LabHost host, TestVib vib)
    {
        lock (Lab.Estate.Gate)
        {
            var package = VibPackage.Read(vib.ToBytes()).Vib;
            host.Software.Running = host.Software.Running.With(host.Software.Running.Vibs.Append(package with { Installed = Lab.Estate.Clock.GetUtcNow() }), Lab.Estate.Clock.GetUtcNow());
        }
    }

    /// <summary>From now on the inventory names hosts alone.</summary>
    public void WithoutVCenter()
    {
        var lines = File.ReadAllLines(Lab.InventoryFile).ToList();
        var first = lines.IndexOf("vcenters:");
        lines.RemoveRange(first, lines.FindIndex(first + 1, line => line.Length > 0 && line[0] != ' ') - first);
        _inventory = Path.Combine(Folder, "lab", "hosts-only.yaml");
        File.WriteAllLines(_inventory, lines.Where(line => !line.StartsWith("    vcenter:", StringComparison.Ordinal)));
    }

    /// <summary>No machine runs.</summary>
    public void Empty()
    {
        lock (Lab.Estate.Gate)
        {
            foreach (var machine in Lab.Estate.Machines)
                machine.PowerState = "poweredOff";
        }
    }

    /// <summary>The file of this machine that is one of the host's memory disk.</summary>
    public string FileOnHost(string path) => Path.Combine([Folder, "lab", "hosts", "esx01", .. path.Split('/', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>Writes a file beside the playbook.</summary>
    public string Put(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return name;
    }

    public async Task<Plan> PlanAsync(string step)
    {
        await using var doors = Doors();
        return await Run(doors, Text(step)).PlanAsync(Token);
    }

    public async Task<RunOutcome> ApplyAsync(string step, CancellationToken? token = null)
    {
        await using var doors = Doors();
        using var journal = new RunJournal(JumpHost, new Redactor());
        var run = Run(doors, Text(step));
        return await run.ApplyAsync(await run.PlanAsync(Token), journal, new TextRunConsole(Told), begun: null, token ?? Token);
    }

    public async Task<RunOutcome> ResumeAsync()
    {
        await using var doors = Doors();
        using var journal = new RunJournal(JumpHost, new Redactor());
        return await Run(doors, journal.Find("last").Start.PlaybookText).ResumeAsync("last", journal, new TextRunConsole(Told), begun: null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A step of one verb; indented lines go on in it.</summary>
    private static string Text(string step)
    {
        var text = new StringBuilder("name: vibs\nsteps:\n");
        foreach (var (place, line) in step.Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
            text.Append(place == 0 ? "  - " : "    ").Append(line).Append('\n');
        return text.ToString();
    }

    private static PlaybookRun Run(RunDoors doors, string text) => new(PlaybookReader.Parse(text, "vibs.yaml", null, ModuleVerbs.All), text, doors, GuardDoors.From(doors.JumpHost));

    private RunDoors Doors()
    {
        // As in a rehearsal, the deadlines of connections are about this machine: they go by the real clock.
        var (jumpHost, here) = (JumpHost, JumpHost with { Clock = TimeProvider.System });
        var secrets = new SecretResolver(here, new ProcessRunner(here.Clock), prompt: null, new Redactor());
        var ssh = new SshConnector(new KnownHosts(Path.Combine(Folder, "known_hosts")), secrets, here with { Clock = new QuickPolls(IsHasty ? 50 : 1) }, new SshOptions { Transport = Lab.SshTransport });
        return new RunDoors(InventoryReader.Read(_inventory ?? Lab.InventoryFile, jumpHost), jumpHost, new VSphereConnector(new TrustStore(here), secrets, here, static _ => { }).ConnectAsync, ssh);
    }

    /// <summary>The real clock, but that short waits, such as those between two looks at a command, are much shorter.</summary>
    private sealed class QuickPolls(int haste) : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() * haste;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromSeconds(5) ? dueTime / 40 : dueTime, period);
    }
}
