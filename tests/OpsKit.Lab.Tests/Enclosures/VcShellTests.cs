using System.Text.RegularExpressions;
using OpsKit.Connections.Ssh;
using OpsKit.Lab.Enclosures.VirtualConnect;
using OpsKit.TestKit;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed partial class VcShellTests
{
    private static readonly string[] Commands =
    [
        "show domain", "show enclosure", "show interconnect", "show interconnect enc0:1", "show firmware", "show profile", "show profile prof-esx01", "show server", "show network", "show uplinkset",
        "show stackinglink", "show status",
    ];

    [Fact]
    public async Task The_manager_shows_its_domain()
    {
        await using var lab = new EnclosureLab();
        var text = "";
        foreach (var command in Commands)
            text += $"->{command}\n{(await lab.ExecAsync(command, lab.Module(1).Address)).Replace("\r", "", StringComparison.Ordinal)}\n";
        Golden.ShouldMatch(text, "vcm-3.18.txt");
        lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_module_says_that_the_manager_is_not_there()
    {
        await using var lab = new EnclosureLab();
        foreach (var command in Commands)
            (await lab.ExecAsync(command, lab.Module(2).Address)).ShouldBe($"ERROR: {VcInterpreter.NotHere}\r\n");
    }

    [Fact]
    public async Task A_module_that_restarts_gives_the_manager_away_and_does_not_communicate()
    {
        await using var lab = new EnclosureLab();
        lab.Network.Reset(lab.Enclosure, lab.Module(1));
        (await lab.ExecAsync("show interconnect enc0:1", lab.Module(2).Address)).ShouldMatch(@"Status +: No Comm\r\n");
        (await lab.ExecAsync("show status", lab.Module(2).Address)).ShouldMatch(@"Overall Domain Status : Degraded\r\n");
    }

    [Theory]
    [InlineData("fly network", "ERROR: UNKNOWN COMMAND : fly network")]
    [InlineData("show nothing", "ERROR: UNKNOWN COMMAND : show nothing")]
    [InlineData("show interconnect enc0:9", "ERROR: Interconnect not found : enc0:9")]
    [InlineData("show profile none", "ERROR: Profile not found : none")]
    [InlineData("show network none", "ERROR: Network not found : none")]
    public async Task What_is_not_known_is_an_error(string command, string error)
    {
        await using var lab = new EnclosureLab();
        (await lab.ExecAsync(command, lab.Module(1).Address)).ShouldBe(error + "\r\n");
    }

    [Fact]
    public async Task Case_and_switches_for_scripts_do_not_matter()
    {
        await using var lab = new EnclosureLab();
        var plain = await lab.ExecAsync("show firmware", lab.Module(1).Address);
        (await lab.ExecAsync("SHOW Firmware -quiet", lab.Module(1).Address)).ShouldBe(plain);
    }

    [Fact]
    public async Task A_shell_greets_asks_with_an_arrow_and_ends_with_exit()
    {
        await using var lab = new EnclosureLab();
        await using var session = await lab.ConnectAsync(lab.Module(1).Address);
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = Arrow, Settle = TimeSpan.FromMilliseconds(30) }, EnclosureLab.Token);
        shell.Greeting.ShouldContain("Virtual Connect Management CLI v3.18");
        shell.Greeting.ShouldContain("GETTING STARTED:");
        (await shell.AskAsync("set session Timeout=0", EnclosureLab.Token)).ShouldContain("SUCCESS: Session modified");
        (await shell.AskAsync("show domain", EnclosureLab.Token)).ShouldMatch("Domain Name +: vcd-enc1");
        await Should.ThrowAsync<OpsKit.Connections.OpsKitException>(() => shell.AskAsync("exit", EnclosureLab.Token));
    }

    [Fact]
    public async Task A_reset_of_the_manager_moves_it_and_needs_the_privilege()
    {
        await using var lab = new EnclosureLab();
        (await lab.ExecAsync("reset vcm", lab.Module(1).Address, lab.Enclosure.Accounts[1])).ShouldContain("ERROR: Insufficient privileges");
        (await lab.ExecAsync("reset vcm", lab.Module(1).Address)).ShouldContain("SUCCESS:");
        lab.Enclosure.Interconnects.Select(module => module.IsPrimary).ShouldBe([false, true]);
        lab.Log.Changes.ShouldHaveSingleItem().Endpoint.ShouldBe("enc1-bay1");
    }

    [GeneratedRegex("->$")]
    private static partial Regex Arrow { get; }
}
