using OpsKit.Connections;
using OpsKit.Engine.Playbooks;

namespace OpsKit.Engine.Tests.Playbooks;

public sealed class PlaybookReaderTests
{
    private const string Whole = """
        name: rolling ${what}
        inventory: lab.yaml
        vars:
          what: maintenance
          cluster:
        guards:
          - ping: {targets: ["cluster:${cluster}", 10.0.0.1], interval: 250ms, consecutive-losses: 4, outage: 2s, share-of-targets: 0.5, tcp-port: 443}
          - window: {days: [sat, sunday], from: "22:00", to: "04:00", time-zone: UTC}
            name: night
          - failures: {most: 3}
          - command: {run: [./check.sh, "$${x}"]}
        steps:
          - uses: pause
            with: {instructions: look}
          - name: hosts
            uses: test.hosts
            targets: ["cluster:${cluster}", esx-*]
            batch: [1, 2, all]
            batch-by: enclosure
            stop-after-failures: 2
            confirm: name
            timeout: 5m
        """;

    [Fact]
    public void Whole_playbook_is_bound_with_its_variables()
    {
        var playbook = Parse(Whole, ("cluster", "Blades"));

        playbook.Name.ShouldBe("rolling maintenance");
        playbook.Steps.Select(step => step.Name).ShouldBe(["pause", "hosts"]);
        var step = playbook.Steps[1];
        step.Targets.Select(target => (target.Kind, target.Pattern)).ShouldBe([(SelectorKind.Cluster, "Blades"), (SelectorKind.Name, "esx-*")]);
        step.Batches.ShouldBe([new BatchSize(1), new BatchSize(2), BatchSize.All]);
        (step.BatchBy, step.StopAfterFailures, step.Confirm, step.Timeout).ShouldBe((BatchBy.Enclosure, 2, Confirmation.Name, TimeSpan.FromMinutes(5)));
        playbook.Guards.Select(guard => guard.Name).ShouldBe(["ping", "night", "failures", "command"]);
        var ping = playbook.Guards[0].ShouldBeOfType<PingGuardSpec>();
        ping.Targets.ShouldBe(["cluster:Blades", "10.0.0.1"]);
        (ping.Interval, ping.ConsecutiveLosses, ping.Outage, ping.ShareOfTargets, ping.TcpPort)
            .ShouldBe((TimeSpan.FromMilliseconds(250), 4, TimeSpan.FromSeconds(2), 0.5m, 443));
        var window = playbook.Guards[1].ShouldBeOfType<WindowGuardSpec>();
        (window.From, window.To, window.TimeZone).ShouldBe((new TimeOnly(22, 0), new TimeOnly(4, 0), "UTC"));
        window.Days.ShouldBe([DayOfWeek.Saturday, DayOfWeek.Sunday]);
        playbook.Guards[3].ShouldBeOfType<CommandGuardSpec>().Command.ShouldBe(["./check.sh", "${x}"]);
    }

    [Fact]
    public void Hash_follows_text_and_variables()
    {
        var first = Parse(Whole, ("cluster", "A")).Sha256;

        Parse(Whole, ("cluster", "A")).Sha256.ShouldBe(first);
        Parse(Whole, ("cluster", "B")).Sha256.ShouldNotBe(first);
        Parse(Whole + "\n", ("cluster", "A")).Sha256.ShouldNotBe(first);
    }

    [Theory]
    [InlineData("name: x\nsteps: []", "p.yaml:2:8: \"steps\" is empty")]
    [InlineData("name: x", "p.yaml:1:1: \"steps\" is missing")]
    [InlineData("steps: [{uses: pause, with: {instructions: x}}]", "p.yaml:1:1: \"name\" is missing")]
    [InlineData("name: x\nstep: []\nsteps: [{uses: pause, with: {instructions: x}}]", "p.yaml:2:1: unknown key \"step\" (did you mean \"steps\"?)")]
    [InlineData("name: x\nsteps:\n  - uses: test.host\n    targets: a", "p.yaml:3:11: unknown verb \"test.host\" (did you mean \"test.hosts\"?)")]
    [InlineData("name: x\nsteps:\n  - uses: test.hosts", "p.yaml:3:5: \"targets\" is missing; test.hosts works on hosts")]
    [InlineData("name: x\nsteps:\n  - uses: pause\n    targets: a\n    with: {instructions: x}", "p.yaml:4:14: pause takes no targets")]
    [InlineData("name: x\nsteps:\n  - uses: pause", "p.yaml:3:5: with: \"instructions\" is missing")]
    [InlineData("name: x\nsteps:\n  - uses: test.hosts\n    targets: vm:a", "names virtual machines; test.hosts works on hosts")]
    [InlineData("name: x\nsteps:\n  - uses: test.hosts\n    targets: clster:a", "did you mean \"cluster:\"?")]
    [InlineData("name: x\nsteps:\n  - uses: test.hosts\n    targets: a\n    batch: [0]", "p.yaml:5:13: \"0\" is no size of a batch")]
    [InlineData("name: ${y}\nvars: {yy: 1}\nsteps:\n  - uses: test.hosts\n    targets: a", "p.yaml:1:7: unknown variable \"y\"")]
    [InlineData("name: x\nvars: {yy: }\nsteps:\n  - uses: test.hosts\n    targets: a", "the variable \"yy\" has no value; give it with --var yy=VALUE")]
    [InlineData("name: x\nguards: [{pong: {}}]\nsteps:\n  - uses: test.hosts\n    targets: a", "p.yaml:2:11: guards: unknown key \"pong\" (did you mean \"ping\"?)")]
    [InlineData("name: x\nguards: [{window: {from: \"22:00\", to: \"25:00\"}}]\nsteps:\n  - uses: test.hosts\n    targets: a", "\"to\" is \"25:00\", which is no time of day")]
    [InlineData("name: x\nguards: [{failures: {most: 0}}]\nsteps:\n  - uses: test.hosts\n    targets: a", "\"most\" is \"0\", expected a whole number from 1 to 10000")]
    public void Mistake_is_named_with_its_place_and_what_would_be_right(string text, string expected)
    {
        var failure = Should.Throw<OpsKitException>(() => Parse(text));

        failure.Kind.ShouldBe(FailureKind.Usage);
        failure.Message.ShouldContain(expected);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var failure = Should.Throw<OpsKitException>(() => Parse("name: x\nsteps:\n  - uses: pause\n    tmeout: 5m\n  - uses: test.hosts\n    targets: a\n    confirm: maybe"));

        failure.Message.Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public void Variable_that_the_playbook_does_not_have_is_refused() =>
        Should.Throw<OpsKitException>(() => Parse(Whole, ("cluster", "A"), ("waht", "x"))).Message.ShouldContain("did you mean \"what\"?");

    private static Playbook Parse(string text, params (string Name, string Value)[] vars) =>
        PlaybookReader.Parse(text, "p.yaml", vars.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), TestVerb.All);
}
