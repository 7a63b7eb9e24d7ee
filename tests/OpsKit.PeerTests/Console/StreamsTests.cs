using System.Text.Json;
using OpsKit.PeerTests.VcSim;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Console;

/// <summary>stdout is data, stderr is talk; exit codes say what happened.</summary>
public sealed class StreamsTests(SharedVcSim shared) : IClassFixture<SharedVcSim>, IDisposable
{
    private readonly OpskitProgram _opskit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VCenterSimulator Server => shared.Server;

    public void Dispose() => _opskit.Dispose();

    [Theory]
    [InlineData("license vram")]
    [InlineData("license cores")]
    [InlineData("license list")]
    [InlineData("about")]
    [InlineData("inventory show")]
    public async Task Csv_and_json_are_whole_and_alone_on_stdout(string command)
    {
        string[] words = [.. command.Split(' '), .. OpskitProgram.At(Server), "--verbose", "--output"];
        var csv = await _opskit.RunAsync(Server.Password, [.. words, "csv"]);
        var json = await _opskit.RunAsync(Server.Password, [.. words, "json"]);

        csv.ExitCode.ShouldBe(0, csv.Error);
        var lines = csv.Out.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBeGreaterThan(1);
        lines.ShouldAllBe(line => line.Count(character => character == ',') == lines[0].Count(character => character == ','));
        using var document = JsonDocument.Parse(json.Out);
        document.RootElement.GetProperty("rows").GetArrayLength().ShouldBe(lines.Length - 1);
    }

    [Fact]
    public async Task Verbose_tells_each_call_and_no_secret()
    {
        await using var server = await VCenterSimulator.StartAsync("-password", "correct horse battery");

        var run = await _opskit.RunAsync(server.Password, ["license", "list", "-v", .. OpskitProgram.At(server)]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("speaking API ");
        run.Error.ShouldContain(": QueryAssignedLicenses, answered after ");
        run.Error.ShouldContain(": Logout, answered after ");
        run.Error.ShouldNotContain("battery");
    }

    [Theory]
    [InlineData("about")]
    [InlineData("license vram")]
    [InlineData("license cores")]
    public async Task Reason_of_several_lines_stays_in_its_row(string command)
    {
        var run = await _opskit.RunAsync(
            Server.Password, [.. command.Split(' '), "--server", $"127.0.0.1:{Server.Sdk.Port}", "--user", "u", "--password", "env:VC_PASSWORD", "--output", "csv"]);

        run.ExitCode.ShouldBe(4, run.Error);
        run.Out.TrimEnd('\n').Split('\n').Length.ShouldBe(2, run.Out);
        run.Out.ShouldContain("; SHA-256 ");
    }

    [Fact]
    public async Task File_is_written_whole_and_stdout_stays_empty()
    {
        var run = await _opskit.RunAsync(Server.Password, ["license", "cores", .. OpskitProgram.At(Server), "--out", "cores.json"]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldBeEmpty();
        JsonDocument.Parse(await File.ReadAllTextAsync(_opskit.File("cores.json"), Token)).Dispose();
        Directory.EnumerateFiles(_opskit.File("."), "cores*").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task File_that_cannot_be_written_is_told_before_anything_is_contacted()
    {
        await using var server = await VCenterSimulator.StartAsync();

        var run = await _opskit.RunAsync(server.Password, ["license", "cores", .. OpskitProgram.At(server), "--out", "no/such/folder/cores.csv"]);

        run.ExitCode.ShouldBe(3, run.Error);
        (await server.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reader_that_stops_early_ends_the_run_quietly()
    {
        var run = await _opskit.RunInShellAsync(Server.Password, $"$OPSKIT license vram --by vm --output csv {string.Join(' ', OpskitProgram.At(Server))} | head -n 1");

        run.Out.ShouldStartWith("vCenter,");
        run.Error.ShouldNotContain("pipe", Case.Insensitive);
        run.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("licence vram", "license")]
    [InlineData("license vram --ouput csv", "--output")]
    [InlineData("license vram --output xml", "csv")]
    [InlineData("license vram --by disk", "vm")]
    [InlineData("inventory check --inventory nowhere.yaml", "nowhere.yaml")]
    public async Task Mistyped_command_line_is_exit_code_3_with_the_way_on(string commandLine, string hint)
    {
        await using var server = await VCenterSimulator.StartAsync();
        string[] at = commandLine.StartsWith("inventory", StringComparison.Ordinal) ? [] : OpskitProgram.At(server);

        var run = await _opskit.RunAsync(server.Password, [.. commandLine.Split(' '), .. at]);

        run.ExitCode.ShouldBe(3, run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(hint);
        (await server.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Closed_port_and_unknown_name_are_exit_code_6()
    {
        var closed = await _opskit.RunAsync("x", "license", "cores", "--server", "127.0.0.1:1", "--user", "u", "--password", "env:VC_PASSWORD");
        var unknown = await _opskit.RunAsync("x", "license", "cores", "--server", "no-such-host.invalid", "--user", "u", "--password", "env:VC_PASSWORD");

        (closed.ExitCode, unknown.ExitCode).ShouldBe((6, 6), closed.Error + unknown.Error);
        closed.Out.ShouldContain("127.0.0.1:1");
        unknown.Out.ShouldContain("no-such-host.invalid");
    }

    [Fact]
    public async Task Trust_line_of_a_refusal_makes_the_next_run_work()
    {
        string[] at = ["--server", $"127.0.0.1:{Server.Sdk.Port}"];
        string[] login = ["--user", Server.User, "--password", "env:VC_PASSWORD"];
        var refused = await _opskit.RunAsync(Server.Password, ["license", "cores", .. at, .. login]);
        var trusted = await _opskit.RunAsync(Server.Password, ["trust", "add", .. at, "--fingerprint", Server.Thumbprint!]);
        var accepted = await _opskit.RunAsync(Server.Password, ["license", "cores", .. at, .. login]);
        var forgotten = await _opskit.RunAsync(Server.Password, ["trust", "remove", .. at]);
        var refusedAgain = await _opskit.RunAsync(Server.Password, ["license", "cores", .. at, .. login]);

        refused.ExitCode.ShouldBe(4, refused.Error);
        (refused.Out + refused.Error).ShouldContain($"opskit trust add --server 127.0.0.1:{Server.Sdk.Port}");
        (trusted.ExitCode, accepted.ExitCode, forgotten.ExitCode, refusedAgain.ExitCode).ShouldBe((0, 0, 0, 4), accepted.Error);
    }
}
