using OpsKit.PeerTests.Console;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.Licensing;

/// <summary>The whole program against simulated vCenters.</summary>
public sealed class LicenseProgramTests : IDisposable
{
    private readonly OpskitProgram _opskit = new();

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public async Task Ad_hoc_server_gives_the_licence_report_as_csv()
    {
        await using var server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("enclosure-a"));
        var run = await _opskit.RunAsync(
            server.Password, "license", "vram", "--server", server.Sdk.ToString(), "--user", server.User, "--password", "env:VC_PASSWORD",
            "--thumbprint", server.Thumbprint!, "--out", "vram.csv");

        run.ExitCode.ShouldBe(0, run.Error);
        var lines = await File.ReadAllLinesAsync(_opskit.File("vram.csv"), TestContext.Current.CancellationToken);
        lines[0].ShouldStartWith("vCenter,LicenseType,vRAMConfigured,vRAMUsed,vRAMEntitled,");
        lines.ShouldContain(line => line.StartsWith($"127.0.0.1:{server.Sdk.Port},vSphere 5 Standard,128.0,96.0,64.0,"));
        (await server.SessionsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Linked_group_is_summed_and_a_dead_vcenter_is_not_assessed()
    {
        await using var a = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("enclosure-a"));
        await using var b = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("enclosure-b"));
        Inventory(
            ("vc-a", Entry(a, "linked-group: europe")), ("vc-b", Entry(b, "linked-group: europe")),
            ("vc-dead", "{ address: '127.0.0.1:1', credential: sim }"));
        var run = await _opskit.RunAsync(a.Password, "license", "vram", "--output", "csv");

        run.ExitCode.ShouldBe(6, run.Error);
        run.Out.ShouldContain("europe,vSphere 5 Enterprise Plus,160.0,120.0,1344.0,1728.0,");
        run.Out.ShouldContain("europe,(not reported),");
        run.Out.ShouldContain("\nvc-dead,");
        run.Error.ShouldContain("opskit doctor");
    }

    [Fact]
    public async Task Recorders_at_the_same_time_keep_one_mark_for_each_pool()
    {
        await using var server = await VCenterSimulator.StartAsync("-estate", VCenterSimulator.EstateFile("enclosure-a"));
        Inventory(("vc-a", Entry(server)));
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _opskit.RunAsync(server.Password, "license", "vram", "--record")));

        runs.ShouldAllBe(run => run.ExitCode == 0);
        var marks = (await File.ReadAllLinesAsync(_opskit.File("state/licensing/vram-marks.tsv"), TestContext.Current.CancellationToken))
            .Where(line => !line.StartsWith('#')).ToList();
        marks.Select(mark => mark.Split('\t')[2]).Distinct().Count().ShouldBe(2);
        (await _opskit.RunAsync("not needed", "license", "vram", "--history", "--output", "csv")).Out.ShouldContain("vc-a,vSphere 5 Standard,");
    }

    [Fact]
    public async Task Untrusted_certificate_is_refused_with_exit_code_4()
    {
        await using var server = await VCenterSimulator.StartAsync();
        Inventory(("vc", $"{{ address: '127.0.0.1:{server.Sdk.Port}', credential: sim }}"));
        var run = await _opskit.RunAsync(server.Password, "license", "list");

        run.ExitCode.ShouldBe(4, run.Error);
        (await server.CallsAsync()).ShouldBeEmpty();
    }

    private static string Entry(VCenterSimulator server, string more = "") =>
        $"{{ address: '127.0.0.1:{server.Sdk.Port}', credential: sim, tls: {{ thumbprint: {server.Thumbprint} }}, {more} }}";

    private void Inventory(params (string Name, string Entry)[] vCenters) => _opskit.Write(
        "opskit.yaml",
        $$"""
        version: 1
        credentials:
          sim: { user: user, password: 'env:VC_PASSWORD' }
        vcenters:
        {{string.Join('\n', vCenters.Select(vCenter => $"  {vCenter.Name}: {vCenter.Entry}"))}}
        """);
}
