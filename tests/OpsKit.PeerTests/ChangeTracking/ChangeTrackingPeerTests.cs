using System.Text.Json.Nodes;
using OpsKit.PeerTests.Console;
using OpsKit.PeerTests.Lab;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.ChangeTracking;

/// <summary>Changed block tracking as opskit leaves it, read back by VMware's own Python client: from a lab, and from a simulator that we did not write.</summary>
public sealed class ChangeTrackingPeerTests : IDisposable
{
    private readonly OpskitProgram _opskit = new();

    public void Dispose() => _opskit.Dispose();

    [Fact]
    public async Task Lab_has_a_change_id_and_a_map_for_each_disk_and_no_snapshot_then_none_again()
    {
        await using var lab = await LabProcess.StartAsync("--speed", "60");

        var run = await _opskit.RunAsync("", "cbt", "enable", "db01", "--yes", "--inventory", lab.Inventory);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("  db01: stunned for ");
        var on = await ReadAsync(lab);
        on["flag"]!.GetValue<bool>().ShouldBeTrue();
        on["changeIds"]!.AsArray().Count.ShouldBe(3);
        on["changeIds"]!.AsArray().ShouldAllBe(id => id != null);
        Texts(on["maps"]).ShouldBe(Texts(on["files"]).Select(file => file.Replace(".vmdk", "-ctk.vmdk", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        on["snapshots"]!.AsArray().ShouldBeEmpty();

        var status = await _opskit.RunAsync("", "cbt", "status", "db01", "--wide", "true", "--output", "csv", "--inventory", lab.Inventory);
        foreach (var id in Texts(on["changeIds"]).Concat(Texts(on["maps"])))
            status.Out.ShouldContain(id);

        (await _opskit.RunAsync("", "cbt", "disable", "db01", "--yes", "--inventory", lab.Inventory)).ExitCode.ShouldBe(0);
        var off = await ReadAsync(lab);
        (off["flag"]!.GetValue<bool>(), off["maps"]!.AsArray().Count, off["snapshots"]!.AsArray().Count).ShouldBe((false, 0, 0));
        off["changeIds"]!.AsArray().ShouldAllBe(id => id == null);
    }

    /// <summary>The simulator sets the flag and tracks nothing: opskit makes its snapshot, removes it, and does not take the flag for the deed.</summary>
    [Fact]
    public async Task Simulator_that_tracks_nothing_is_told_so_and_has_the_flag_and_no_snapshot()
    {
        await using var server = await VCenterSimulator.StartAsync();

        var run = await RunAsync(server, "cbt", "enable", "DC0_H0_VM0", "--yes");

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain("stunned, but 1 of its disks is not tracked (flag on)");
        var left = await ReadAsync(server, "DC0_H0_VM0");
        left["flag"]!.GetValue<bool>().ShouldBeTrue();
        left["snapshots"]!.AsArray().ShouldBeEmpty();
        var calls = await server.CallsAsync();
        foreach (var call in (string[])["ReconfigVM_Task", "CreateSnapshot_Task", "RemoveSnapshot_Task"])
            calls.Count(made => made == call).ShouldBe(1, call);
        (await RunAsync(server, "cbt", "disable", "DC0_H0_VM0", "--yes")).ExitCode.ShouldBe(0);
        (await ReadAsync(server, "DC0_H0_VM0"))["flag"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Simulated_machine_that_is_off_gets_the_flag_alone()
    {
        await using var server = await VCenterSimulator.StartAsync();
        await ReadAsync(server, "DC0_H0_VM1", "off");

        var run = await RunAsync(server, "cbt", "enable", "DC0_H0_VM1", "--yes");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("takes effect when it is switched on");
        (await ReadAsync(server, "DC0_H0_VM1"))["flag"]!.GetValue<bool>().ShouldBeTrue();
        (await server.CallsAsync()).ShouldNotContain("CreateSnapshot_Task");
    }

    private Task<ProgramRun> RunAsync(VCenterSimulator server, params string[] arguments) => _opskit.RunAsync(server.Password, [.. arguments, .. OpskitProgram.At(server)]);

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => text!.GetValue<string>());

    private static Task<JsonObject> ReadAsync(VCenterSimulator server, string machine, params string[] what) => ReadAsync(server.Sdk.Port, server.User, server.Password, machine, what);

    private static Task<JsonObject> ReadAsync(LabProcess lab) => ReadAsync(lab.Port, LabProcess.Administrator, lab.PasswordOf(LabProcess.Administrator), "db01");

    private static async Task<JsonObject> ReadAsync(int port, string user, string password, string machine, params string[] what) =>
        JsonNode.Parse(await Shell.RunAsync("/usr/bin/python3", [Repository.PathOf("tests/OpsKit.PeerTests/ChangeTracking/tracking_by_pyvmomi.py"), $"{port}", user, password, machine, .. what]))!.AsObject();
}
