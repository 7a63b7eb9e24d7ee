using OpsKit.Connections;
using OpsKit.Connections.Platform;
using OpsKit.Connections.Probes;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Targets;
using OpsKit.Engine.Verbs;

namespace OpsKit.Engine.Runs;

/// <summary>
/// A playbook on its way: planned, then applied or resumed, over the doors of one run. The order is always the same: what guards watch is found, the plan is
/// made and agreed to by whoever calls, the journal takes the locks, the guards watch for a while, the steps run.
/// </summary>
public sealed class PlaybookRun
{
    private readonly RunDoors _doors;
    private readonly GuardDoors _guardDoors;
    private IReadOnlyDictionary<string, IReadOnlyList<ProbeTarget>>? _guardTargets;

    /// <summary>Contacts nothing yet.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="text">Its text, for the journal: a run is resumed by it even where the file has changed.</param>
    /// <param name="doors">Sessions; the caller disposes of them.</param>
    /// <param name="guardDoors">What guards reach the world with.</param>
    public PlaybookRun(Playbook playbook, string text, RunDoors doors, GuardDoors guardDoors)
    {
        Playbook = playbook;
        Text = text;
        _doors = doors;
        _guardDoors = guardDoors;
    }

    /// <summary>The playbook.</summary>
    public Playbook Playbook { get; }

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>Variables given besides the playbook's own.</summary>
    public IReadOnlyDictionary<string, string> Vars { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What <c>--limit</c> leaves of the targets.</summary>
    public TargetLimit Limit { get; init; } = TargetLimit.None;

    /// <summary>The playbook's file, absolute; null for none.</summary>
    public string? File { get; init; }

    /// <summary>The inventory's file, absolute; null for none.</summary>
    public string? InventoryFile { get; init; }

    /// <summary>From where the files of steps that report are meant; null for the jump host's working folder.</summary>
    public string? ReportFolder { get; init; }

    /// <summary>How long the guards watch before the first step: what is silent anyway is told from what falls silent. Default 10 s; none where no address is watched.</summary>
    public TimeSpan Baseline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What each ping guard watches, by its name; null before <see cref="PlanAsync"/> or <see cref="ResumeAsync"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ProbeTarget>>? GuardTargets => _guardTargets;

    /// <summary>Observes and plans; changes nothing.</summary>
    /// <exception cref="OpsKitException">A selector means nothing, or what a guard is to watch cannot be found.</exception>
    public async Task<Plan> PlanAsync(CancellationToken cancellationToken)
    {
        _guardTargets = await GuardTargetReader.ReadAsync(_doors, Playbook.Guards, cancellationToken).ConfigureAwait(false);
        return await new Planner(_doors).PlanAsync(Playbook, Limit, InventoryHash.Of(_doors.Estate, InventoryFile), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a plan that was agreed to.</summary>
    /// <param name="plan">The plan, of <see cref="PlanAsync"/>.</param>
    /// <param name="journal">Keeps the run.</param>
    /// <param name="console">Shows the run.</param>
    /// <param name="begun">Told the run's id and folder once they are known; null for nobody.</param>
    /// <param name="cancellationToken">Interrupts; the run can be resumed.</param>
    /// <exception cref="OpsKitException">Kind Locked: another run holds a target. Or the journal cannot be written.</exception>
    public async Task<RunOutcome> ApplyAsync(Plan plan, IRunJournal journal, IRunConsole console, Action<IRunWriter>? begun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(journal);
        var writer = journal.Begin(StartOf(plan), plan);
        await using (writer.ConfigureAwait(false))
            return await RunAsync(plan, writer, console, begun, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes up a run that ended early: what is open is looked at, what is not done is done.</summary>
    /// <param name="id">The run.</param>
    /// <param name="journal">Knows the run.</param>
    /// <param name="console">Shows the run.</param>
    /// <param name="begun">Told the run's id and folder once its locks are taken; null for nobody.</param>
    /// <param name="cancellationToken">Interrupts; the run can be resumed.</param>
    /// <exception cref="OpsKitException">Kind Locked: its process lives, or another run holds a target. Kind Usage: it is over.</exception>
    public async Task<RunOutcome> ResumeAsync(string id, IRunJournal journal, IRunConsole console, Action<IRunWriter>? begun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var plan = PlanJson.Read(journal.Find(id).Start.PlanJson);
        _guardTargets = await GuardTargetReader.ReadAsync(_doors, Playbook.Guards, cancellationToken).ConfigureAwait(false);
        var writer = journal.Resume(id);
        await using (writer.ConfigureAwait(false))
            return await RunAsync(plan, writer, console, begun, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunOutcome> RunAsync(Plan plan, IRunWriter writer, IRunConsole console, Action<IRunWriter>? begun, CancellationToken cancellationToken)
    {
        begun?.Invoke(writer);
        var targets = _guardTargets ?? throw new InvalidOperationException("a plan is made before it is applied");
        var guards = GuardWatch.Start(Playbook.Guards, targets, _guardDoors, writer.Sample, cancellationToken);
        await using (guards.ConfigureAwait(false))
        {
            try
            {
                await WatchBeforeAsync(guards, targets, console, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                writer.End(RunStatus.Interrupted, "interrupted before the first step");
                return new RunOutcome(RunStatus.Interrupted, "interrupted before the first step", [], plan.Steps.Sum(step => step.Targets.Count));
            }

            var runner = new Runner(_doors, writer, guards, console, ReportFolder)
            {
                Watch = (stepGuards, token) => WatchStepAsync(stepGuards, writer, console, token),
                Probes = _guardDoors,
            };
            return await runner.RunAsync(Playbook, plan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Guards that a step brings along watch for a while, too, before it begins.</summary>
    private async Task<IGuardWatch> WatchStepAsync(IReadOnlyList<StepGuard> stepGuards, IRunWriter writer, IRunConsole console, CancellationToken cancellationToken)
    {
        var targets = stepGuards.ToDictionary(guard => guard.Spec.Name, guard => guard.Targets, StringComparer.Ordinal);
        var watch = GuardWatch.Start([.. stepGuards.Select(guard => guard.Spec)], targets, _guardDoors, writer.Sample, cancellationToken);
        try
        {
            await WatchBeforeAsync(watch, targets, console, cancellationToken).ConfigureAwait(false);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task WatchBeforeAsync(
        GuardWatch guards, IReadOnlyDictionary<string, IReadOnlyList<ProbeTarget>> targets, IRunConsole console, CancellationToken cancellationToken)
    {
        var addresses = targets.Values.Sum(watched => watched.Count);
        if (addresses == 0)
            return guards.BaselineAsync(TimeSpan.Zero, cancellationToken);
        console.Say($"the guards watch {(addresses == 1 ? "1 address" : $"{addresses} addresses")} for {Baseline.TotalSeconds:0.#} s before the first step");
        return guards.BaselineAsync(Baseline, cancellationToken);
    }

    private RunStart StartOf(Plan plan) => new()
    {
        Playbook = Playbook.Name,
        File = File,
        Inventory = InventoryFile,
        Vars = Vars,
        PlaybookText = Text,
        PlanJson = PlanJson.Write(plan),
        StartedBy = _doors.JumpHost.UserName,
        LockKeys =
        [
            .. plan.Steps.SelectMany(step => step.Targets)
                .Where(target => target.Target.Kind != TargetKind.None && (target.Changes.Count > 0 || target.DependsOnStep > 0))
                .Select(target => target.Target.LockKey)
                .Distinct(StringComparer.Ordinal),
        ],
    };
}
