using System.Net;
using System.Text.Json;
using OpsKit.Cli.Commands.Doctor;
using OpsKit.Connections;
using OpsKit.TestKit;

namespace OpsKit.Cli.Tests.Commands.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private int _logins;

    public DoctorCommandTests()
    {
        var file = _cli.Write("password", "secret");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _cli.Write(
            "opskit.yaml",
            """
            credentials:
              reader: { user: reader, password: "file:password" }
            vcenters:
              vc1: { address: vc1.example.com, credential: reader }
            hosts:
              esx01: { address: esx01.example.com, credential: reader }
            """);
        _cli.Doors = _cli.Doors with { Probe = _ => Healthy };
    }

    public void Dispose() => _cli.Dispose();

    private DoctorProbes Healthy => new()
    {
        ResolveAsync = (_, _) => Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse("10.0.0.1")]),
        ConnectAsync = (_, _, _, _) => Task.FromResult(TimeSpan.FromMilliseconds(3)),
        CertificateAsync = (_, _, _) => Task.FromResult(new CertificateOpinion("vc1.example.com", _cli.Clock.GetUtcNow().AddDays(400), "trusted by this system", null)),
        HostKeyAsync = (_, _) => Task.FromResult("ssh-ed25519 SHA256:abc"),
        ClockSkewAsync = (_, _) => Task.FromResult<TimeSpan?>(TimeSpan.FromSeconds(1)),
        LoginAsync = (_, _) =>
        {
            Interlocked.Increment(ref _logins);
            return Task.FromResult(new LoginFacts("VMware vCenter Server 8.0.3", TimeSpan.FromSeconds(-2), [new SshServiceState("esx01", false, "off")]));
        },
        WhyNoIcmpAsync = _ => Task.FromResult<string?>(null),
    };

    [Fact]
    public void Healthy_jump_host_has_no_failures_and_logs_in_nowhere()
    {
        var run = _cli.Run("doctor");

        run.ExitCode.ShouldBe(0);
        _logins.ShouldBe(0);
        run.Error.ShouldBe("13 ok, 2 skipped\n");
        run.Out.ShouldNotContain("FAIL");
    }

    [Fact]
    public void Findings_on_a_terminal_are_pinned()
    {
        _cli.OnTerminal(100).Environment["NO_COLOR"] = "1";
        _cli.Doors = _cli.Doors with
        {
            Probe = _ => Healthy with
            {
                CertificateAsync = (_, _, _) => Task.FromResult(new CertificateOpinion("vc1", _cli.Clock.GetUtcNow().AddDays(9), "self", new OpsKitException(
                    FailureKind.TrustRefused, "the certificate is not trusted: it is self-signed", "vc1", "compare the SHA-256 with the server's own, then: opskit trust add vc1"))),
                WhyNoIcmpAsync = _ => Task.FromResult<string?>("this user may not send it"),
            },
        };

        var run = _cli.Run("doctor");

        run.ExitCode.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldBe("10 ok, 1 warning, 1 failure, 1 skipped\n");
        Golden.ShouldMatch(Scrub(run.Out), "doctor.txt");
    }

    [Fact]
    public void Login_is_tried_once_and_tells_clock_and_ssh_services()
    {
        using var document = JsonDocument.Parse(_cli.Run("doctor --login --limit vc1 --output json").Out);

        _logins.ShouldBe(1);
        var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToList();
        rows.ShouldContain(row => row.GetProperty("Check").GetString() == "SSH service" && row.GetProperty("Status").GetString() == "warning");
        rows.ShouldContain(row => row.GetProperty("Check").GetString() == "clock after login" && row.GetProperty("Status").GetString() == "ok");
    }

    [Fact]
    public void Closed_port_is_one_failure_and_what_stands_on_it_is_not_tried()
    {
        _cli.Doors = _cli.Doors with
        {
            Probe = _ => Healthy with { ConnectAsync = (address, _, _, _) => throw new OpsKitException(FailureKind.Unreachable, "refused", address, "start it") },
        };

        var run = _cli.Run("doctor --login --output csv");

        run.ExitCode.ShouldBe(ExitCodes.Unreachable);
        run.Out.Split('\n').Count(line => line.Contains("failure", StringComparison.Ordinal)).ShouldBe(2);
        _logins.ShouldBe(0);
    }

    [Theory]
    [InlineData(20, "20 days left")]
    [InlineData(-3, "expired")]
    public void Certificate_near_or_past_its_end_is_a_warning(int days, string words)
    {
        _cli.Doors = _cli.Doors with
        {
            Probe = _ => Healthy with { CertificateAsync = (_, _, _) => Task.FromResult(new CertificateOpinion("vc1", _cli.Clock.GetUtcNow().AddDays(days), "pinned", null)) },
        };

        var run = _cli.Run("doctor --limit vc1");
        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain(words);
    }

    [Fact]
    public void Wrong_clock_is_a_warning_with_its_direction()
    {
        _cli.Doors = _cli.Doors with { Probe = _ => Healthy with { ClockSkewAsync = (_, _) => Task.FromResult<TimeSpan?>(TimeSpan.FromSeconds(-90)) } };

        _cli.Run("doctor").Out.ShouldContain("is 90 s behind this jump host's");
    }

    [Fact]
    public void Password_file_that_others_can_read_is_a_failure_with_the_command_that_mends_it()
    {
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(Path.Combine(_cli.Folder, "password"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var run = _cli.Run("doctor");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Out.ShouldContain("chmod 600");
    }

    [Fact]
    public void Missing_inventory_is_a_finding_and_the_jump_host_is_checked_all_the_same()
    {
        File.Delete(Path.Combine(_cli.Folder, "opskit.yaml"));

        var run = _cli.Run("doctor");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Out.ShouldContain("no inventory");
        run.Out.ShouldContain("state folder");
    }

    [Fact]
    public void State_folder_that_cannot_be_written_is_a_failure()
    {
        _cli.Environment["OPSKIT_STATE_DIR"] = "/sys/kernel/opskit";
        if (!OperatingSystem.IsLinux())
            return;

        _cli.Run("doctor").Out.ShouldContain("set OPSKIT_STATE_DIR to a folder of yours");
    }

    private string Scrub(string text) => System.Text.RegularExpressions.Regex.Replace(_cli.Scrub(text), @"opskit 0\.1\.0, .*(\n {18,}.*)*", "opskit 0.1.0, (runtime)");
}
