using System.Globalization;
using System.Net;
using OpsKit.Connections;
using OpsKit.Connections.Inventory;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules.VirtualConnect.Checks;
using OpsKit.Modules.VirtualConnect.Enclosures;
using OpsKit.Modules.VirtualConnect.Hosts;

namespace OpsKit.Modules.VirtualConnect;

/// <summary>A rollout, or a part of it, with its options.</summary>
internal sealed class BoundRollout(string verb, RolloutOptions options, RolloutParts parts) : IBoundVerb
{
    private static readonly TimeSpan Staging = TimeSpan.FromHours(3);
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>The longest of a staging, and of a reset with its gate, its return and its settling.</summary>
    public TimeSpan DefaultTimeout
    {
        get
        {
            var reset = options.Clean + options.Budget + (options.Settle * 2) + Slack;
            return !parts.HasFlag(RolloutParts.Stage) || reset > Staging ? reset : Staging;
        }
    }

    public IReadOnlyList<PingGuardSpec> GuardsOf(IReadOnlyList<Target> targets) => parts.HasFlag(RolloutParts.Activate)
        ?
        [
            new PingGuardSpec
            {
                Name = "watchdog",
                At = verb,
                Targets = [.. targets.Select(target => $"enclosure:{target.Name}"), .. options.Watch.Also],
                TcpPort = options.Watch.TcpPort,
                Interval = options.Watch.Interval,
                Timeout = TimeSpan.FromSeconds(1),
                ConsecutiveLosses = options.Watch.ConsecutiveLosses,
                Outage = options.Watch.Outage,
                ShareOfTargets = options.Watch.ShareOfTargets,
            },
        ]
        : [];

    public async Task<TargetPlan> PlanAsync(IPlanningDoors doors, Target target, CancellationToken cancellationToken)
    {
        if (!parts.HasFlag(RolloutParts.Activate))
        {
            var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
            return Planned(target, enclosure, [], [], Means(doors, target));
        }

        var facts = await RolloutFactsReader.ReadAsync(doors, target.Name, [], [.. options.Watch.Also.Where(IsAddress)], cancellationToken).ConfigureAwait(false);
        facts = facts with { Bays = [.. StagePlanner.Old(facts.Enclosure, options.Stage.Version).Select(module => module.Bay)] };
        if (facts.Bays.Count == 0)
            return Planned(target, facts.Enclosure, [], [], Means(doors, target));
        var findings = RolloutCheck.Of(facts);
        return Planned(target, facts.Enclosure, RolloutCheck.Blockers(findings), RolloutCheck.Warnings(findings), Means(doors, target));
    }

    public Task<ChangeResult> ApplyAsync(IApplyingDoors doors, Target target, PlannedChange change, CancellationToken cancellationToken)
    {
        var facts = VirtualConnectFactsReader.Load(doors.JumpHost);
        return change.Id switch
        {
            StagePlanner.Id => new StageChange(doors, target, options.Stage, facts).ApplyAsync(change, cancellationToken),
            VerifyChange.Id => VerifyChange.ApplyAsync(doors, target, change, cancellationToken),
            _ when change.Id.StartsWith(ResetPlanner.IdPrefix, StringComparison.Ordinal) => new ResetChange(doors, target, options, facts).ApplyAsync(change, cancellationToken),
            _ => throw new OpsKitException(FailureKind.Usage, $"the plan names a change this version does not know: {change.Id}", target.Name),
        };
    }

    public async Task<Standing> ObserveAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken) => change.Id switch
    {
        StagePlanner.Id => StageNote.StandingOf(note),
        VerifyChange.Id => new Standing(Effect.NotDone, "looked at again"),
        _ => await ObserveResetAsync(doors, target, change, note, cancellationToken).ConfigureAwait(false),
    };

    private TargetPlan Planned(Target target, EnclosureState enclosure, IReadOnlyList<string> blockers, IReadOnlyList<string> warnings, StageMeans means)
    {
        var changes = new List<PlannedChange>();
        var (against, about) = (new List<string>(blockers), new List<string>(warnings));
        if (parts.HasFlag(RolloutParts.Stage))
        {
            changes.AddRange(StagePlanner.Change(enclosure, options.Stage) is { } stage ? [stage] : []);
            against.AddRange(StagePlanner.Blockers(enclosure, options.Stage, means));
            about.AddRange(StagePlanner.Warnings(enclosure, options.Stage));
        }

        if (parts.HasFlag(RolloutParts.Activate))
        {
            changes.AddRange(ResetPlanner.Changes(enclosure, options));
            against.AddRange(ResetPlanner.Blockers(enclosure, options));
            about.AddRange(ResetPlanner.Warnings(enclosure, options));
        }

        if (parts.HasFlag(RolloutParts.Verify) && changes.Count > 0)
            changes.Add(VerifyChange.Planned(options.Stage.Version));
        var nothing = changes.Count == 0;
        return new TargetPlan
        {
            Target = target,
            Observed = Observed(enclosure),
            Changes = changes,
            Blockers = nothing ? [] : [.. against.Distinct(StringComparer.Ordinal)],
            Warnings = [.. about.Distinct(StringComparer.Ordinal)],
        };
    }

    private static SortedDictionary<string, string> Observed(EnclosureState enclosure)
    {
        var observed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Virtual Connect Manager"] = enclosure.Primary is { } primary ? $"bay {primary.Bay}" : "not known",
        };
        foreach (var module in enclosure.Modules)
            observed[string.Create(CultureInfo.InvariantCulture, $"bay {module.Bay}")] = $"{module.Product}, {module.Firmware ?? "version unknown"}, {ModuleWords.Health(module)}";
        return observed;
    }

    private StageMeans Means(IPlanningDoors doors, Target target)
    {
        var stage = options.Stage;
        var facts = VirtualConnectFactsReader.Load(doors.JumpHost);
        return new StageMeans(
            VcsuLocation.Find(doors.JumpHost, facts.Vcsu, stage.Vcsu) is null ? VcsuLocation.Missing(doors.JumpHost, stage.Vcsu) : null,
            stage.Package is { } package && !StageChange.IsAddress(package) && !File.Exists(doors.JumpHost.ResolvePath(package)) ? $"there is no package {package}" : null,
            (doors.Estate.Find(target.Name) as EnclosureEndpoint)?.Credential is not { } login || (stage.OaPassword ?? login.Password) is null ? StageChange.NoPassword : null);
    }

    /// <summary>What is shown may be late: a module that seems untouched is looked at for a while.</summary>
    private static async Task<Standing> ObserveResetAsync(IPlanningDoors doors, Target target, PlannedChange change, string? note, CancellationToken cancellationToken)
    {
        var (bay, wanted) = (int.Parse(change.Arguments[ResetPlanner.Bay], NumberStyles.None, CultureInfo.InvariantCulture), change.Arguments[ResetPlanner.Version]);
        var clock = doors.JumpHost.Clock;
        if (note is null)
            return new Standing(Effect.NotDone, "it was not asked for yet");
        if (ResetNote.Read(note) is not { } remembered)
            return new Standing(Effect.Unknown, "what the run remembered of it cannot be read");
        var enclosure = await EnclosureReader.ReadAsync(doors, target.Name, cancellationToken).ConfigureAwait(false);
        var links = new LinkReader(doors, await EnclosureHostReader.ReadAsync(doors, enclosure, cancellationToken).ConfigureAwait(false));
        while (true)
        {
            var look = await ModuleReader.LookAsync(doors, target.Name, bay, cancellationToken).ConfigureAwait(false);
            var down = await links.DownAsync(remembered.Links, cancellationToken).ConfigureAwait(false);
            var since = clock.GetUtcNow() - remembered.Asked;
            var standing = ResetStanding.Of(remembered, wanted, look, down, since);
            if (standing.Effect != Effect.NotDone || since >= ResetStanding.Lag)
                return standing;
            await Task.Delay(LookAgain, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsAddress(string text) => IPAddress.TryParse(text, out _);
}
