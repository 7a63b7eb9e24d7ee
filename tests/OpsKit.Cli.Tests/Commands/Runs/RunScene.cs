using OpsKit.Cli.Terminals;
using OpsKit.Engine.Guards;
using OpsKit.Engine.Playbooks;
using OpsKit.Engine.Plans;
using OpsKit.Engine.Verbs;
using OpsKit.Modules;

namespace OpsKit.Cli.Tests.Commands.Runs;

/// <summary>A playbook and a plan of it with one of everything, for what shows them.</summary>
internal static class RunScene
{
    public static Playbook Playbook { get; } = PlaybookReader.Parse(
        """
        name: Quarterly maintenance
        guards:
          - ping: {targets: ["cluster:Prod"], interval: 1s, consecutive-losses: 5, share-of-targets: 0.5}
            name: half of Prod answers
          - window: {days: [sat, sun], from: "22:00", to: "04:00", time-zone: UTC}
            name: night
          - failures: {most: 2}
        steps:
          - uses: pause
            name: hands off
            with: {instructions: Tell the operations desk}
          - uses: host.rolling-maintenance
            name: restart Prod
            targets: cluster:Prod
            batch: [1, 2, all]
            stop-after-failures: 2
            with: {reboot: true}
          - uses: host.exit-maintenance
            targets: cluster:Prod
        """,
        "quarterly.yaml",
        null,
        ModuleVerbs.All);

    public static Plan Plan { get; } = new()
    {
        Playbook = "Quarterly maintenance",
        File = "quarterly.yaml",
        PlaybookSha256 = "1",
        Inventory = "opskit.yaml",
        InventorySha256 = "2",
        Made = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        Steps =
        [
            new StepPlan
            {
                Number = 1,
                Name = "hands off",
                Verb = "pause",
                Targets = [new TargetPlan { Target = new Target { Kind = TargetKind.None, Name = "hands off" }, Changes = [Change("pause", "Tell the operations desk", "waiting for the operator", "the operator went on")] }],
                Batches = [[0]],
                Timeout = TimeSpan.FromHours(24),
            },
            new StepPlan
            {
                Number = 2,
                Name = "restart Prod",
                Verb = "host.rolling-maintenance",
                Targets =
                [
                    Restart("esx01.example.com"),
                    Restart("esx02.example.com") with { Warnings = ["one other host of the cluster is ready: while this one is away, nothing can fail over"] },
                    new TargetPlan { Target = Host("esx03.example.com") },
                    new TargetPlan { Target = Host("esx04.example.com") },
                    Restart("esx05-with-a-name-that-takes-more-room-than-a-column-has.example.com") with
                    {
                        Blockers = ["7 VMs run on it and DRS is partiallyAutomated: nobody would move them. Set DRS to fully automated, or move them: app01, app02, db01, db02, web01 and 2 more"],
                    },
                    new TargetPlan { Target = Host("esx06\u001b[31m.example.com"), NotAssessed = "no answer in time" },
                ],
                Batches = [[0], [1, 2], [3, 4, 5]],
                Timeout = TimeSpan.FromMinutes(90),
            },
            new StepPlan
            {
                Number = 3,
                Name = "host.exit-maintenance",
                Verb = "host.exit-maintenance",
                Targets = [new TargetPlan { Target = Host("esx01.example.com"), DependsOnStep = 2, Warnings = ["step 2 changes it first; it is observed and planned again in its turn"] }],
                Batches = [[0]],
                Timeout = TimeSpan.FromHours(1),
            },
        ],
    };

    public static string Plain(string text, Ink ink) => text;

    public static GuardState Healthy(string guard) => new(guard, Verdict.Healthy, "all 6 targets answer", DateTimeOffset.UnixEpoch);

    public static GuardState Breached(string guard) => new(guard, Verdict.Breached, "4 of 6 targets do not answer: esx01.example.com, esx02.example.com, esx03.example.com and 1 more", DateTimeOffset.UnixEpoch);

    public static Target Host(string name) => new() { Kind = TargetKind.Host, Name = name, VCenter = "vc1", Cluster = "Prod", Enclosure = "enc1" };

    private static TargetPlan Restart(string name) => new()
    {
        Target = Host(name),
        Changes =
        [
            Change("enter", "enter maintenance mode; 12 VMs to move away", "in service", "in maintenance mode", Impact.MaintenanceMode),
            Change("reboot", "restart, and wait until it is ready", "started 2025-11-02T09:00:00Z", "restarted and ready", Impact.HostReboot),
            Change("exit", "leave maintenance mode", "in maintenance mode", "in service"),
        ],
    };

    private static PlannedChange Change(string id, string summary, string before, string after, Impact impact = Impact.None) =>
        new() { Id = id, Summary = summary, Before = before, After = after, Impact = impact };
}
