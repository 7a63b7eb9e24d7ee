using CsCheck;
using OpsKit.Connections.Inventory;
using OpsKit.Connections.Ssh;

namespace OpsKit.Connections.Tests.Ssh;

public sealed class KnownHostsTests : IDisposable
{
    // Made by ssh-keygen for these tests; the private halves are gone.
    private const string Ed25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIL//EMNZE3zv80zBz06yKLT7iGtTZxUScVsXSmGRCwOb";
    private const string OtherEd25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIJOjI9+nDwWf0u4BcFFFjerLQ/pTNa+x3Dm8C/T+m02K";
    private static readonly SshHostKey First = new("ssh-ed25519", Ed25519);
    private static readonly SshHostKey Second = new("ssh-ed25519", OtherEd25519);

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Fingerprint_is_the_one_ssh_keygen_prints() => First.Fingerprint.ShouldBe("SHA256:18iJysk1nDKwWC+TRbOUudl7FeBrnI/WZQqktcMSD6M");

    [Theory]
    [InlineData("esx1", 22, HostKeyStanding.Known)]
    [InlineData("ESX1", 22, HostKeyStanding.Known)]
    [InlineData("10.0.0.7", 22, HostKeyStanding.Known)]
    [InlineData("esx1", 2222, HostKeyStanding.Unknown)]
    [InlineData("esx2", 2222, HostKeyStanding.Known)]
    [InlineData("esx2", 22, HostKeyStanding.Unknown)]
    [InlineData("blade3.example.com", 22, HostKeyStanding.Known)]
    [InlineData("blade4.example.com", 22, HostKeyStanding.Unknown)]
    [InlineData("changed", 22, HostKeyStanding.Changed)]
    [InlineData("revoked", 22, HostKeyStanding.Revoked)]
    [InlineData("fe80::1", 22, HostKeyStanding.Known)]
    public void Key_is_judged_by_what_is_on_record(string host, int port, HostKeyStanding standing)
    {
        var file = _host.Write("known_hosts", $"""
            # a comment

            esx1,10.0.0.7 ssh-ed25519 {Ed25519} comment
            [esx2]:2222 ssh-ed25519 {Ed25519}
            *.example.com,!blade4.example.com ssh-ed25519 {Ed25519}
            changed ssh-ed25519 {OtherEd25519}
            @revoked revoked ssh-ed25519 {Ed25519}
            revoked ssh-ed25519 {Ed25519}
            fe80::1 ssh-ed25519 {Ed25519}
            damaged ssh-ed25519 not-base64
            short
            """);

        new KnownHosts(file).Judge(host, port, First).Standing.ShouldBe(standing);
    }

    [Fact]
    public void Hashed_name_is_known_and_hides_the_host()
    {
        var record = new KnownHosts(Path.Combine(_host.Folder, "known_hosts"));
        record.Add("esx1", 22, First, hashed: true);

        record.Judge("esx1", 22, First).Standing.ShouldBe(HostKeyStanding.Known);
        record.Judge("esx2", 22, First).Standing.ShouldBe(HostKeyStanding.Unknown);
        File.ReadAllText(record.OwnFile).ShouldNotContain("esx1");
    }

    [Fact]
    public void Host_with_keys_of_several_types_is_changed_only_where_none_fits()
    {
        var file = _host.Write("known_hosts", $"esx1 ssh-ed25519 {OtherEd25519}\nesx1 ssh-ed25519 {Ed25519}\n");

        new KnownHosts(file).Judge("esx1", 22, First).Standing.ShouldBe(HostKeyStanding.Known);
    }

    [Fact]
    public void Own_file_is_read_before_the_users_and_the_users_is_never_written()
    {
        var users = _host.Write(".ssh/known_hosts", $"esx1 ssh-ed25519 {OtherEd25519}\n");
        var record = new KnownHosts(Path.Combine(_host.Folder, "own"), [users]);
        record.Judge("esx1", 22, First).Standing.ShouldBe(HostKeyStanding.Changed);

        record.Add("esx1", 22, First);
        record.Remove("esx1", 22).ShouldBe([First]);

        File.ReadAllText(users).ShouldBe($"esx1 ssh-ed25519 {OtherEd25519}\n");
    }

    [Fact]
    public void Removal_keeps_the_other_names_of_a_line_and_everything_else_byte_for_byte()
    {
        var file = _host.Write("known_hosts", $"# kept\r\nesx1,esx2 ssh-ed25519 {Ed25519} c\n*.example.com ssh-ed25519 {Ed25519}\n\n@revoked esx1 ssh-ed25519 {OtherEd25519}");
        var record = new KnownHosts(file);

        record.Remove("esx1", 22).Count.ShouldBe(1);
        record.Remove("a.example.com", 22).Count.ShouldBe(1);

        File.ReadAllText(file).ShouldBe($"# kept\r\nesx2 ssh-ed25519 {Ed25519} c\n*.example.com,!a.example.com ssh-ed25519 {Ed25519}\n\n@revoked esx1 ssh-ed25519 {OtherEd25519}");
    }

    [Fact]
    public void Key_is_recorded_once_and_a_missing_line_end_is_mended()
    {
        var file = _host.Write("known_hosts", $"esx1 ssh-ed25519 {Ed25519}");
        var record = new KnownHosts(file);

        record.Add("esx1", 22, First);
        record.Add("esx2", 2222, Second);

        File.ReadAllText(file).ShouldBe($"esx1 ssh-ed25519 {Ed25519}\n[esx2]:2222 ssh-ed25519 {OtherEd25519}\n");
    }

    [Theory]
    [InlineData("esx1 evil")]
    [InlineData("esx1\nevil")]
    [InlineData("*")]
    [InlineData("@revoked")]
    [InlineData("a,b")]
    public void Name_that_would_say_something_else_is_refused(string host) =>
        Should.Throw<OpsKitException>(() => new KnownHosts(Path.Combine(_host.Folder, "known_hosts")).Add(host, 22, First)).Kind.ShouldBe(FailureKind.Usage);

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        var file = Path.Combine(_host.Folder, "known_hosts");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => new KnownHosts(file).Add($"esx{number}", 22, First))));

        new KnownHosts(file).Entries().Count.ShouldBe(20);
    }

    [Fact]
    public void Any_line_is_read_or_passed_over_and_what_is_read_writes_back() => Gen.String.Sample(text =>
    {
        if (KnownHostsLine.TryParse(text, out var line, out _))
            KnownHostsLine.TryParse(line!.ToLine(), out var again, out _).ShouldBeTrue();
    });

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("esx-?", "esx-1", true)]
    [InlineData("esx-?", "esx-", false)]
    [InlineData("*.a.*", "x.a.b", true)]
    [InlineData("a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Pattern_matches_as_in_ssh(string pattern, string name, bool matches) => GlobPattern.Matches(pattern, name).ShouldBe(matches);
}
