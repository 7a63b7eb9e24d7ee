using OpsKit.Cli.Commands.Trust;
using OpsKit.Connections;

namespace OpsKit.Cli.Tests.Commands.Trust;

public sealed class TrustCommandTests : IDisposable
{
    private const string Old = "AA:" + Rest;
    private const string New = "BB:" + Rest;
    private const string Rest = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

    private readonly CliHarness _cli = new();
    private readonly FakeTrust _trust = new();

    public TrustCommandTests()
    {
        _cli.Write("opskit.yaml", "vcenters: { vc1: { address: vc1.example.com } }\nhosts: { esx01: {} }\nenclosures: { enc1: { standby: 10.0.0.2 } }");
        _cli.Doors = _cli.Doors with { Trust = _ => _trust };
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("y", 0)]
    [InlineData("YES", 0)]
    [InlineData("", 4)]
    [InlineData("n", 4)]
    [InlineData("sure", 4)]
    public void On_a_terminal_a_person_decides(string answer, int exitCode)
    {
        _cli.OnTerminal().Input = answer + "\n";

        var run = _cli.Run("trust add vc1 --color never");

        run.ExitCode.ShouldBe(exitCode);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("vc1.example.com:443 presents this certificate:\n  subject  CN=vc1\n  SHA-256  " + New);
        run.Error.ShouldContain("Trust this certificate for vc1.example.com:443? [y/N] ");
        _trust.Trusted.Count.ShouldBe(exitCode == 0 ? 1 : 0);
    }

    [Fact]
    public void Off_a_terminal_nobody_is_asked_and_nothing_is_trusted()
    {
        var run = _cli.Run("trust add vc1");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain($"next:  add --fingerprint {New} once you have compared it");
        _trust.Trusted.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(New, 0)]
    [InlineData("bb00112233445566778899aabbccddee00112233445566778899aabbccddeeff", 0)]
    [InlineData(Old, 4)]
    [InlineData("nonsense", 4)]
    public void Fingerprint_is_compared_in_any_usual_form(string fingerprint, int exitCode)
    {
        var run = _cli.Run($"trust add vc1 --fingerprint {fingerprint}");

        run.ExitCode.ShouldBe(exitCode);
        _trust.Trusted.Count.ShouldBe(exitCode == 0 ? 1 : 0);
    }

    [Fact]
    public void Yes_trusts_what_is_new_but_never_what_changed()
    {
        _cli.Run("trust add vc1 --yes").ExitCode.ShouldBe(0);
        _trust.Presented = Old;

        var run = _cli.Run("trust add vc1 --yes");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("warning: it is not the certificate trusted until now");
        run.Error.ShouldContain("--yes does not cover that");
        _trust.Trusted.Single().Fingerprint.ShouldBe(New);
    }

    [Fact]
    public void What_is_trusted_already_is_left_alone()
    {
        _cli.Run("trust add vc1 --yes");

        _cli.Run("trust add vc1").ShouldBe(new CliRun(0, "", "vc1.example.com:443: its certificate is trusted already\n"));
    }

    [Fact]
    public void Enclosure_has_keys_and_certificates_on_both_sides()
    {
        _cli.Run("trust add enc1 --yes").ExitCode.ShouldBe(0);

        _trust.Trusted.Select(entry => $"{entry.Kind} {entry.Address}").ShouldBe(["host key enc1:22", "certificate enc1:443", "host key 10.0.0.2:22", "certificate 10.0.0.2:443"]);
    }

    [Fact]
    public void One_fingerprint_cannot_stand_for_several_keys() =>
        _cli.Run($"trust add enc1 --fingerprint {New}").Error.ShouldContain("one --fingerprint cannot stand for 4 keys");

    [Theory]
    [InlineData("trust add", "opskit trust add needs the name of an endpoint", "opskit trust add NAME, or --server NAME, or --host NAME")]
    [InlineData("trust add vc2", "there is no endpoint vc2 in opskit.yaml", "did you mean vc1?")]
    [InlineData("trust remove", "opskit trust remove needs the name of an endpoint", "opskit trust remove NAME, or --server NAME, or --host NAME")]
    public void Target_must_be_said(string commandLine, string what, string next)
    {
        var run = _cli.Run(commandLine);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldBe($"error: {what}\nnext:  {next}\n");
    }

    [Fact]
    public void List_shows_both_kinds_as_data()
    {
        _cli.Run("trust add vc1 --yes");
        _cli.Run("trust add --host esx01 --yes");

        var run = _cli.Run("trust list --output csv");

        run.Out.ShouldBe($"Address,Kind,Fingerprint,Added,Comment,NotAssessed\nvc1.example.com:443,certificate,{New},2026-01-31,CN=vc1,\nesx01:22,host key,SHA256:abc,2026-01-31,CN=vc1,\n");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public void Remove_says_what_it_forgot()
    {
        _cli.Run("trust add vc1 --yes");

        _cli.Run("trust remove vc1").Error.ShouldBe("vc1.example.com:443: its certificate is no longer trusted\n");
        _cli.Run("trust remove vc1").ShouldBe(new CliRun(0, "", "vc1.example.com:443: no certificate was trusted\n"));
    }

    [Fact]
    public void Endpoint_that_does_not_answer_is_unreachable()
    {
        _trust.Failure = new OpsKitException(FailureKind.Unreachable, "no answer", "vc1.example.com:443");

        _cli.Run("trust add vc1 --yes").ShouldBe(new CliRun(ExitCodes.Unreachable, "", "error: vc1.example.com:443: no answer\n"));
    }

    private sealed class FakeTrust : ITrustDoor
    {
        public List<TrustEntry> Trusted { get; } = [];
        public string Presented { get; set; } = New;
        public OpsKitException? Failure { get; set; }

        public Task<IReadOnlyList<TrustEntry>> FetchAsync(TrustSubject subject, CancellationToken ct) => Failure is null
            ? Task.FromResult<IReadOnlyList<TrustEntry>>([EntryOf(subject)])
            : Task.FromException<IReadOnlyList<TrustEntry>>(Failure);

        public IReadOnlyList<TrustEntry> Find(TrustSubject subject) => [.. Trusted.Where(entry => entry.Kind == subject.Kind && entry.Address == subject.Address)];

        public IReadOnlyList<TrustEntry> All() => Trusted;

        public async Task TrustAsync(TrustSubject subject, IReadOnlyList<TrustEntry> entries, CancellationToken ct)
        {
            await RemoveAsync(subject, ct);
            Trusted.AddRange(entries);
        }

        public Task<int> RemoveAsync(TrustSubject subject, CancellationToken ct) =>
            Task.FromResult(Trusted.RemoveAll(entry => entry.Kind == subject.Kind && entry.Address == subject.Address));

        private TrustEntry EntryOf(TrustSubject subject)
        {
            var fingerprint = subject.Kind == TrustEntry.Certificate ? Presented : "SHA256:abc";
            return new TrustEntry(subject.Kind, subject.Address, fingerprint, [("subject", "CN=vc1"), ("SHA-256", fingerprint)])
            {
                Added = new DateOnly(2026, 1, 31),
                Comment = "CN=vc1",
            };
        }
    }
}
