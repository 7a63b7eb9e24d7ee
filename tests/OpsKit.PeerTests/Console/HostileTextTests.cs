using System.Globalization;
using System.Text.Json;
using OpsKit.PeerTests.Ssh;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Console;

/// <summary>
/// Servers whose names and answers carry terminal commands, line breaks, reversed text and spreadsheet formulas (the estate <c>hostile</c>):
/// a terminal shows them, a spreadsheet reads them as text, JSON keeps them as they are.
/// </summary>
public sealed class HostileTextTests(HostileTextTests.HostileServer shared, SshPeer peer) : IClassFixture<HostileTextTests.HostileServer>, IClassFixture<SshPeer>, IDisposable
{
    private readonly OpskitProgram _opskit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _opskit.Dispose();

    public static TheoryData<string> Reports => ["about", "license list", "license vram --by vm", "license vram --by host", "license cores", "audit nics", "doctor --login"];

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Table_shows_what_would_act_on_a_terminal(string command)
    {
        var run = await RunAsync(command);

        foreach (var text in new[] { run.Out, run.Error })
        {
            text.ShouldNotContain(character => (char.IsControl(character) && character != '\n') || char.GetUnicodeCategory(character) == UnicodeCategory.Format);
            text.Split('\n').ShouldNotContain(line => line.TrimStart().StartsWith("forged", StringComparison.Ordinal) || line.StartsWith("error: forged", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Csv_is_read_back_by_python_and_no_cell_is_a_formula()
    {
        foreach (var command in Reports.Select(report => report.Data).Where(report => !report.StartsWith("doctor", StringComparison.Ordinal)))
        {
            var run = await RunAsync($"{command} --out report.csv");
            run.ExitCode.ShouldBe(0, run.Error);
            var (status, cells, error) = await Shell.TryAsync(
                "python3", "-c",
                """
                import csv, json, sys
                rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline=""), strict=True))
                assert len(rows) > 1 and len({len(row) for row in rows}) == 1, rows
                print(json.dumps([cell for row in rows for cell in row]))
                """,
                _opskit.File("report.csv"));

            status.ShouldBe(0, error);
            // A negative number is one.
            JsonSerializer.Deserialize<string[]>(cells)!.Where(cell => cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) && !double.TryParse(cell, CultureInfo.InvariantCulture, out _))
                .ShouldBeEmpty(command);
        }
    }

    [Fact]
    public async Task Json_keeps_every_character()
    {
        using var about = JsonDocument.Parse((await RunAsync("about --output json")).Out);
        using var machines = JsonDocument.Parse((await RunAsync("license vram --by vm --output json")).Out);

        // What XML makes of a carriage return is the server's doing.
        Texts(about).ShouldContain(text => text.StartsWith("vCenter\u009b31m\u202e\u2066evil", StringComparison.Ordinal) && text.EndsWith("\nerror: forged line", StringComparison.Ordinal));
        var names = Texts(machines).ToList();
        names.ShouldContain("@SUM(A1:A9)\u009b2J");
        names.ShouldContain("-2+3\u200b\ufeff\u0090");
        names.ShouldContain("[red]\u202egnp.exe[/]\u061c");
        names.ShouldContain(name => name.StartsWith("a\tb\nforged,line", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_of_a_host_that_is_no_host_moves_no_cursor()
    {
        var program = Path.Combine(peer.Folder, "hostile.sh");
        await File.WriteAllTextAsync(program, "printf '\\033[2J\\033]0;owned\\007\\302\\2332J\\r\\nerror: forged line\\r\\n' | tee /dev/stderr\n", Token);
        await Shell.RunAsync("chmod", "-R", "a+rX", peer.Folder);
        await using var server = await SshServer.StartAsync(peer.User, [$"ForceCommand /bin/sh {program}"]);
        _opskit.Write(
            "opskit.yaml",
            $"credentials:\n  key: {{ user: {peer.User.Name}, key: {peer.User.PrivateKey} }}\nhosts:\n  esx01: {{ address: 127.0.0.1, credential: key, ssh: {{ port: {server.Port}, host-keys: accept-new }} }}\n");

        foreach (var command in new[] { "about", "about --output json", "doctor --login" })
        {
            var run = await _opskit.RunAsync("", command.Split(' '));

            run.ExitCode.ShouldBe(1, command + run.Error);
            (run.Out + run.Error).ShouldNotContain(character => char.IsControl(character) && character != '\n' && character != '\r', command);
            (run.Out + run.Error).Split('\n').ShouldNotContain(line => line.StartsWith("error: forged", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Texts(JsonDocument report) =>
        report.RootElement.GetProperty("rows").EnumerateArray().SelectMany(row => row.EnumerateObject()).Where(cell => cell.Value.ValueKind == JsonValueKind.String).Select(cell => cell.Value.GetString()!);

    private Task<ProgramRun> RunAsync(string command) => _opskit.RunAsync(shared.Server.Password, [.. command.Split(' '), .. OpskitProgram.At(shared.Server)]);

    /// <summary>The simulator with the estate <c>hostile</c>.</summary>
    public sealed class HostileServer : IAsyncLifetime
    {
        internal VCenterSimulator Server { get; private set; } = null!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync() => Server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("hostile"));

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
