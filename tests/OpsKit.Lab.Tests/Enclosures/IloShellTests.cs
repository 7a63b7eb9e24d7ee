using System.Net;
using System.Text.RegularExpressions;
using OpsKit.Connections;
using OpsKit.Connections.Ssh;

namespace OpsKit.Lab.Tests.Enclosures;

public sealed partial class IloShellTests
{
    private static IPAddress Ilo(EnclosureLab lab, int number) => lab.Host(number).IloAddress!;

    [Fact]
    public async Task Answers_come_framed()
    {
        await using var lab = new EnclosureLab();
        var answer = await lab.ExecAsync("show map1/blade1", Ilo(lab, 2));
        answer.ShouldContain("status=0\r\nstatus_tag=COMMAND COMPLETED\r\n");
        answer.ShouldContain("bay_number=2");
        (await lab.ExecAsync("power", Ilo(lab, 2))).ShouldContain("server power is currently: On");
        (await lab.ExecAsync("fly", Ilo(lab, 2))).ShouldContain("status=2\r\nstatus_tag=COMMAND PROCESSING FAILED\r\n");
        lab.Log.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_reset_takes_it_off_the_network_and_gives_a_blade_its_profile()
    {
        await using var lab = new EnclosureLab();
        var blade = lab.Host(9);
        await using var session = await lab.ConnectAsync(Ilo(lab, 9), blade.Enclosure!.Accounts[0]);
        await using var shell = await session.OpenShellAsync(new SshShellOptions { Prompt = Prompt, Settle = TimeSpan.FromMilliseconds(30) }, EnclosureLab.Token);
        await Should.ThrowAsync<OpsKitException>(() => shell.AskAsync("reset /map1", EnclosureLab.Token));

        lab.Network.IsReachable(Ilo(lab, 9)).ShouldBeFalse();
        blade.PoweredOn.ShouldBeTrue();
        await lab.AdvanceUntilAsync(() => lab.Network.IsReachable(Ilo(lab, 9)));
        blade.LacksProfile.ShouldBeFalse();
        lab.Log.Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(change => change.Endpoint.ShouldBe("esx09-ilo"), change => change.Operation.ShouldBe("reset /map1"));
    }

    [Fact]
    public async Task Power_goes_off_on_and_is_cut()
    {
        await using var lab = new EnclosureLab();
        var blade = lab.Host(1);
        (await lab.ExecAsync("power on", Ilo(lab, 1))).ShouldContain("already on");
        await lab.ExecAsync("power off", Ilo(lab, 1));
        await lab.AdvanceUntilAsync(() => blade is { PoweredOn: false, Restarting: false });
        (await lab.ExecAsync("power reset", Ilo(lab, 1))).ShouldContain("already off");
        await lab.ExecAsync("power on", Ilo(lab, 1));
        await lab.AdvanceUntilAsync(() => blade is { PoweredOn: true, Restarting: false });
        (await lab.ExecAsync("power reset", Ilo(lab, 1), lab.Enclosure.Accounts[1])).ShouldContain("INSUFFICIENT PRIVILEGE");
        blade.PoweredOn.ShouldBeTrue();
        await lab.ExecAsync("power reset", Ilo(lab, 1));
        blade.PoweredOn.ShouldBeFalse();
    }

    [GeneratedRegex("hpiLO-> $")]
    private static partial Regex Prompt { get; }
}
