using System.Text.Json.Nodes;
using OpsKit.PeerTests.Console;
using OpsKit.PeerTests.Lab;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.DiskLimits;

/// <summary>Limits as opskit writes them, read back by VMware's own Python client: from a simulator that we did not write, and from a lab.</summary>
public sealed class DiskLimitPeerTests : IDisposable
{
    private readonly OpskitProgram _opskit = new();

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public async Task Simulator_has_the_limit_and_everything_else_as_before()
    {
        await using var server = await VCenterSimulator.StartAsync();
        const string machine = "DC0_H0_VM0";
        var before = await ReadAsync(server, machine);
        before.Disks.Count.ShouldBe(1);

        var run = await RunAsync(server, "disk", "limit", machine, "--iops", "2KIOps", "--yes");

        run.ExitCode.ShouldBe(0, run.Error);
        var after = await ReadAsync(server, machine);
        after.Disks.Single().Value!["limit"]!.GetValue<long>().ShouldBe(2000);
        Without(after.Disks, "limit").ShouldBe(Without(before.Disks, "limit"));
        (await RunAsync(server, "disk", "limit", machine, "--iops", "2000", "--plan")).Out.ShouldContain($"nothing to do on {machine}");
        (await RunAsync(server, "disk", "limits", machine, "--output", "csv")).Out.ShouldContain(",2000,");

        (await RunAsync(server, "disk", "limit", machine, "--clear", "--yes")).ExitCode.ShouldBe(0);
        (await ReadAsync(server, machine)).Disks.Single().Value!["limit"]!.GetValue<long>().ShouldBe(-1);
    }

    /// <summary>The simulator adds a row for every writing of a parameter; the last one holds.</summary>
    [Fact]
    public async Task Bandwidth_cap_of_a_machine_that_is_off_is_in_its_parameters()
    {
        await using var server = await VCenterSimulator.StartAsync();
        const string machine = "DC0_H0_VM1";
        var refused = await RunAsync(server, "disk", "limit", machine, "--bps", "10MBps", "--yes");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("IOPS at 64 KB a request here, which can be set now");
        await ReadAsync(server, machine, "off");

        foreach (var (bps, value) in new[] { ("10MBps", "10485760Bps"), ("512KBps", "524288Bps") })
        {
            var run = await RunAsync(server, "disk", "limit", machine, "--bps", bps, "--yes");
            run.ExitCode.ShouldBe(0, run.Error);
            (await ReadAsync(server, machine)).Caps.Single().Value!.GetValue<string>().ShouldBe(value);
        }
    }

    [Fact]
    public async Task Every_machine_of_the_simulator_is_limited_in_one_run_and_undone()
    {
        await using var server = await VCenterSimulator.StartAsync("-vms", "6");

        var run = await RunAsync(server, "disk", "limit", "vm:*", "--iops", "500", "--batch", "all", "--yes");

        run.ExitCode.ShouldBe(0, run.Error);
        (await server.CallsAsync()).Count(call => call == "ReconfigVM_Task").ShouldBeGreaterThan(5);
        var undo = Directory.GetFiles(_opskit.File("state"), "disk-limits-undo.jsonl", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var undone = await RunAsync(server, "disk", "limit", "--undo", undo, "--batch", "all", "--yes");
        undone.ExitCode.ShouldBe(0, undone.Error);
        (await RunAsync(server, "disk", "limits", "--limited", "true", "--output", "csv")).Out.Trim().Split('\n').Length.ShouldBe(1, "the header alone");
    }

    [Fact]
    public async Task Lab_has_the_limits_and_everything_else_as_before()
    {
        await using var lab = await LabProcess.StartAsync("--speed", "60");
        var before = await ReadAsync(lab, "db01");

        var run = await _opskit.RunAsync("", "disk", "limit", "db01", "--disk", "scsi0:1,Hard disk 3", "--iops", "500", "--yes", "--inventory", lab.Inventory);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("  db01: old values are in ");
        var after = await ReadAsync(lab, "db01");
        after.Disks.Select(disk => disk.Value!["limit"]!.GetValue<long>()).ShouldBe([-1, 500, 500]);
        Without(after.Disks, "limit").ShouldBe(Without(before.Disks, "limit"));
    }

    private Task<ProgramRun> RunAsync(VCenterSimulator server, params string[] arguments) => _opskit.RunAsync(server.Password, [.. arguments, .. OpskitProgram.At(server)]);

    private static Task<(JsonObject Disks, JsonObject Caps)> ReadAsync(VCenterSimulator server, string machine, params string[] what) => ReadAsync(server.Sdk.Port, server.User, server.Password, machine, what);

    private static Task<(JsonObject Disks, JsonObject Caps)> ReadAsync(LabProcess lab, string machine) => ReadAsync(lab.Port, LabProcess.Administrator, lab.PasswordOf(LabProcess.Administrator), machine);

    private static async Task<(JsonObject Disks, JsonObject Caps)> ReadAsync(int port, string user, string password, string machine, params string[] what)
    {
        var output = await Shell.RunAsync("/usr/bin/python3", [Repository.PathOf("tests/OpsKit.PeerTests/DiskLimits/disks_by_pyvmomi.py"), $"{port}", user, password, machine, .. what]);
        var found = JsonNode.Parse(output)!.AsObject();
        return (found["disks"]!.AsObject(), found["caps"]!.AsObject());
    }

    private static string Without(JsonObject disks, string field)
    {
        var copy = disks.DeepClone().AsObject();
        foreach (var (_, disk) in copy)
            disk!.AsObject().Remove(field);
        return copy.ToJsonString();
    }
}
