using OpsKit.Lab.Estate;
using OpsKit.Lab.Hosting;
using OpsKit.PeerTests.Console;
using OpsKit.TestKit;

namespace OpsKit.PeerTests.VirtualConnect;

/// <summary>The built program reads enclosures through OpenSSH's server, with the lab's Onboard Administrators and Virtual Connect Managers behind it; <c>ssh</c> reads along.</summary>
public sealed class EnclosurePeerTests : IAsyncLifetime
{
    private readonly OpskitProgram _opskit = new();
    private LabServer _lab = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _lab = await LabServer.StartAsync(new LabOptions { Folder = _opskit.File("lab"), Size = LabSize.Field, Sshd = true, Speed = 8 }, Token);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _opskit.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Status_is_the_same_over_exec_channels_and_an_interactive_session_and_as_ssh_shows_it(bool exec)
    {
        foreach (var enclosure in _lab.Estate.Enclosures)
            (enclosure.ExecShowsPrompts, enclosure.ShowsLoginBanner, enclosure.LoginBanner) = (exec, true, "Who enters> is watched");

        var run = await _opskit.RunAsync("", "vc", "status", "enc1", "--inventory", _lab.InventoryFile, "--output", "csv");

        run.ExitCode.ShouldBe(0, run.Error);
        var rows = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows.Length.ShouldBe(3);
        rows[1].ShouldBe("enc1,1,HP VC FlexFabric 10Gb/24-Port Module,Primary,3.18,OK,On,127.30.1.11,vcd-enc1,6,,");
        var list = await Shell.RunAsync("ssh", "-F", Path.Combine(_opskit.File("lab"), "ssh_config"), "enc1", "SHOW INTERCONNECT LIST");
        foreach (var row in rows.Skip(1))
            list.ShouldContain($"  {row.Split(',')[1]} Ethernet          HP                   On      OK        Off {row.Split(',')[7]}");
        _lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_follows_the_active_one_and_names_the_hosts_that_would_go_dark()
    {
        lock (_lab.Estate.Gate)
            (_lab.Estate.Enclosures[1].Oas[0].Active, _lab.Estate.Enclosures[1].Oas[1].Active) = (false, true);

        var run = await _opskit.RunAsync("", "vc", "check", "enc2", "--inventory", _lab.InventoryFile, "--output", "csv");

        run.ExitCode.ShouldBe(1, run.Error);
        run.Out.ShouldContain("enc2,pass,Onboard Administrator,enc2,OA-");
        run.Out.Split('\n').Where(row => row.StartsWith("enc2,BLOCKER,", StringComparison.Ordinal)).Select(row => row.Split(',')[3]).Distinct().ShouldBe(["esx11.lab.example", "esx12.lab.example"]);
        run.Error.ShouldContain("4 of ");
    }

    [Fact]
    public async Task Blade_without_its_profile_is_found_and_its_iLO_restarted_once()
    {
        var before = await _opskit.RunAsync("", "vc", "profiles", "enc2", "--inventory", _lab.InventoryFile);
        before.Out.ShouldContain("enc2 blade 3 runs without its profile: opskit vc reset-ilo enc2 3");

        var run = await _opskit.RunAsync("", "vc", "reset-ilo", "enc2", "3", "--confirm", "enc2", "--inventory", _lab.InventoryFile);

        run.ExitCode.ShouldBe(0, run.Error);
        _lab.Log.Changes.Select(operation => $"{operation.Operation} {operation.Target}").ShouldBe(["RESET ILO 3"]);
        (await _opskit.RunAsync("", "vc", "profiles", "enc2", "--inventory", _lab.InventoryFile)).Out.ShouldNotContain("factory");
    }
}
