using OpsKit.Connections.Platform;
using OpsKit.Connections.Secrets;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Journal;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Runs;
using OpsKit.Lab.Enclosures.Vcsu;
using OpsKit.Lab.Estate;
using OpsKit.Lab.Network;
using OpsKit.Modules;

namespace OpsKit.Lab.Tests.VirtualConnect;

/// <summary>A lab on which rollouts run for real, by the lab's clock.</summary>
internal sealed class RolloutBench : IAsyncDisposable
{
    private RolloutBench(ServedLab lab) => (Lab, Journal) = (lab, new RunJournal(lab.JumpHost, new Redactor()));

    public ServedLab Lab { get; }

    public RunJournal Journal { get; }

    public RunRecord Run => Journal.Find("last");

    /// <summary>The resets the lab received, in order.</summary>
    public IReadOnlyList<string> Resets => [.. Lab.Server.Log.Changes.Select(operation => $"{operation.Operation} {operation.Target}").Where(reset => reset.StartsWith("RESTART INTERCONNECT ", StringComparison.Ordinal))];

    public static async Task<RolloutBench> StartAsync(LabSize size = LabSize.Small, double speed = 120) => new(await ServedLab.StartAsync(size, speed));

    /// <summary>A playbook of one step; times are short, and VCSU is the lab's.</summary>
    public string Text(string verb, string with, string target = "enc1") =>
        $"name: rollout\nsteps:\n  - uses: {verb}\n    targets: [{target}]\n    with: {{clean: 10s, settle: 1m, watch-interval: 1s, {(verb == "vc.rollout" ? $"vcsu: \"{Path.Combine(Lab.Server.Folder, VcsuScript.Name)}\", " : "")}{with}}}\n";

    public PlaybookRun Playbook(string text)
    {
        var doors = Lab.Doors();
        var probe = new LabProbe(Lab.Server.Network, Lab.Estate.Clock);
        return new PlaybookRun(PlaybookReader.Parse(text, "rollout.yaml", null, ModuleVerbs.All), text, doors, new GuardDoors
        {
            Icmp = probe, Tcp = probe, Processes = new ProcessRunner(Lab.Estate.Clock), Clock = Lab.Estate.Clock, WorkingDirectory = Lab.Server.Folder,
        });
    }

    public Task<Plan> PlanAsync(string text) => Playbook(text).PlanAsync(ServedLab.Token);

    /// <summary>Plans and runs; what is asked is answered so.</summary>
    public async Task<RunOutcome> ApplyAsync(string text, bool answer = false, Action<string>? told = null)
    {
        var run = Playbook(text);
        var plan = await run.PlanAsync(ServedLab.Token);
        plan.IsBlocked.ShouldBeFalse(string.Join("; ", plan.Steps.SelectMany(step => step.Targets).SelectMany(target => target.Blockers)));
        await using var output = new Told(told);
        return await run.ApplyAsync(plan, Journal, new TextRunConsole(output) { Continue = (_, _) => Task.FromResult(answer) }, begun: null, ServedLab.Token);
    }

    /// <summary>Waits for a mark on the time line of the run.</summary>
    public Task MarkedAsync(string text) => OpsKit.TestKit.Eventually.TrueAsync(
        () => Journal.List().Count > 0 && Journal.Events(Run.Id).Any(happened => happened.Kind == RunEvent.Mark && happened.Text == text), $"mark {text}");

    public async ValueTask DisposeAsync()
    {
        Journal.Dispose();
        await Lab.DisposeAsync();
    }

    private sealed class Told(Action<string>? told) : StringWriter
    {
        public override void WriteLine(string? value) => told?.Invoke(value ?? "");
    }
}
